#include "server/http/dispatch.h"

#include "server/base/clock.h"

#include <string.h>

static int refuse(struct request *request, enum problem_type type, const char *detail)
{
    return problem_set(&request->problem, request->arena, type, "%s", detail);
}

const struct route *dispatch_route(const struct dispatcher *dispatcher, const char *operation_id)
{
    for (size_t i = 0; i < dispatcher->route_count; i++)
        if (strcmp(dispatcher->routes[i].operation_id, operation_id) == 0)
            return &dispatcher->routes[i];
    return NULL;
}

/* The user as the database knows them, in the open transaction. */
static int authorise(const struct dispatcher *dispatcher, struct request *request)
{
    if (!request->route->roles || request->actor.role == ROLE_OPERATOR)
        return 0;
    return dispatcher->authorise ? dispatcher->authorise(request) : -1;
}

/*
 * Where one role alone may pass, the actor is taken for that role until the first round trip says
 * who it is: the handler sees no row if that is somebody else, and one round trip is saved.
 */
static int authorise_in_transaction(const struct dispatcher *dispatcher, struct request *request)
{
    unsigned roles = request->route->roles;
    bool is_one = roles != 0 && (roles & (roles - 1)) == 0;
    if (!is_one || request->actor.role == ROLE_OPERATOR || !dispatcher->authorise_queued)
        return authorise(dispatcher, request);
    request->actor.role = (enum role)roles;
    return dispatcher->authorise_queued(request);
}

static bool has_organisation(const struct request *request)
{
    return request->actor.is_known && !uuid_is_nil(&request->actor.org_id);
}

void dispatch_name_actor(const struct request *request, struct db *db)
{
    const struct actor *actor = &request->actor;
    if (has_organisation(request) && (request->route->roles & ~(unsigned)ROLE_TECHNICIAN))
        db_act_as(db, &actor->user_id, &actor->session_id, request->address);
}

static int begin(const struct dispatcher *dispatcher, struct request *request, bool is_read_only)
{
    const struct uuid *org_id = has_organisation(request) ? &request->actor.org_id : NULL;
    if (db_begin(dispatcher->db_pool, request->arena, &request->problem, org_id, is_read_only,
                 &request->db) < 0)
        return -1;
    if (!is_read_only)
        dispatch_name_actor(request, request->db);
    return 0;
}

static int commit(const struct dispatcher *dispatcher, const struct request *request, struct db *db)
{
    int64_t began_us = clock_monotonic_us();
    int result = db_commit(db);
    if (request->body.file_count > 0)
        metrics_stage(dispatcher->metrics, METRICS_STAGE_COMMIT, clock_monotonic_us() - began_us);
    return result;
}

static int finish(const struct dispatcher *dispatcher, struct request *request, int result)
{
    struct db *db = request->db;
    request->db = NULL;
    if (result == 0)
        return commit(dispatcher, request, db);
    if (request->keeps_refusal)
        return db_commit(db) < 0 ? -1 : result;
    db_rollback(db);
    return result;
}

int dispatch_authorise(const struct dispatcher *dispatcher, struct request *request)
{
    if (!request->route->roles || request->actor.role == ROLE_OPERATOR)
        return 0;
    if (begin(dispatcher, request, true))
        return -1;
    return finish(dispatcher, request, authorise(dispatcher, request));
}

/* The body that came with the commit. */
static int take_rows(struct request *request, struct response *response)
{
    const struct db_rows *rows = response->rows;
    const char *json = rows->count == 1 ? db_value(rows, 0, 0) : NULL;
    if (!json)
        return refuse(request, PROBLEM_INTERNAL,
                      "The request was carried out, but its answer could not be read.");
    response_json(response, response->status, json);
    return 0;
}

/* A handler that refused before it asked the database: who may not be here is told that first. */
static void settle_refusal(struct request *request)
{
    const struct problem refusal = request->problem;
    problem_clear(&request->problem);
    if (db_settle(request->db) == 0)
        request->problem = refusal;
}

static int run_handler(const struct dispatcher *dispatcher, struct request *request,
                       struct response *response)
{
    if (begin(dispatcher, request, request->route->transaction == TRANSACTION_READ))
        return -1;
    int result = authorise_in_transaction(dispatcher, request);
    if (result == 0)
        result = request->route->handle(request, response);
    if (result < 0)
        settle_refusal(request);
    return finish(dispatcher, request, result);
}

/*
 * A handler may bet that nobody else stores the same at this moment, and save the looking. It is
 * run once more when it loses: what it collided with is there to be read then.
 */
static int handle_in_transaction(const struct dispatcher *dispatcher, struct request *request,
                                 struct response *response)
{
    int result = run_handler(dispatcher, request, response);
    if (result < 0 && request->bets && request->problem.is_overtaken) {
        request->bets = false;
        request->has_lost_bet = true;
        problem_clear(&request->problem);
        *response = (struct response){.status = 200, .fd = -1};
        result = run_handler(dispatcher, request, response);
    }
    return result == 0 && response->rows ? take_rows(request, response) : result;
}

static int handle(const struct dispatcher *dispatcher, struct request *request,
                  struct response *response)
{
    const struct route *route = request->route;
    bool prepares_body = route->body == BODY_UPLOAD; /* before it was read */
    if (route->prepare && !prepares_body && route->prepare(request, response))
        return -1;
    if (route->transaction == TRANSACTION_NONE)
        return route->handle(request, response);
    return handle_in_transaction(dispatcher, request, response);
}

int dispatch_run(const struct dispatcher *dispatcher, struct request *request,
                 struct response *response)
{
    int result = handle(dispatcher, request, response);
    if (result && !request->problem.is_set)
        refuse(request, PROBLEM_INTERNAL, "The server failed to answer this request.");
    else if (!result)
        request->problem.is_set = false; /* a handler may have tried something, and gone on */
    return result;
}
