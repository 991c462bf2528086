#include "server/resources/sheet_claim.h"

#include "server/app.h"
#include "server/base/hex.h"
#include "server/canonical/canonical_json.h"
#include "server/http/contract.h"
#include "server/http/json.h"
#include "server/http/route.h"
#include "server/resources/json_fields.h"
#include "server/store/sheet_wait.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#define VALUE_BYTES_MAX 120

static void release(void *json)
{
    json_decref(json);
}

static bool is_canonical(const json_t *value, const char *text)
{
    char *made = NULL;
    size_t length = 0;
    bool same = canonical_json_dump(value, &made, &length) == 0 && strcmp(made, text) == 0;
    free(made);
    return same;
}

/* Reads the phone's document, which must be what it says of itself. */
static int read_document(struct request *request, const char *text, const json_t **ret_json,
                         struct sheet_document *ret)
{
    const json_t *json;
    const char *displayed = json_field_text(request->body.json, "document_sha256");
    if (json_parse(text, strlen(text), "/document", request->arena, &request->problem, &json) < 0)
        return -1;
    if (!is_canonical(json, text))
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/document",
                           "canonical", "The document is not canonical JSON (RFC 8785).");
    ret->text = text;
    if (EVP_Digest(text, strlen(text), ret->sha256, NULL, EVP_sha256(), NULL) != 1)
        return -1;
    hex_encode(ret->sha256, sizeof ret->sha256, ret->sha256_text);
    if (!displayed || strcmp(displayed, ret->sha256_text) != 0)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                           "/document_sha256", "of_the_document", "The document has the digest %s.",
                           ret->sha256_text);
    *ret_json = json;
    return 0;
}

/* A value in a sentence: short, and cut between characters. */
static const char *quote(struct request *request, const json_t *value)
{
    const char *text = value ? json_text(request->arena, value) : "nothing";
    size_t length = text ? strlen(text) : 0;
    if (length <= VALUE_BYTES_MAX)
        return text;
    for (length = VALUE_BYTES_MAX; length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80;)
        length--;
    return arena_printf(request->arena, "%.*s…", (int)length, text);
}

static int refuse_one(struct request *request, const struct sheet_difference *difference)
{
    const char *place = arena_printf(request->arena, "/document%s", difference->pointer);
    const char *signed_text = quote(request, difference->signed_value);
    const char *recorded = quote(request, difference->recorded_value);
    if (!place || !signed_text || !recorded)
        return -1;
    if (difference->kind == SHEET_DIFFERENCE_AWAITED)
        return problem_add(&request->problem, request->arena, PROBLEM_EVIDENCE_AWAITED, place,
                           "arrived", "This has not arrived yet: %s. Send it, then this again.",
                           signed_text);
    if (!difference->signed_value && !difference->recorded_value)
        return problem_add(&request->problem, request->arena, PROBLEM_SHEET_CHANGED, place, "order",
                           "The entries stand in another order than by captured_at and id.");
    return problem_add(&request->problem, request->arena, PROBLEM_SHEET_CHANGED, place,
                       "as_recorded", "Signed was %s; recorded is %s.", signed_text, recorded);
}

static int refuse_all(struct request *request, const struct sheet_difference *differences,
                      enum sheet_difference_kind kind)
{
    int result = 0;
    for (; differences; differences = differences->next)
        if (differences->kind == kind)
            result = refuse_one(request, differences);
    return result;
}

static const struct sheet_difference *next_of(const struct sheet_difference *list,
                                              enum sheet_difference_kind kind)
{
    while (list && list->kind != kind)
        list = list->next;
    return list;
}

static const char *list_names(struct arena *arena, const struct sheet_difference *differences)
{
    json_t *list = json_array();
    const struct sheet_difference *name = next_of(differences, SHEET_DIFFERENCE_NAME);
    for (; name; name = next_of(name->next, SHEET_DIFFERENCE_NAME))
        json_array_append_new(list, json_pack("{s:s, s:O, s:O}", "pointer", name->pointer, "signed",
                                              name->signed_value, "known", name->recorded_value));
    const char *text = json_text(arena, list);
    json_decref(list);
    return text;
}

