#include "server/resources/visit_sheets.h"

#include "server/base/blank.h"
#include "server/resources/actors.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/resources/sheet_document.h"
#include "server/resources/sheet_wait.h"
#include "server/resources/visit_judgement.h"
#include "server/resources/visit_sheet_parts.h"

#include <stdlib.h>
#include <strings.h>

int visit_sheet_key(struct request *request, struct visit_key *ret)
{
    ret->org_id = request->actor.org_id;
    return request_uuid(request, "visit_id", &ret->visit_id);
}

int visit_sheet_without_visit(struct request *request)
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

int visit_sheet_answer(struct request *request, const struct visit_key *key, int64_t version,
                       int status, struct response *response)
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
    if (visit_sheet_key(request, &key) < 0 ||
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

static int not_of_this_visit(struct request *request, size_t i)
{
    const char *place = arena_printf(request->arena, "/done/%zu/work_order_id", i);
    return problem_add(&request->problem, request->arena, PROBLEM_OUT_OF_ORDER,
                       place ? place : "/done", "of_this_visit",
                       "No check-in of this visit has named the work order yet.");
}

/* How many lines are about a work order that no check-in of the visit has named. */
static size_t find_foreign(struct request *request, const struct visit_sheet_standing *standing,
                           bool refuses)
{
    json_t *known = standing->work_orders ? json_loads(standing->work_orders, 0, NULL) : NULL;
    size_t i, count = 0;
    const json_t *done;
    json_array_foreach(json_field(request->body.json, "done"), i, done)
    {
        const char *id = json_field_text(done, "work_order_id");
        if (!id || is_work_order_of(known, id))
            continue;
        count++;
        if (refuses)
            (void)not_of_this_visit(request, i);
    }
    json_decref(known);
    return count;
}

/* The check-in that names a work order may be on its way; when it is not, the sheet alone does. */
static int check_work_orders(struct request *request, const struct visit_key *key, int64_t version,
                             const struct visit_sheet_standing *standing)
{
    bool is_over;
    if (find_foreign(request, standing, false) == 0)
        return 0;
    if (sheet_wait_check_named(request) < 0 ||
        sheet_wait_is_over(request, key, version, standing, 1, &is_over) < 0)
        return -1;
    if (is_over)
        return sheet_wait_join_named(request, key);
    (void)find_foreign(request, standing, true);
    return -1;
}

/* The versions before it may be on their way. They wait themselves, so this waits longer. */
static int wrong_version(struct request *request, const struct visit_key *key, int64_t version,
                         const struct visit_sheet_standing *standing, int64_t wanted)
{
    bool is_over;
    if (sheet_wait_is_over(request, key, version, standing, 2, &is_over) < 0)
        return -1;
    return problem_add(&request->problem, request->arena,
                       is_over ? PROBLEM_STATE_CONFLICT : PROBLEM_OUT_OF_ORDER, "/version",
                       "next_version", "The version to write now is %lld.", (long long)wanted);
}

/* A sheet whose visit no check-in has made: in the end it makes it itself. */
static int await_visit(struct request *request, const struct visit_key *key, int64_t version,
                       struct visit_sheet_standing *standing)
{
    bool is_over;
    if (version != 1)
        return wrong_version(request, key, version, standing, 1);
    if (sheet_wait_check_named(request) < 0 ||
        sheet_wait_is_over(request, key, version, standing, 1, &is_over) < 0)
        return -1;
    if (!is_over)
        return visit_sheet_without_visit(request);
    if (sheet_wait_make_visit(request, key) < 0 ||
        visit_sheet_standing(request->db, request->arena, key, &request->actor.user_id, standing) <
            0)
        return -1;
    if (!standing->visit_is_own)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no such visit.");
    return 0;
}

static int check_site(struct request *request, const struct visit_sheet_standing *standing)
{
    const char *site_id = json_field_text(request->body.json, "site_id");
    if (!site_id || strcasecmp(site_id, standing->site_id) == 0)
        return 0;
    return problem_add(&request->problem, request->arena, PROBLEM_CONTENT_CONFLICT, "/site_id",
                       "same_visit_same_site", "The visit of this id is at another site.");
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

int visit_sheet_repeat(struct request *request, const struct visit_key *key, int64_t version,
                       struct response *response)
{
    response_header(response, "Idempotency-Replayed", "true");
    return visit_sheet_answer(request, key, version, 200, response);
}

static int refuse_signed(struct request *request, int64_t version)
{
    return problem_set(&request->problem, request->arena, PROBLEM_SHEET_SIGNED,
                       "Version %lld is signed; write a correction as version %lld.",
                       (long long)version, (long long)version + 1);
}

int visit_sheet_judge(struct request *request, const struct visit_key *key)
{
    char visit_id[UUID_TEXT_BYTES];
    uuid_format(&key->visit_id, visit_id);
    return visit_judgement_renew(request, visit_id);
}

int visit_sheet_put(struct request *request, struct response *response)
{
    struct visit_key key;
    struct visit_sheet_standing standing;
    const char *body = json_text(request->arena, request->body.json);
    int64_t version = json_integer_value(json_field(request->body.json, "version"));
    if (!body || visit_sheet_key(request, &key) < 0 ||
        visit_sheet_standing(request->db, request->arena, &key, &request->actor.user_id,
                             &standing) < 0)
        return -1;
    bool is_made = !standing.visit_is_own;
    if (is_made && await_visit(request, &key, version, &standing) < 0)
        return -1;
    bool same = false;
    if (version <= standing.latest_version && is_repeated(request, &key, version, &same) < 0)
        return -1;
    if (same)
        return visit_sheet_repeat(request, &key, version, response);
    if (version < standing.latest_version ||
        (version == standing.latest_version && standing.latest_is_signed))
        return refuse_signed(request, version);
    bool begins_new = standing.latest_is_signed || standing.latest_version == 0;
    int64_t wanted = standing.latest_version + (begins_new ? 1 : 0);
    if (version != wanted)
        return wrong_version(request, &key, version, &standing, wanted);
    if (check_site(request, &standing) < 0 || check_correction(request, version) < 0 ||
        check_work_orders(request, &key, version, &standing) < 0 ||
        visit_sheet_write(request->db, request->arena, &key, version, body,
                          &request->actor.user_id) < 0)
        return -1;
    if (is_made && visit_sheet_judge(request, &key) < 0)
        return -1;
    return visit_sheet_answer(request, &key, version, 200, response);
}
