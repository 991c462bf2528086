#include "server/resources/visit_sheets.h"

#include "server/base/blank.h"
#include "server/base/hex.h"
#include "server/resources/actors.h"
#include "server/resources/content.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/resources/sheet_claim.h"
#include "server/resources/sheet_document.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int read_key(struct request *request, struct visit_key *ret)
{
    ret->org_id = request->actor.org_id;
    return request_uuid(request, "visit_id", &ret->visit_id);
}

/* A phone's queue may send a sheet before the check-in that makes its visit. */
static int no_visit(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_YET_HERE,
                       "There is no such visit; a check-in makes it.");
}

int visit_sheet_json(struct request *request, const struct visit_sheet *sheet,
                     const char **ret_json, const char **ret_tag)
{
    struct sheet_document document;
    if (sheet_document_of(request, sheet, &document) < 0)
        return -1;
    json_t *json = json_loads(sheet->json, 0, NULL);
    json_object_set_new(json, "document", json_string(document.text));
    json_object_set_new(json, "document_sha256", json_string(document.sha256_text));
    *ret_json = json_text(request->arena, json);
    json_decref(json);
    *ret_tag =
        arena_printf(request->arena, "%lld-%s", (long long)sheet->version, document.sha256_text);
    return *ret_json && *ret_tag ? 0 : -1;
}

static int render(struct request *request, const struct visit_key *key, int64_t version,
                  const char **ret_json, const char **ret_tag)
{
    struct visit_sheet sheet;
    if (visit_sheet_get(request->db, request->arena, key, version, actor_own_only(request),
                        &sheet) < 0)
        return -1;
    if (!sheet.json)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "This visit has no such sheet.");
    return visit_sheet_json(request, &sheet, ret_json, ret_tag);
}

/* After a change, whatever the client knows of. */
static int answer(struct request *request, const struct visit_key *key, int64_t version, int status,
                  struct response *response)
{
    const char *json = NULL;
    const char *tag = NULL;
    if (render(request, key, version, &json, &tag) < 0)
        return -1;
    const char *quoted = arena_printf(request->arena, "\"%s\"", tag);
    if (!quoted)
        return -1;
    response_header(response, "ETag", quoted);
    response_json(response, status, json);
    return 0;
}

int visit_sheet_show(struct request *request, struct response *response)
{
    struct visit_key key;
    const char *version = request_query(request, "version");
    const char *json = NULL;
    const char *tag = NULL;
    if (read_key(request, &key) < 0 ||
        render(request, &key, version ? strtoll(version, NULL, 10) : 0, &json, &tag) < 0)
        return -1;
    return entity_answer_tagged(request, json, tag, response);
}

static bool is_work_order_of(const json_t *work_orders, const char *id)
{
    size_t i;
    const json_t *known;
    json_array_foreach(work_orders, i, known)
    {
        if (strcasecmp(json_string_value(known), id) == 0)
            return true;
    }
    return false;
}

static int not_of_this_visit(struct request *request, const struct visit_sheet_standing *standing,
                             size_t i)
{
    const char *place = arena_printf(request->arena, "/done/%zu/work_order_id", i);
    if (standing->has_arrival)
        return problem_add(&request->problem, request->arena, PROBLEM_UNKNOWN_REFERENCE,
                           place ? place : "/done", "of_this_visit",
                           "The work order does not belong to this visit.");
    return problem_add(&request->problem, request->arena, PROBLEM_OUT_OF_ORDER,
                       place ? place : "/done", "of_this_visit",
                       "The work order does not belong to this visit, whose arrival is missing.");
}

static int check_work_orders(struct request *request, const struct visit_sheet_standing *standing)
{
    json_t *known = standing->work_orders ? json_loads(standing->work_orders, 0, NULL) : NULL;
    size_t i;
    const json_t *done;
    int result = 0;
    json_array_foreach(json_field(request->body.json, "done"), i, done)
    {
        const char *id = json_field_text(done, "work_order_id");
        if (id && !is_work_order_of(known, id))
            result = not_of_this_visit(request, standing, i);
    }
    json_decref(known);
    return result;
}

static int wrong_version(struct request *request, int64_t wanted)
{
    return problem_add(&request->problem, request->arena, PROBLEM_OUT_OF_ORDER, "/version",
                       "next_version", "The version to write now is %lld.", (long long)wanted);
}

/* A signed sheet is corrected by a new version that says which one it corrects, and why. */
static int check_correction(struct request *request, int64_t version)
{
    const char *reason = json_field_text(request->body.json, "correction_reason");
    int64_t corrects = json_integer_value(json_field(request->body.json, "corrects_version"));
    if (corrects != version - 1)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                           "/corrects_version", "latest_signed",
                           "Version %lld corrects the signed version %lld, and says so.",
                           (long long)version, (long long)version - 1);
    if (version > 1 && text_is_blank(reason))
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                           "/correction_reason", "required", "A correction says why it is made.");
    return 0;
}

static int is_repeated(struct request *request, const struct visit_key *key, int64_t version,
                       bool *ret)
{
    const char *body = json_text(request->arena, request->body.json);
    return body ? visit_sheet_is_same(request->db, request->arena, key, version, body, ret) : -1;
}

static int repeat(struct request *request, const struct visit_key *key, int64_t version,
                  struct response *response)
{
    response_header(response, "Idempotency-Replayed", "true");
    return answer(request, key, version, 200, response);
}