/* What was not recorded so can never be: it is told before what may come. */
static int compare(struct request *request, const json_t *recorded, struct sheet_claim *claim)
{
    struct sheet_difference *differences = NULL;
    if (sheet_comparison_of(request->arena, claim->json, recorded, &differences) < 0 ||
        refuse_all(request, differences, SHEET_DIFFERENCE_FACT) < 0)
        return -1;
    claim->missing = next_of(differences, SHEET_DIFFERENCE_AWAITED);
    claim->differs = list_names(request->arena, differences);
    return claim->differs ? 0 : -1;
}

int sheet_claim_await(struct request *request, const struct sheet_claim *claim)
{
    return refuse_all(request, claim->missing, SHEET_DIFFERENCE_AWAITED);
}

static bool is_work_order(const struct sheet_difference *difference)
{
    static const char list[] = "/work_orders/";
    return strncmp(difference->pointer, list, sizeof list - 1) == 0;
}

static int join_work_orders(struct request *request, const struct visit_key *key,
                            const struct sheet_difference *missing)
{
    struct uuid id;
    int result = 0;
    for (; missing && result == 0; missing = next_of(missing->next, SHEET_DIFFERENCE_AWAITED))
        if (is_work_order(missing) && json_field_uuid(missing->signed_value, "id", &id))
            result = sheet_wait_join(request->db, request->arena, key, &id, 1);
    return result;
}

int sheet_claim_leave_out(struct request *request, const struct visit_key *key,
                          const struct sheet_claim *claim)
{
    const struct contract_operation *operation =
        contract_operation_named(request->app->contract, request->route->operation_id);
    if (schema_check(operation->document, claim->json, "/document", PROBLEM_INVALID_FIELD,
                     request->arena, &request->problem))
        return -1;
    return join_work_orders(request, key, claim->missing);
}

const char *sheet_claim_missing(struct request *request, const struct sheet_claim *claim)
{
    const struct sheet_difference *missing = claim->missing;
    if (!missing)
        return NULL;
    json_t *list = json_array();
    for (; missing; missing = next_of(missing->next, SHEET_DIFFERENCE_AWAITED))
        json_array_append_new(list, json_pack("{s:s, s:O}", "pointer", missing->pointer, "id",
                                              json_field(missing->signed_value, "id")));
    const char *text = json_text(request->arena, list);
    json_decref(list);
    return text;
}

/* A phone without a document of its own displayed the server's. */
static int check_displayed(struct request *request, const struct sheet_document *recorded)
{
    const char *displayed = json_field_text(request->body.json, "document_sha256");
    if (displayed && strcmp(displayed, recorded->sha256_text) == 0)
        return 0;
    return problem_add(
        &request->problem, request->arena, PROBLEM_SHEET_CHANGED, "/document_sha256",
        "as_displayed",
        "The sheet now has the digest %s: it changed since it was displayed. Show it "
        "again and have it signed anew.",
        recorded->sha256_text);
}

int sheet_claim_read(struct request *request, const struct sheet_document *recorded,
                     struct sheet_claim *ret)
{
    const char *text = json_field_text(request->body.json, "document");
    *ret = (struct sheet_claim){.document = *recorded, .differs = "[]"};
    if (!text)
        return check_displayed(request, recorded);
    if (read_document(request, text, &ret->json, &ret->document) < 0)
        return -1;
    if (strcmp(text, recorded->text) == 0)
        return 0;
    json_t *json = json_loads(recorded->text, 0, NULL);
    int result =
        json && arena_defer(request->arena, release, json) == 0 ? compare(request, json, ret) : -1;
    return result;
}
