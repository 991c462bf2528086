#include "server/resources/callbacks.h"

#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/json_fields.h"
#include "server/resources/visits.h"
#include "server/store/callback.h"

#include <string.h>

/* How far the clock of a desk may be ahead of ours. */
#define CLOCK_SKEW_MS INT64_C(300000)

/* The same call was about the same visit, too. */
static int digest(struct request *request, uint8_t ret_sha256[32])
{
    json_t *content = json_copy((json_t *)request->body.json); /* shallow */
    int result = -1;
    if (content && json_object_set_new(content, "visit_id",
                                       json_string(request_parameter(request, "visit_id"))) == 0)
        result = content_sha256(request, content, "id", ret_sha256);
    json_decref(content);
    return result;
}

static int check(struct request *request, const struct callback *callback)
{
    if (callback->called_at_ms > request->received_at_ms + CLOCK_SKEW_MS)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/called_at",
                           "past", "The call lies in the future.");
    if (strcmp(callback->outcome, "not_reached") != 0)
        return 0;
    if (callback->score > 0)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/score",
                           "reached", "Nobody was reached, so nobody gave a score.");
    if (callback->spoke_with)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/spoke_with",
                           "reached", "Nobody was reached, so nobody was spoken with.");
    return 0;
}

int callback_create(struct request *request, struct response *response)
{
    const json_t *body = request->body.json;
    uint8_t sha256[32];
    const char *taken_by, *json;
    bool is_replay;
    struct callback callback = {
        .org_id = request->actor.org_id,
        .outcome = json_field_text(body, "outcome"),
        .score = json_integer_value(json_field(body, "score")),
        .spoke_with = json_field_text(body, "spoke_with"),
        .note = json_field_text(body, "note"),
        .called_by = &request->actor.user_id,
        .content_sha256 = sha256,
    };
    if (!json_field_uuid(body, "id", &callback.id) ||
        !json_field_time_ms(body, "called_at", &callback.called_at_ms) ||
        request_uuid(request, "visit_id", &callback.visit_id) < 0 ||
        check(request, &callback) < 0 || visit_check_known(request, &callback.visit_id) < 0 ||
        digest(request, sha256) < 0 ||
        callback_insert(request->db, request->arena, &callback, &taken_by) < 0 ||
        create_outcome(request, taken_by, sha256, &is_replay) < 0 ||
        callback_get(request->db, request->arena, &callback.org_id, &callback.id, &json) < 0)
        return -1;
    return json ? create_answer(request, is_replay, json, 0, response) : -1;
}
