#include "server/resources/create.h"

#include "server/base/hex.h"

#include <string.h>

int create_outcome(struct request *request, const char *taken_by, const uint8_t content_sha256[32],
                   bool *ret_is_replay)
{
    char digest[65];
    hex_encode(content_sha256, 32, digest);
    if (taken_by && strcmp(taken_by, digest) != 0)
        return problem_add(&request->problem, request->arena, PROBLEM_CONTENT_CONFLICT, "/id",
                           "same_id_same_content",
                           "This id exists with other content; nothing was changed.");
    *ret_is_replay = taken_by != NULL;
    return 0;
}

int create_answer(struct request *request, bool is_replay, const char *json, int64_t version,
                  struct response *response)
{
    if (version > 0) {
        const char *tag = arena_printf(request->arena, "\"%lld\"", (long long)version);
        if (!tag)
            return -1;
        response_header(response, "ETag", tag);
    }
    if (is_replay)
        response_header(response, "Idempotency-Replayed", "true");
    response_json(response, is_replay ? 200 : 201, json);
    return 0;
}
