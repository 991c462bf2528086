#include "server/resources/reviews.h"

#include "server/base/blank.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/json_fields.h"
#include "server/store/review.h"

#include <string.h>

static int check_reason(struct request *request, const struct review *review)
{
    bool needs_none =
        strcmp(review->decision, "approve") == 0 || strcmp(review->decision, "withdraw") == 0;
    if (needs_none || !text_is_blank(review->reason))
        return 0;
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/reason",
                       "required", "The technician must read why this was not approved.");
}

/* The same review is of the same subject, by the same person, too. */
static int digest(struct request *request, const struct review_subject *subject,
                  uint8_t ret_sha256[32])
{
    const json_t *reason = json_field(request->body.json, "reason");
    char subject_id[UUID_TEXT_BYTES], reviewer_id[UUID_TEXT_BYTES];
    uuid_format(&subject->id, subject_id);
    uuid_format(&request->actor.user_id, reviewer_id);
    json_t *content = json_pack("{s:s, s:s, s:O, s:O}", subject->is_photo ? "photo_id" : "visit_id",
                                subject_id, "reviewer_id", reviewer_id, "decision",
                                json_field(request->body.json, "decision"), "reason",
                                reason ? reason : json_null());
    if (!content)
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "The server failed.");
    int result = content_sha256(request, content, NULL, ret_sha256);
    json_decref(content);
    return result;
}

static int check_subject(struct request *request, const struct review_subject *subject)
{
    if (!subject->visit_id)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no such %s.", subject->is_photo ? "photo" : "visit");
    if (subject->is_photo && !subject->is_stored)
        return problem_set(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                           "The photo was announced, but it has not come yet.");
    return 0;
}

static int refuse_overtaken(struct request *request, const struct review_subject *subject,
                            const char *pointer)
{
    const char *decided = subject->decision ? subject->decision : "the decision was withdrawn";
    return problem_add(&request->problem, request->arena, PROBLEM_STATE_CONFLICT, pointer,
                       "current", "Somebody has decided meanwhile: %s.",
                       sentence_in(request->problem.language, decided));
}

/* Of two managers who look at one subject, the second is told what the first has decided. */
static int check_seen(struct request *request, const struct review_subject *subject)
{
    const char *seen = json_field_text(request->body.json, "seen_decision");
    const char *decided = subject->decision;
    if (!json_object_get(request->body.json, "seen_decision") ||
        (seen && decided && strcmp(seen, decided) == 0) || (!seen && !decided))
        return 0;
    return refuse_overtaken(request, subject, "/seen_decision");
}

/* Another manager may have come to the same decision: it is not the first one's to take back. */
static int check_seen_review(struct request *request, const struct review_subject *subject,
                             const struct review *review)
{
    struct uuid seen;
    char seen_id[UUID_TEXT_BYTES];
    const char *last;
    if (!json_field_uuid(request->body.json, "seen_review_id", &seen))
        return 0;
    uuid_format(&seen, seen_id);
    if (review_before(request->db, request->arena, subject, &review->id, &last) < 0)
        return -1;
    return last && strcmp(last, seen_id) == 0
               ? 0
               : refuse_overtaken(request, subject, "/seen_review_id");
}

static int check_decision(struct request *request, const struct review_subject *subject,
                          const struct review *review)
{
    if (!subject->decision && strcmp(review->decision, "withdraw") == 0)
        return problem_add(&request->problem, request->arena, PROBLEM_STATE_CONFLICT, "/decision",
                           "decided", "There is no decision to withdraw.");
    if (check_seen(request, subject) < 0)
        return -1;
    return check_seen_review(request, subject, review);
}

static int create(struct request *request, struct review_subject *subject,
                  struct response *response)
{
    uint8_t sha256[32];
    const char *taken_by, *json;
    bool is_replay;
    struct review review = {
        .decision = json_field_text(request->body.json, "decision"),
        .reason = json_field_text(request->body.json, "reason"),
        .reviewer_id = request->actor.user_id,
        .content_sha256 = sha256,
    };
    if (!json_field_uuid(request->body.json, "id", &review.id) ||
        check_reason(request, &review) < 0 || digest(request, subject, sha256) < 0 ||
        review_lock_subject(request->db, request->arena, subject) < 0 ||
        check_subject(request, subject) < 0 ||
        review_insert(request->db, request->arena, subject, &review, &taken_by) < 0 ||
        create_outcome(request, taken_by, sha256, &is_replay) < 0)
        return -1;
    if (!is_replay && check_decision(request, subject, &review) < 0)
        return -1;
    if (!is_replay && review_apply(request->db, request->arena, subject, &review) < 0)
        return -1;
    if (review_get(request->db, request->arena, &subject->org_id, &review.id, &json) < 0 || !json)
        return -1;
    return create_answer(request, is_replay, json, 0, response);
}

int review_photo(struct request *request, struct response *response)
{
    struct review_subject photo = {.org_id = request->actor.org_id, .is_photo = true};
    return request_uuid(request, "photo_id", &photo.id) < 0 ? -1
                                                            : create(request, &photo, response);
}

int review_visit(struct request *request, struct response *response)
{
    struct review_subject visit = {.org_id = request->actor.org_id};
    return request_uuid(request, "visit_id", &visit.id) < 0 ? -1
                                                            : create(request, &visit, response);
}
