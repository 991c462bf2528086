#include "server/resources/users.h"

#include "server/resources/account_body.h"
#include "server/resources/actors.h"
#include "server/resources/auth.h"
#include "server/resources/create.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/resources/page.h"
#include "server/resources/passwords.h"
#include "server/resources/transaction.h"
#include "server/store/session.h"

#include <string.h>

static int not_found(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is no such user.");
}

/** A new user on its way to the database. */
struct creation {
    struct user_row row;
    uint8_t content_sha256[32];
    bool is_replay;
    const char *json;
    int64_t version;
};

static int insert(struct request *request, void *context)
{
    struct creation *creation = context;
    const struct user_row *row = &creation->row;
    const char *taken_by;
    if (user_insert(request->db, request->arena, row, &taken_by) < 0 ||
        create_outcome(request, taken_by, creation->content_sha256, &creation->is_replay) < 0)
        return -1;
    return user_get(request->db, request->arena, &row->org_id, &row->id, NULL, &creation->json,
                    &creation->version);
}

int user_create(struct request *request, struct response *response)
{
    const struct uuid *org_id = &request->actor.org_id;
    struct creation creation = {0};
    if (account_body_read(request, org_id, request->body.json, NULL, &creation.row,
                          creation.content_sha256) < 0 ||
        transaction_run(request, org_id, insert, &creation) < 0)
        return -1;
    return create_answer(request, creation.is_replay, creation.json, creation.version, response);
}

int user_show(struct request *request, struct response *response)
{
    struct uuid id;
    const char *json;
    int64_t version;
    if (request_uuid(request, "user_id", &id) < 0 ||
        user_get(request->db, request->arena, &request->actor.org_id, &id, actor_own_only(request),
                 &json, &version) < 0)
        return -1;
    return json ? entity_answer(request, json, version, response) : not_found(request);
}

int user_list_page(struct request *request, struct response *response)
{
    struct page page;
    struct db_rows rows;
    struct db_parameters parameters = {0};
    const struct user_filter filter = {
        .role = request_query(request, "role"),
        .part = request_query(request, "q"),
        .disabled = request_query(request, "disabled"),
        .team = request_query(request, "team"),
    };
    if (page_read(request, "tu", &page) < 0)
        return -1;
    user_list_parameters(&parameters, request->arena, &request->actor.org_id, &filter);
    page_add(&parameters, request->arena, &page);
    if (user_list(request->db, &parameters, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}

/** A change of a user on its way to the database. */
struct change {
    struct uuid id;
    const json_t *body;
    const char *text; /**< the body without the password */
    const char *password_hash;
    const char *json;
    int64_t version;
};

/*
 * Two administrators may take the rights from each other at the same moment: the second one to get
 * here has none any more.
 */
static int lock(struct request *request, const struct uuid *id)
{
    const struct actor *actor = &request->actor;
    if (user_lock_with_administrator(request->db, request->arena, &actor->org_id, id,
                                     &actor->user_id) < 0 ||
        auth_authorise(request) < 0)
        return -1;
    return actor->role == ROLE_ADMINISTRATOR
               ? 0
               : problem_set(&request->problem, request->arena, PROBLEM_FORBIDDEN,
                             "Your role may not do this.");
}

/* An organisation always keeps an administrator: whoever changes users stays one. */
static int check_not_oneself(struct request *request, const struct change *change)
{
    const char *role = json_field_text(change->body, "role");
    bool gives_up_role = role && strcmp(role, "administrator") != 0;
    if (!uuid_equal(&change->id, &request->actor.user_id) ||
        (!gives_up_role && !json_field_is_true(change->body, "disabled")))
        return 0;
    return problem_set(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                       "Nobody takes the administrator's rights from themselves; ask another "
                       "administrator.");
}

static int end_sessions(struct request *request, const struct change *change)
{
    const struct actor *actor = &request->actor;
    if (json_field_is_true(change->body, "disabled"))
        return session_end_all(request->db, request->arena, &actor->org_id, &change->id,
                               "user_disabled", NULL);
    if (change->password_hash)
        return session_end_all(request->db, request->arena, &actor->org_id, &change->id,
                               "password_changed", &actor->session_id);
    return 0;
}

static int update(struct request *request, void *context)
{
    struct change *change = context;
    const struct uuid *org_id = &request->actor.org_id;
    int64_t version;
    if (lock(request, &change->id) < 0 ||
        user_lock(request->db, request->arena, org_id, &change->id, &version) < 0)
        return -1;
    if (version == 0)
        return not_found(request);
    if (entity_check_match(request, version) < 0 ||
        user_update(request->db, request->arena, org_id, &change->id, change->text,
                    change->password_hash) < 0 ||
        end_sessions(request, change) < 0)
        return -1;
    return user_get(request->db, request->arena, org_id, &change->id, NULL, &change->json,
                    &change->version);
}

static int read_change(struct request *request, struct change *change)
{
    const char *password = json_field_text(request->body.json, "password");
    json_t *rest = json_copy((json_t *)request->body.json); /* shallow */
    json_object_del(rest, "password");
    change->body = request->body.json;
    change->text = json_text(request->arena, rest);
    json_decref(rest);
    if (!change->text || request_uuid(request, "user_id", &change->id) < 0 ||
        check_not_oneself(request, change) < 0)
        return -1;
    return password ? password_hash(request, password, &change->password_hash) : 0;
}

int user_change(struct request *request, struct response *response)
{
    struct change change = {0};
    if (read_change(request, &change) < 0 ||
        transaction_run(request, &request->actor.org_id, update, &change) < 0)
        return -1;
    return entity_answer(request, change.json, change.version, response);
}

int user_remove(struct request *request, struct response *response)
{
    struct uuid id;
    bool was_there;
    if (request_uuid(request, "user_id", &id) < 0)
        return -1;
    if (uuid_equal(&id, &request->actor.user_id))
        return problem_set(&request->problem, request->arena, PROBLEM_REFERENCED,
                           "Nobody deletes themselves; ask another administrator.");
    if (lock(request, &id) < 0 ||
        user_delete(request->db, request->arena, &request->actor.org_id, &id, &was_there) < 0)
        return -1;
    response->status = 204;
    return was_there ? 0 : not_found(request);
}
