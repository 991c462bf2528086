#include "server/resources/documentation.h"

#include "server/http/contract.h"
#include "server/resources/documentation_files.h"

#include <string.h>

int documentation_get_contract(struct request *request, struct response *response)
{
    const char *known = request_header(request, "If-None-Match");
    response_header(response, "ETag", contract_etag);
    response_header(response, "Cache-Control", "no-cache");
    if (known && strcmp(known, contract_etag) == 0) {
        response->status = 304;
        return 0;
    }
    response->content_type = "application/json";
    response->text = contract_text;
    response->text_bytes = contract_text_bytes;
    return 0;
}

static int send_file(struct request *request, const char *name, struct response *response)
{
    for (size_t i = 0; i < documentation_file_count; i++) {
        const struct documentation_file *file = &documentation_files[i];
        if (strcmp(file->name, name) != 0)
            continue;
        response_header(response, "Cache-Control", "no-cache");
        response_header(
            response, "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        response->content_type = file->media_type;
        response->text = file->text;
        response->text_bytes = file->bytes;
        return 0;
    }
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is no file of this name.");
}

int documentation_get(struct request *request, struct response *response)
{
    return send_file(request, "index.html", response);
}

int documentation_get_file(struct request *request, struct response *response)
{
    return send_file(request, request_parameter(request, "file"), response);
}
