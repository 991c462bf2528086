#include "server/resources/auth.h"

#include "server/app.h"
#include "server/base/log.h"
#include "server/config.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/resources/tokens.h"
#include "server/resources/transaction.h"
#include "server/store/audit.h"
#include "server/store/user.h"

#include <string.h>

/*
 * A phone with one bar may lose the answer to a refresh and ask again with the token it has. Within
 * this time it gets another pair, as long as nobody has used the lost one; after it, or when
 * somebody has, the token was stolen and the session ends.
 */
#define LOST_ANSWER_S 30

static int unauthenticated(struct request *request, const char *detail)
{
    return problem_set(&request->problem, request->arena, PROBLEM_UNAUTHENTICATED, "%s", detail);
}

static enum role role_named(const char *name)
{
    static const struct {
        const char *name;
        enum role role;
    } roles[] = {{"technician", ROLE_TECHNICIAN},
                 {"dispatcher", ROLE_DISPATCHER},
                 {"manager", ROLE_MANAGER},
                 {"administrator", ROLE_ADMINISTRATOR}};
    for (size_t i = 0; i < ARRAY_LENGTH(roles); i++)
        if (strcmp(roles[i].name, name) == 0)
            return roles[i].role;
    return (enum role)0;
}

static struct session_key session_of(const struct actor *actor)
{
    return (struct session_key){
        .org_id = actor->org_id, .user_id = actor->user_id, .id = actor->session_id};
}

/* The user as the database knows them. */
static int take_user(struct request *request, const struct session_user *user)
{
    struct actor *actor = &request->actor;
    if (!user->role)
        return unauthenticated(request, "This session is over; log in again.");
    actor->role = role_named(user->role);
    actor->language = strcmp(user->language, "zh") == 0 ? LANGUAGE_CHINESE : LANGUAGE_ENGLISH;
    actor->name = arena_copy(request->arena, user->name, strlen(user->name));
    if (!actor->name)
        return -1;
    if (actor->role & request->route->roles)
        return 0;
    return problem_set(&request->problem, request->arena, PROBLEM_FORBIDDEN,
                       "Your role may not do this.");
}

int auth_authorise(struct request *request)
{
    const struct session_key key = session_of(&request->actor);
    struct session_user user;
    if (session_authorise(request->db, request->arena, &key, &user) < 0)
        return -1;
    return take_user(request, &user);
}

static int check_user(void *context, const struct db_rows *rows)
{
    struct session_user user;
    session_read_authorised(rows, &user);
    return take_user(context, &user);
}

int auth_authorise_queued(struct request *request)
{
    const struct session_key key = session_of(&request->actor);
    return session_authorise_queued(request->db, request->arena, &key, check_user, request);
}

/** An exchange of a refresh token. */
struct refresh {
    struct uuid org_id;
    uint8_t sha256[32];
    struct session_key session;
    enum refresh_token_state state;
    const char *next;
};

static int exchange(struct request *request, struct refresh *refresh)
{
    struct db *db = request->db;
    uint8_t sha256[32];
    if (token_make(request, &refresh->org_id, &refresh->next, sha256) < 0)
        return -1;
    if (refresh->state == REFRESH_TOKEN_FRESH &&
        refresh_token_use(db, request->arena, &refresh->session) < 0)
        return -1;
    if (refresh_token_insert(db, request->arena, &refresh->session, sha256) < 0)
        return -1;
    return session_extend(db, request->arena, &refresh->session,
                          request->app->config->refresh_token_s);
}

/* A refusal commits, too: a stolen token ends its session. */
static int refresh_session(struct request *request, void *context)
{
    struct refresh *refresh = context;
    if (refresh_token_lock(request->db, request->arena, &refresh->org_id, refresh->sha256,
                           LOST_ANSWER_S, &refresh->session, &refresh->state) < 0)
        return -1;
    switch (refresh->state) {
    case REFRESH_TOKEN_UNKNOWN:
        return 0;
    case REFRESH_TOKEN_REUSED:
        return session_end(request->db, request->arena, &refresh->org_id, &refresh->session.id,
                           "refresh_token_reused");
    default:
        return exchange(request, refresh);
    }
}

static void log_reuse(const struct request *request, const struct uuid *session_id)
{
    char text[UUID_TEXT_BYTES];
    uuid_format(session_id, text);
    LOG(LOG_WARNING, "refresh_token_reused", LOG_TEXT("request_id", request->id),
        LOG_TEXT("session", &text[0]));
}

int auth_refresh(struct request *request, struct response *response)
{
    static const char no_good[] = "The refresh token is not good any more; log in again.";
    const char *text = json_field_text(request->body.json, "refresh_token");
    struct refresh refresh = {0};
    if (!text || token_parse(text, &refresh.org_id, refresh.sha256) < 0)
        return unauthenticated(request, no_good);
    if (transaction_run(request, &refresh.org_id, refresh_session, &refresh) < 0)
        return -1;
    if (refresh.state == REFRESH_TOKEN_REUSED)
        log_reuse(request, &refresh.session.id);
    if (!refresh.next)
        return unauthenticated(request, no_good);
    return token_answer(request, &refresh.session, refresh.next, NULL, response);
}

int auth_log_out(struct request *request, struct response *response)
{
    const struct actor *actor = &request->actor;
    const struct audit_note note = {"logged_out", "user", &actor->user_id, actor->name};
    response->status = 204;
    if (audit_note(request->db, request->arena, &actor->org_id, &note) < 0)
        return -1;
    return session_end(request->db, request->arena, &actor->org_id, &actor->session_id, "log_out");
}

int auth_me(struct request *request, struct response *response)
{
    const char *json, *tag;
    if (me_get(request->db, request->arena, &request->actor.org_id, &request->actor.user_id, &json,
               &tag) < 0 ||
        !json)
        return -1;
    return entity_answer_tagged(request, json, tag, response);
}
