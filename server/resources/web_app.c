#include "server/resources/web_app.h"

#include "server/app.h"
#include "server/resources/entity.h"
#include "server/resources/map_tiles.h"
#include "server/resources/web_files.h"

/* WebAssembly is for the barcode reader; blob: is for photos that were just taken. "%s" is where
 * else pictures may come from. */
static const char content_policy[] =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' blob: data:%s; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What a reply needs besides the file. */
struct page_head {
    const char *quoted_tag;
    const char *policy;
};

static void add_headers(const struct web_file *file, const struct web_form *form,
                        const struct page_head *page, struct response *response)
{
    response_header(response, "ETag", page->quoted_tag);
    response_header(response, "Cache-Control",
                    file->is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
    response_header(response, "Vary", "Accept-Encoding");
    response_header(response, "Content-Security-Policy", page->policy);
    response_header(response, "Permissions-Policy", "camera=(self), geolocation=(self)");
    if (form->coding)
        response_header(response, "Content-Encoding", form->coding);
}

/* `pictures`: what the policy lets in besides our own, with a space before it, or nothing. */
static int send_file(struct request *request, const char *name, const char *pictures,
                     struct response *response)
{
    const struct web_files *files = request->app->web_files;
    const struct web_file *file = web_files_find(files, name);
    if (!file)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           web_files_find(files, "index.html")
                               ? "The web app has no file of this name."
                               : "There is no web app here: script/build makes it, and "
                                 "FIELDPROOF_WEB_DIR names its folder.");
    const struct web_form *form = web_file_form(file, request_header(request, "Accept-Encoding"));
    const struct page_head page = {
        .quoted_tag = arena_printf(request->arena, "\"%s\"", form->tag),
        .policy = arena_printf(request->arena, content_policy, pictures),
    };
    if (!page.quoted_tag || !page.policy)
        return -1;
    add_headers(file, form, &page, response);
    response->content_type = file->media_type;
    if (entity_is_known(request, form->tag)) {
        response->status = 304;
        return 0;
    }
    response->text = form->bytes;
    response->text_bytes = form->length;
    return 0;
}

int web_app_redirect(struct request *request, struct response *response)
{
    (void)request;
    response->status = 302;
    response_header(response, "Location", "/app/");
    response_header(response, "Cache-Control", "no-cache");
    return 0;
}

int web_app_get(struct request *request, struct response *response)
{
    return send_file(request, "index.html", "", response);
}

int web_app_get_file(struct request *request, struct response *response)
{
    return send_file(request, request_parameter(request, "file"), "", response);
}

int web_app_get_desk(struct request *request, struct response *response)
{
    return send_file(request, "desk.html", request->app->map_tiles->picture_source, response);
}

int web_app_get_customer_page(struct request *request, struct response *response)
{
    return send_file(request, "customer.html", "", response);
}
