#include "server/resources/receipts.h"

#include "server/app.h"
#include "server/base/log.h"
#include "server/canonical/canonical_json.h"
#include "server/resources/actors.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/resources/receipt_keys.h"
#include "server/resources/stored_file.h"
#include "server/store/photo.h"

#include <jansson.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** What is attested, and the text of it that is signed. */
struct attestation {
    json_t *json;
    char *text;
    size_t length;
};

static int fail(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                       "The receipt could not be made.");
}

/* A file that went missing is no reason to let the phone's copy go, too; one that a retention rule
 * has removed was here. */
static int check_file(struct request *request, const json_t *stored, bool is_removed)
{
    int fd;
    int64_t bytes;
    const char *sha256 = json_field_text(stored, "sha256");
    if (is_removed)
        return 0;
    if (!sha256 || stored_file_open(request, sha256, &fd, &bytes) < 0)
        return -1;
    close(fd);
    if (bytes == json_integer_value(json_field(stored, "bytes")))
        return 0;
    LOG(LOG_ERROR, "blob_length_differs", LOG_TEXT("request_id", request->id),
        LOG_TEXT("sha256", sha256), LOG_NUMBER("bytes", bytes));
    return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                       "The stored file has another length than it had.");
}

static int attest(struct request *request, const json_t *photo, struct attestation *ret)
{
    char org_id[UUID_TEXT_BYTES];
    const json_t *stored = json_field(photo, "receipt");
    uuid_format(&request->actor.org_id, org_id);
    ret->json = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:n, s:s}", "type", "fieldproof-photo-receipt-1",
        "organisation_id", org_id, "photo_id", json_field_text(photo, "id"), "check_in_id",
        json_field_text(photo, "check_in_id"), "sha256", json_field_text(stored, "sha256"), "bytes",
        json_integer_value(json_field(stored, "bytes")), "received_at",
        json_field_text(stored, "stored_at"), "ledger_position", "key_id",
        receipt_keys_id(request->app->receipt_keys));
    return ret->json && canonical_json_dump(ret->json, &ret->text, &ret->length) == 0
               ? 0
               : fail(request);
}

/* With padding, as the base64 of every shell reads it. */
static char *base64(struct arena *arena, const uint8_t *bytes, size_t length)
{
    char *text = arena_alloc(arena, (length + 2) / 3 * 4 + 1);
    if (text)
        EVP_EncodeBlock((uint8_t *)text, bytes, (int)length);
    return text;
}

int receipt_sign(struct request *request, const char *bytes, size_t length, const char **ret)
{
    uint8_t signature[RECEIPT_SIGNATURE_BYTES];
    if (receipt_keys_sign(request->app->receipt_keys, bytes, length, signature) < 0)
        return fail(request);
    *ret = base64(request->arena, signature, sizeof signature);
    return *ret ? 0 : fail(request);
}

static int sign(struct request *request, const struct attestation *attestation, const char **ret)
{
    const char *signature = NULL;
    if (receipt_sign(request, attestation->text, attestation->length, &signature) < 0)
        return -1;
    const char *document =
        base64(request->arena, (const uint8_t *)attestation->text, attestation->length);
    const char *receipt =
        document ? arena_printf(request->arena, "%s.%s", document, signature) : NULL;
    if (!receipt)
        return fail(request);
    *ret = receipt;
    return 0;
}

static int make(struct request *request, const char *text, struct attestation *ret_attestation,
                const char **ret_receipt)
{
    json_t *photo = json_loads(text, 0, NULL);
    const json_t *stored = json_field(photo, "receipt");
    int result = -1;
    if (!photo)
        fail(request);
    else if (!stored)
        problem_set(&request->problem, request->arena, PROBLEM_NOT_YET_HERE,
                    "The bytes of this photo have not come yet.");
    else if (check_file(request, stored, json_field_text(photo, "original_removed_at") != NULL) ==
                 0 &&
             attest(request, photo, ret_attestation) == 0)
        result = sign(request, ret_attestation, ret_receipt);
    json_decref(photo);
    return result;
}

static void release(struct attestation *attestation)
{
    json_decref(attestation->json);
    free(attestation->text);
}

int receipt_of(struct request *request, const char *photo, const char **ret_receipt)
{
    struct attestation attestation = {0};
    int result = make(request, photo, &attestation, ret_receipt);
    release(&attestation);
    return result;
}

void receipt_add_header(struct response *response, const char *receipt)
{
    if (receipt)
        response_header(response, "Photo-Receipt", receipt);
}

static int answer(struct request *request, const char *photo, struct response *response)
{
    struct attestation attestation = {0};
    const char *receipt = NULL;
    const char *json = NULL;
    int result = make(request, photo, &attestation, &receipt);
    if (result == 0)
        json = arena_printf(request->arena, "{\"receipt\":\"%s\",\"document\":%s}", receipt,
                            attestation.text);
    release(&attestation);
    if (result < 0)
        return -1;
    return json ? entity_answer_digested(request, json, response) : fail(request);
}

int receipt_show(struct request *request, struct response *response)
{
    struct photo_key key = {.org_id = request->actor.org_id};
    const char *photo;
    if (request_uuid(request, "photo_id", &key.id) < 0 ||
        photo_get(request->db, request->arena, &key, actor_own_only(request),
                  actor_language(request), &photo) < 0)
        return -1;
    if (!photo)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no such photo.");
    return answer(request, photo, response);
}

int receipt_keys_show(struct request *request, struct response *response)
{
    return entity_answer_digested(request, receipt_keys_json(request->app->receipt_keys), response);
}
