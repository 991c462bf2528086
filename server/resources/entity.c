#include "server/resources/entity.h"

#include "server/base/hex.h"
#include "server/http/compress.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

/* The tag, or that of the same answer compressed. */
static bool is_tag(const char *text, size_t length, const char *tag)
{
    static const char suffix[] = COMPRESS_TAG_SUFFIX;
    size_t plain = strlen(tag);
    if (length == plain + sizeof suffix - 1 &&
        strncmp(text + plain, suffix, sizeof suffix - 1) == 0)
        length = plain;
    return length == plain && strncmp(text, tag, plain) == 0;
}

/* Whether a list of entity tags names this one. Weak tags match too: a proxy may have weakened it.
 */
static bool names_tag(const char *list, const char *tag)
{
    if (strcmp(list + strspn(list, " \t"), "*") == 0)
        return true;
    for (const char *at = strchr(list, '"'); at; at = strchr(at, '"')) {
        const char *end = strchr(at + 1, '"');
        if (!end)
            return false;
        if (is_tag(at + 1, (size_t)(end - at - 1), tag))
            return true;
        at = end + 1;
    }
    return false;
}

bool entity_is_known(const struct request *request, const char *tag)
{
    const char *asked = request_header(request, "If-None-Match");
    return asked && names_tag(asked, tag);
}

int entity_answer_tagged(struct request *request, const char *json, const char *tag,
                         struct response *response)
{
    const char *quoted = arena_printf(request->arena, "\"%s\"", tag);
    if (!json || !quoted)
        return -1;
    response_header(response, "ETag", quoted);
    response_json(response, entity_is_known(request, tag) ? 304 : 200, json);
    return 0;
}

int entity_answer(struct request *request, const char *json, int64_t version,
                  struct response *response)
{
    const char *tag = arena_printf(request->arena, "%lld", (long long)version);
    return tag ? entity_answer_tagged(request, json, tag, response) : -1;
}

int entity_answer_digested(struct request *request, const char *json, struct response *response)
{
    uint8_t sha256[32];
    char tag[2 * sizeof sha256 + 1];
    if (!json || EVP_Digest(json, strlen(json), sha256, NULL, EVP_sha256(), NULL) != 1)
        return -1;
    hex_encode(sha256, sizeof sha256, tag);
    return entity_answer_tagged(request, json, tag, response);
}

int entity_check_match(struct request *request, int64_t version)
{
    const char *wanted = request_header(request, "If-Match");
    char tag[24];
    snprintf(tag, sizeof tag, "%lld", (long long)version);
    if (!wanted || names_tag(wanted, tag))
        return 0;
    return problem_set(&request->problem, request->arena, PROBLEM_PRECONDITION_FAILED,
                       "It was changed in the meantime: its version is %lld.", (long long)version);
}
