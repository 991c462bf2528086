#include "server/resources/customer_responses.h"

#include "server/base/blank.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/json_fields.h"
#include "server/store/customer_response.h"

#include <string.h>

/* The same step was the same person's, about the same answer. */
static int digest(struct request *request, const struct response_handling *handling,
                  uint8_t ret_sha256[32])
{
    char response_id[UUID_TEXT_BYTES], actor_id[UUID_TEXT_BYTES];
    uuid_format(&handling->response_id, response_id);
    uuid_format(handling->actor_id, actor_id);
    json_t *content = json_pack("{s:s, s:s, s:s, s:s?}", "response_id", response_id, "actor_id",
                                actor_id, "state", handling->state, "note", handling->note);
    if (!content)
        return -1;
    int result = content_sha256(request, content, NULL, ret_sha256);
    json_decref(content);
    return result;
}

static int insert(struct request *request, const struct response_handling *handling,
                  const uint8_t sha256[32], bool *ret_is_replay)
{
    const char *state, *taken_by;
    if (customer_response_lock(request->db, request->arena, handling, &state) < 0)
        return -1;
    if (!state)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no such answer.");
    if (response_handling_insert(request->db, request->arena, handling, &taken_by) < 0 ||
        create_outcome(request, taken_by, sha256, ret_is_replay) < 0)
        return -1;
    if (*ret_is_replay)
        return 0;
    if (strcmp(state, handling->state) == 0)
        return problem_add(&request->problem, request->arena, PROBLEM_STATE_CONFLICT, "/state",
                           "current", "Somebody has done that already: it is %s.",
                           sentence_in(request->problem.language, state));
    return response_handling_apply(request->db, request->arena, handling);
}

int customer_response_handle(struct request *request, struct response *response)
{
    uint8_t sha256[32];
    const char *json;
    bool is_replay;
    struct response_handling handling = {
        .org_id = request->actor.org_id,
        .state = json_field_text(request->body.json, "state"),
        .note = json_field_text(request->body.json, "note"),
        .actor_id = &request->actor.user_id,
        .content_sha256 = sha256,
    };
    if (!json_field_uuid(request->body.json, "id", &handling.id) ||
        request_uuid(request, "response_id", &handling.response_id) < 0)
        return -1;
    if (strcmp(handling.state, "handled") == 0 && text_is_blank(handling.note))
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/note",
                           "required", "Say what was done about it.");
    if (digest(request, &handling, sha256) < 0 ||
        insert(request, &handling, sha256, &is_replay) < 0 ||
        customer_response_summary_get(request->db, request->arena, &handling.org_id,
                                      &handling.response_id, &json) < 0)
        return -1;
    return json ? create_answer(request, is_replay, json, 0, response) : -1;
}
