#include "server/base/hex.h"
#include "server/resources/content.h"
#include "server/resources/json_fields.h"
#include "server/resources/sheet_claim.h"
#include "server/resources/sheet_document.h"
#include "server/resources/sheet_wait.h"
#include "server/resources/visit_sheet_parts.h"
#include "server/resources/visit_sheets.h"

#include <string.h>

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

/* What was signed and has not come: it is waited for, and in the end the sheet is kept without. */
static int leave_out(struct request *request, const struct visit_key *key, int64_t version,
                     const struct visit_sheet_standing *standing, const struct sheet_claim *claim)
{
    bool is_over;
    if (sheet_wait_is_over(request, key, version, standing, 1, &is_over) < 0)
        return -1;
    return is_over ? sheet_claim_leave_out(request, key, claim) : sheet_claim_await(request, claim);
}

static int sign(struct request *request, const struct visit_key *key, int64_t version,
                const struct visit_sheet_standing *standing, const uint8_t content[32])
{
    struct visit_sheet sheet;
    struct sheet_document recorded;
    struct sheet_claim claim;
    const char *body = without_document(request);
    if (!body || check_method(request) < 0 ||
        visit_sheet_get(request->db, request->arena, key, version, NULL, &sheet) < 0 ||
        sheet_document_of(request, &sheet, &recorded) < 0 ||
        sheet_claim_read(request, &recorded, &claim) < 0 ||
        (claim.missing && leave_out(request, key, version, standing, &claim) < 0))
        return -1;
    if (visit_sheet_sign(request->db, request->arena, key, version, claim.document.text,
                         claim.document.sha256) < 0)
        return -1;
    if (signature_insert(request->db, request->arena, key, body, claim.differs,
                         sheet_claim_missing(request, &claim), request->received_at_ms,
                         &request->actor.user_id, content) < 0)
        return -1;
    return claim.missing ? visit_sheet_judge(request, key) : 0;
}

/* The sheet may be on its way; it may wait itself, so this waits longer. */
static int await_sheet(struct request *request, const struct visit_key *key, int64_t version,
                       const struct visit_sheet_standing *standing)
{
    bool is_over;
    if (sheet_wait_is_over(request, key, version, standing, 2, &is_over) < 0)
        return -1;
    if (!is_over && !standing->visit_is_own)
        return visit_sheet_without_visit(request);
    return problem_add(&request->problem, request->arena,
                       is_over ? PROBLEM_STATE_CONFLICT : PROBLEM_OUT_OF_ORDER, "/sheet_version",
                       "exists", "This visit has no sheet of version %lld.", (long long)version);
}

int visit_sheet_add_signature(struct request *request, struct response *response)
{
    struct visit_key key;
    struct visit_sheet_standing standing;
    uint8_t content[32];
    int64_t version = json_integer_value(json_field(request->body.json, "sheet_version"));
    if (visit_sheet_key(request, &key) < 0 ||
        content_sha256(request, request->body.json, NULL, content) < 0 ||
        visit_sheet_standing(request->db, request->arena, &key, &request->actor.user_id,
                             &standing) < 0)
        return -1;
    if (!standing.visit_is_own)
        return await_sheet(request, &key, version, &standing);
    int replay = find_replay(request, &key, content);
    if (replay < 0)
        return -1;
    if (replay > 0)
        return visit_sheet_repeat(request, &key, version, response);
    if (standing.latest_version == 0 || version > standing.latest_version)
        return await_sheet(request, &key, version, &standing);
    if (version < standing.latest_version || standing.latest_is_signed)
        return problem_set(&request->problem, request->arena, PROBLEM_SHEET_SIGNED,
                           "Version %lld is signed already.", (long long)version);
    if (sign(request, &key, version, &standing, content) < 0)
        return -1;
    return visit_sheet_answer(request, &key, version, 201, response);
}
