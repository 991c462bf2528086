#include "server/resources/enrolments.h"

#include "server/app.h"
#include "server/config.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/json_fields.h"
#include "server/resources/link_token.h"
#include "server/store/enrolment.h"

#include <string.h>

static int not_found(struct request *request, const char *what)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND, "There is no such %s.",
                       sentence_in(request->problem.language, what));
}

/* A code must not give anybody more rights than a manager has to give. */
static int check_subject(struct request *request, const struct uuid *user_id)
{
    bool is_known, may_enrol;
    if (enrolment_subject(request->db, request->arena, &request->actor.org_id, user_id, &is_known,
                          &may_enrol) < 0)
        return -1;
    if (!is_known)
        return not_found(request, "user");
    return may_enrol ? 0
                     : problem_set(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                                   "Only technicians who are not disabled get a phone this way.");
}

static int digest(struct request *request, const struct uuid *user_id, uint8_t ret_sha256[32])
{
    char id[UUID_TEXT_BYTES];
    uuid_format(user_id, id);
    json_t *content = json_pack("{s:s}", "user_id", id);
    if (!content)
        return -1;
    int result = content_sha256(request, content, NULL, ret_sha256);
    json_decref(content);
    return result;
}

/* The enrolment with its code, and the address that a camera opens. */
static int answer(struct request *request, const struct uuid *id, const char *code, bool is_replay,
                  struct response *response)
{
    const char *base = request->app->config->public_url;
    const char *json, *state;
    if (enrolment_get(request->db, request->arena, &request->actor.org_id, id, &json, &state) < 0)
        return -1;
    const char *members = json ? strchr(json, '{') : NULL;
    const char *text =
        members ? arena_printf(request->arena, "{\"code\":\"%s\",\"url\":\"%s/app/#/enrol/%s\",%s",
                               code, base ? base : "", code, members + 1)
                : NULL;
    if (!text)
        return -1;
    response->holds_secret = true;
    return create_answer(request, is_replay, text, 0, response);
}

int enrolment_create(struct request *request, struct response *response)
{
    char code[LINK_TOKEN_TEXT_BYTES];
    uint8_t code_sha256[32], sha256[32];
    const char *taken_by;
    bool is_replay;
    struct enrolment_row row = {
        .org_id = request->actor.org_id,
        .code_sha256 = code_sha256,
        .created_by = &request->actor.user_id,
        .content_sha256 = sha256,
        .life_s = request->app->config->enrolment_s,
    };
    if (!json_field_uuid(request->body.json, "id", &row.id) ||
        request_uuid(request, "user_id", &row.user_id) < 0 ||
        check_subject(request, &row.user_id) < 0 || digest(request, &row.user_id, sha256) < 0)
        return -1;
    link_token_make(request->app->auth, LINK_TOKEN_OF_ENROLMENT, &row.org_id, &row.id, code,
                    code_sha256);
    if (enrolment_insert(request->db, request->arena, &row, &taken_by) < 0 ||
        create_outcome(request, taken_by, sha256, &is_replay) < 0)
        return -1;
    return answer(request, &row.id, code, is_replay, response);
}

static int read_enrolment(struct request *request, struct uuid *ret_id, const char **ret_json,
                          const char **ret_state)
{
    if (request_uuid(request, "enrolment_id", ret_id) < 0 ||
        enrolment_get(request->db, request->arena, &request->actor.org_id, ret_id, ret_json,
                      ret_state) < 0)
        return -1;
    return *ret_json ? 0 : not_found(request, "enrolment");
}

int enrolment_show(struct request *request, struct response *response)
{
    struct uuid id;
    const char *json, *state;
    if (read_enrolment(request, &id, &json, &state) < 0)
        return -1;
    response_json(response, 200, json);
    return 0;
}

int enrolment_remove(struct request *request, struct response *response)
{
    const struct actor *actor = &request->actor;
    struct uuid id;
    const char *json, *state;
    if (read_enrolment(request, &id, &json, &state) < 0)
        return -1;
    if (strcmp(state, "used") == 0)
        return problem_set(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                           "A phone has used this code; revoke the device instead.");
    response->status = 204;
    return enrolment_revoke(request->db, request->arena, &actor->org_id, &id, &actor->user_id);
}
