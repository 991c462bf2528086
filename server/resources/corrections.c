#include "server/resources/corrections.h"

#include "server/base/blank.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/json_fields.h"
#include "server/resources/page.h"
#include "server/store/correction.h"

/* The same request was about the same visit, by the same person, too. */
static int digest(struct request *request, uint8_t ret_sha256[32])
{
    char user_id[UUID_TEXT_BYTES];
    json_t *content = json_copy((json_t *)request->body.json); /* shallow */
    int result = -1;
    uuid_format(&request->actor.user_id, user_id);
    if (content &&
        json_object_set_new(content, "visit_id",
                            json_string(request_parameter(request, "visit_id"))) == 0 &&
        json_object_set_new(content, "requested_by", json_string(user_id)) == 0)
        result = content_sha256(request, content, "id", ret_sha256);
    json_decref(content);
    return result;
}

static int check_visit(struct request *request, const struct correction_subject *subject)
{
    if (!subject->technician_id)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no such visit.");
    if (subject->latest_signed_version == 0)
        return problem_set(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                           "This visit has no signed sheet: what is not signed yet is changed, "
                           "not corrected.");
    return 0;
}

static int check_version(struct request *request, const struct correction *correction,
                         const struct correction_subject *subject)
{
    if (correction->sheet_version == subject->latest_signed_version)
        return 0;
    return problem_add(&request->problem, request->arena, PROBLEM_STATE_CONFLICT, "/sheet_version",
                       "latest_signed", "The latest signed version is %lld.",
                       (long long)subject->latest_signed_version);
}

static int check_reason(struct request *request, const char *reason)
{
    if (!text_is_blank(reason))
        return 0;
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/reason",
                       "required", "The technician must read what is wrong.");
}

static int answer(struct request *request, const struct correction *correction, bool is_replay,
                  struct response *response)
{
    const char *json;
    if (correction_get(request->db, request->arena, &correction->org_id, &correction->id, &json) <
            0 ||
        !json)
        return -1;
    return create_answer(request, is_replay, json, 0, response);
}

/*
 * 0: it is new, and about the sheet that the manager saw. 1: a replay, also after the sheet was
 * corrected. -1: the problem is set.
 */
static int insert(struct request *request, struct correction *correction)
{
    struct correction_subject subject;
    const char *taken_by;
    bool is_replay;
    if (correction_lock_subject(request->db, request->arena, &correction->org_id,
                                &correction->visit_id, &subject) < 0)
        return -1;
    correction->technician_id = subject.technician_id;
    if (check_visit(request, &subject) < 0 ||
        correction_insert(request->db, request->arena, correction, &taken_by) < 0 ||
        create_outcome(request, taken_by, correction->content_sha256, &is_replay) < 0)
        return -1;
    return is_replay ? 1 : check_version(request, correction, &subject);
}

int correction_create(struct request *request, struct response *response)
{
    const json_t *body = request->body.json;
    uint8_t sha256[32];
    struct correction correction = {
        .org_id = request->actor.org_id,
        .sheet_version = json_integer_value(json_field(body, "sheet_version")),
        .reason = json_field_text(body, "reason"),
        .requested_by = &request->actor.user_id,
        .content_sha256 = sha256,
    };
    correction.blocks =
        json_texts(request->arena, json_field(body, "blocks"), NULL, &correction.block_count);
    if (!correction.blocks || !json_field_uuid(body, "id", &correction.id) ||
        request_uuid(request, "visit_id", &correction.visit_id) < 0 ||
        check_reason(request, correction.reason) < 0 || digest(request, sha256) < 0)
        return -1;
    int inserted = insert(request, &correction);
    return inserted < 0 ? -1 : answer(request, &correction, inserted > 0, response);
}

int correction_remove(struct request *request, struct response *response)
{
    struct uuid id;
    struct correction_standing standing;
    const struct uuid *org_id = &request->actor.org_id;
    if (request_uuid(request, "correction_id", &id) < 0 ||
        correction_lock(request->db, request->arena, org_id, &id, &standing) < 0)
        return -1;
    if (!standing.exists)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no such correction.");
    if (standing.answered_version > 0)
        return problem_set(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                           "It has been made: version %lld is signed.",
                           (long long)standing.answered_version);
    response->status = 204;
    return correction_withdraw(request->db, request->arena, org_id, &id, &request->actor.user_id);
}

int correction_list_page(struct request *request, struct response *response)
{
    return page_answer_of_technician(request, correction_list, response);
}
