#include "server/resources/sheet_document.h"

#include "server/base/hex.h"
#include "server/canonical/canonical_json.h"

#include <jansson.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

static const char *canonical(struct request *request, const char *text)
{
    char *made = NULL;
    size_t length = 0;
    json_t *json = json_loads(text, 0, NULL);
    int error = json ? canonical_json_dump(json, &made, &length) : CANONICAL_JSON_NO_MEMORY;
    const char *kept = error < 0 ? NULL : arena_copy(request->arena, made, length);
    json_decref(json);
    free(made);
    return kept;
}

int sheet_document_of(struct request *request, const struct visit_sheet *sheet,
                      struct sheet_document *ret)
{
    ret->text = sheet->is_signed ? sheet->document : canonical(request, sheet->document);
    if (!ret->text)
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "The sheet's document has no canonical form.");
    if (EVP_Digest(ret->text, strlen(ret->text), ret->sha256, NULL, EVP_sha256(), NULL) != 1)
        return -1;
    hex_encode(ret->sha256, sizeof ret->sha256, ret->sha256_text);
    return 0;
}
