#include "server/resources/content.h"

#include "server/canonical/canonical_json.h"

#include <openssl/evp.h>
#include <stdlib.h>

int content_sha256(struct request *request, const json_t *object, const char *without,
                   uint8_t ret_sha256[32])
{
    char *text = NULL;
    size_t length = 0;
    json_t *copy = json_copy((json_t *)object); /* shallow; jansson copies const values, too */
    if (copy && without)
        json_object_del(copy, without);
    int error = copy ? canonical_json_dump(copy, &text, &length) : CANONICAL_JSON_NO_MEMORY;
    json_decref(copy);
    if (error < 0)
        return problem_set(&request->problem, request->arena,
                           error == CANONICAL_JSON_NO_MEMORY ? PROBLEM_INTERNAL
                                                             : PROBLEM_INVALID_BODY,
                           "The body has no canonical form: %s.", canonical_json_describe(error));
    int digested = EVP_Digest(text, length, ret_sha256, NULL, EVP_sha256(), NULL);
    free(text);
    return digested == 1 ? 0 : -1;
}