static int refuse_signed(struct request *request, int64_t version)
{
    return problem_set(&request->problem, request->arena, PROBLEM_SHEET_SIGNED,
                       "Version %lld is signed; write a correction as version %lld.",
                       (long long)version, (long long)version + 1);
}

int visit_sheet_put(struct request *request, struct response *response)
{
    struct visit_key key;
    struct visit_sheet_standing standing;
    const char *body = json_text(request->arena, request->body.json);
    int64_t version = json_integer_value(json_field(request->body.json, "version"));
    if (!body || read_key(request, &key) < 0 ||
        visit_sheet_standing(request->db, request->arena, &key, &request->actor.user_id,
                             &standing) < 0)
        return -1;
    if (!standing.visit_is_own)
        return no_visit(request);
    bool same = false;
    if (version <= standing.latest_version && is_repeated(request, &key, version, &same) < 0)
        return -1;
    if (same)
        return repeat(request, &key, version, response);
    if (version < standing.latest_version ||
        (version == standing.latest_version && standing.latest_is_signed))
        return refuse_signed(request, version);
    bool begins_new = standing.latest_is_signed || standing.latest_version == 0;
    int64_t wanted = standing.latest_version + (begins_new ? 1 : 0);
    if (version != wanted)
        return wrong_version(request, wanted);
    if (check_correction(request, version) < 0 || check_work_orders(request, &standing) < 0 ||
        visit_sheet_write(request->db, request->arena, &key, version, body,
                          &request->actor.user_id) < 0)
        return -1;
    return answer(request, &key, version, 200, response);
}

/* 0: the id is free. 1: the same signature is here already. -1: the problem is set. */
static int find_replay(struct request *request, const struct visit_key *key,
                       const uint8_t content[32])
{
    struct uuid id;
    const char *existing;
    bool same_visit;
    char text[2 + 65] = "\\x";
    if (!json_field_uuid(request->body.json, "id", &id) ||
        signature_content(request->db, request->arena, key, &id, &existing, &same_visit) < 0)
        return -1;
    if (!existing)
        return 0;
    hex_encode(content, 32, text + 2);
    if (same_visit && strcmp(text, existing) == 0)
        return 1;
    return problem_add(&request->problem, request->arena, PROBLEM_CONTENT_CONFLICT, "/id",
                       "same_id_same_content",
                       "A signature of this id exists with other content; nothing was changed.");
}

/* Who cannot draw signs by typing the name; and nobody by neither. */
static int check_method(struct request *request)
{
    const char *method = json_field_text(request->body.json, "method");
    bool is_typed = method && strcmp(method, "typed") == 0;
    if (is_typed == !json_field(request->body.json, "strokes"))
        return 0;
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/strokes",
                       is_typed ? "null_when_typed" : "required",
                       is_typed ? "A typed signature has no strokes."
                                : "A drawn signature has its strokes.");
}

/* The signature as the database takes it: what was signed goes to the sheet. */
static const char *without_document(struct request *request)
{
    json_t *copy = json_copy((json_t *)request->body.json); /* shallow */
    if (!copy)
        return NULL;
    json_object_del(copy, "document");
    const char *text = json_text(request->arena, copy);
    json_decref(copy);
    return text;
}

static int sign(struct request *request, const struct visit_key *key, int64_t version,
                const uint8_t content[32])
{
    struct visit_sheet sheet;
    struct sheet_document recorded;
    struct sheet_claim claim;
    const char *body = without_document(request);
    if (!body || check_method(request) < 0 ||
        visit_sheet_get(request->db, request->arena, key, version, NULL, &sheet) < 0 ||
        sheet_document_of(request, &sheet, &recorded) < 0 ||
        sheet_claim_read(request, &recorded, &claim) < 0)
        return -1;
    if (visit_sheet_sign(request->db, request->arena, key, version, claim.document.text,
                         claim.document.sha256) < 0)
        return -1;
    return signature_insert(request->db, request->arena, key, body, claim.differs,
                            request->received_at_ms, &request->actor.user_id, content);
}

int visit_sheet_add_signature(struct request *request, struct response *response)
{
    struct visit_key key;
    struct visit_sheet_standing standing;
    uint8_t content[32];
    int64_t version = json_integer_value(json_field(request->body.json, "sheet_version"));
    if (read_key(request, &key) < 0 ||
        content_sha256(request, request->body.json, NULL, content) < 0 ||
        visit_sheet_standing(request->db, request->arena, &key, &request->actor.user_id,
                             &standing) < 0)
        return -1;
    if (!standing.visit_is_own)
        return no_visit(request);
    int replay = find_replay(request, &key, content);
    if (replay < 0)
        return -1;
    if (replay > 0)
        return repeat(request, &key, version, response);
    if (standing.latest_version == 0 || version > standing.latest_version)
        return problem_add(&request->problem, request->arena, PROBLEM_OUT_OF_ORDER,
                           "/sheet_version", "exists", "This visit has no sheet of version %lld.",
                           (long long)version);
    if (version < standing.latest_version || standing.latest_is_signed)
        return problem_set(&request->problem, request->arena, PROBLEM_SHEET_SIGNED,
                           "Version %lld is signed already.", (long long)version);
    if (sign(request, &key, version, content) < 0)
        return -1;
    return answer(request, &key, version, 201, response);
}
