#include "server/resources/visit_pack.h"

#include "server/app.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/json_fields.h"
#include "server/resources/link_token.h"
#include "server/resources/transaction.h"
#include "server/resources/visits.h"
#include "server/store/pack_ticket.h"

/* Long enough for a browser to begin the download, too short for a copied address to be of use. */
#define TICKET_LIFE_S 60

/* The same ticket is the same person's, for the same visit. */
static int digest(struct request *request, const struct pack_ticket *ticket, uint8_t ret_sha256[32])
{
    char visit_id[UUID_TEXT_BYTES], user_id[UUID_TEXT_BYTES];
    uuid_format(&ticket->visit_id, visit_id);
    uuid_format(&ticket->user_id, user_id);
    json_t *content = json_pack("{s:s, s:s}", "visit_id", visit_id, "user_id", user_id);
    if (!content)
        return -1;
    int result = content_sha256(request, content, NULL, ret_sha256);
    json_decref(content);
    return result;
}

static int answer(struct request *request, const struct pack_ticket *ticket, const char *token,
                  bool is_replay, struct response *response)
{
    const char *expires_at = NULL;
    if (pack_ticket_expires_at(request->db, request->arena, &ticket->org_id, &ticket->id,
                               &expires_at) < 0 ||
        !expires_at)
        return -1;
    char id[UUID_TEXT_BYTES];
    uuid_format(&ticket->id, id);
    const char *json = arena_printf(
        request->arena, "{\"id\":\"%s\",\"url\":\"/v1/packs/%s\",\"expires_at\":\"%s\"}", id, token,
        expires_at);
    response->holds_secret = true;
    return json ? create_answer(request, is_replay, json, 0, response) : -1;
}

int visit_pack_ticket_create(struct request *request, struct response *response)
{
    char token[LINK_TOKEN_TEXT_BYTES];
    uint8_t token_sha256[32], sha256[32];
    const char *taken_by;
    bool is_replay;
    struct pack_ticket ticket = {
        .org_id = request->actor.org_id,
        .user_id = request->actor.user_id,
        .session_id = request->actor.session_id,
        .token_sha256 = token_sha256,
        .content_sha256 = sha256,
        .life_s = TICKET_LIFE_S,
    };
    if (!json_field_uuid(request->body.json, "id", &ticket.id) ||
        request_uuid(request, "visit_id", &ticket.visit_id) < 0 ||
        visit_check_known(request, &ticket.visit_id) < 0 || digest(request, &ticket, sha256) < 0)
        return -1;
    link_token_make(request->app->auth, LINK_TOKEN_OF_PACK, &ticket.org_id, &ticket.id, token,
                    token_sha256);
    if (pack_ticket_insert(request->db, request->arena, &ticket, &taken_by) < 0 ||
        create_outcome(request, taken_by, sha256, &is_replay) < 0)
        return -1;
    return answer(request, &ticket, token, is_replay, response);
}

struct arrival {
    uint8_t token_sha256[32];
    struct uuid org_id;
    struct pack_ticket_use ticket;
};

static int use(struct request *request, void *context)
{
    struct arrival *arrival = context;
    return pack_ticket_use(request->db, request->arena, &arrival->org_id, arrival->token_sha256,
                           &arrival->ticket);
}

int visit_pack_ticket_download(struct request *request, struct response *response)
{
    struct arrival arrival = {0};
    const struct pack_ticket_use *ticket = &arrival.ticket;
    const char *token = request_parameter(request, "token");
    if (link_token_parse(token, &arrival.org_id, arrival.token_sha256) == 0 &&
        transaction_run(request, &arrival.org_id, use, &arrival) < 0)
        return -1;
    if (!ticket->is_good)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "This download was begun already, or its minute is over; ask for a new "
                           "ticket.");
    request->actor.org_id = arrival.org_id;
    request->actor.user_id = ticket->user_id;
    request->actor.session_id = ticket->session_id;
    return visit_pack_answer(request, &ticket->visit_id, response);
}
