#include "server/http/compress.h"

#include "server/http/accept_encoding.h"

#include <libdeflate.h>
#include <string.h>
#include <strings.h>

/* A plan of 2.3 MB: 0.5 MB in 7 ms. As small as zlib makes it at its level 6, in 26 ms. */
#define LEVEL 1

static bool is_json(const struct response *response)
{
    const char *type = response->content_type;
    return type &&
           (strcmp(type, "application/json") == 0 || strcmp(type, "application/problem+json") == 0);
}

static struct response_header *find_header(struct response *response, const char *name)
{
    for (size_t i = 0; i < response->header_count; i++)
        if (strcasecmp(response->headers[i].name, name) == 0)
            return &response->headers[i];
    return NULL;
}

static bool is_wanted(const struct request *request)
{
    const char *accepted = request_header(request, "Accept-Encoding");
    int gzip = accept_encoding_weight(accepted, "gzip");
    return gzip > 0 && gzip >= accept_encoding_weight(accepted, "identity");
}

/* The compressed text in the arena; NULL when it would not be shorter, or there is no memory. */
static const char *compress_text(struct arena *arena, const char *text, size_t bytes,
                                 size_t *ret_bytes)
{
    char *compressed = arena_alloc_unset(arena, bytes);
    struct libdeflate_compressor *compressor =
        compressed ? libdeflate_alloc_compressor(LEVEL) : NULL;
    if (!compressor)
        return NULL;
    *ret_bytes = libdeflate_gzip_compress(compressor, text, bytes, compressed, bytes);
    libdeflate_free_compressor(compressor);
    return *ret_bytes > 0 ? compressed : NULL;
}

/* "tag" as "tag-gzip". */
static const char *with_suffix(struct arena *arena, const char *quoted_tag)
{
    return arena_printf(arena, "%.*s" COMPRESS_TAG_SUFFIX "\"", (int)strlen(quoted_tag) - 1,
                        quoted_tag);
}

/* A 304 names the form that the client has; where that is not told, the one it would get. */
static const char *known_form(const struct request *request, const char *tag, bool would_compress)
{
    const char *known = request_header(request, "If-None-Match");
    const char *suffixed = with_suffix(request->arena, tag);
    bool is_suffixed =
        known && suffixed && (strstr(known, suffixed) || (would_compress && !strstr(known, tag)));
    return is_suffixed ? suffixed : tag;
}

static void take_compressed(const struct request *request, struct response *response)
{
    struct response_header *tag = find_header(response, "ETag");
    size_t bytes = response->gzip_bytes;
    const char *text = response->gzip;
    if (!text)
        text = compress_text(request->arena, response->text, response->text_bytes, &bytes);
    const char *suffixed = tag ? with_suffix(request->arena, tag->value) : NULL;
    if (!text || (tag && !suffixed))
        return;
    if (tag)
        tag->value = suffixed;
    response->text = text;
    response->text_bytes = bytes;
    response_header(response, "Content-Encoding", "gzip");
}

void compress_response(const struct request *request, struct response *response)
{
    bool is_candidate = response->fd < 0 && !response->produce && is_json(response) &&
                        !response->holds_secret && response->text_bytes >= COMPRESS_LEAST_BYTES &&
                        !find_header(response, "Vary") &&
                        response->header_count + 2 <= RESPONSE_HEADERS_MAX;
    if (!is_candidate)
        return;
    struct response_header *tag = find_header(response, "ETag");
    response_header(response, "Vary", "Accept-Encoding");
    if (response->status == 304 && tag)
        tag->value = known_form(request, tag->value, is_wanted(request));
    else if (is_wanted(request))
        take_compressed(request, response);
}
