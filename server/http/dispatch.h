/**
 * Carries out a route whose request is complete: who asks, transaction, handler, commit. Knows no
 * socket: the edge dispatches what came over one, a batch each of its operations.
 */
#ifndef FIELDPROOF_HTTP_DISPATCH_H
#define FIELDPROOF_HTTP_DISPATCH_H

#include "server/http/contract.h"
#include "server/http/metrics.h"
#include "server/http/route.h"
#include "server/store/db.h"

/** What dispatching works with; everything outlives it. */
struct dispatcher {
    const struct route *routes;
    size_t route_count;
    const struct contract *contract;
    struct db_pool *db_pool;
    struct metrics *metrics;
    /**
     * First thing in a transaction: is the actor's session alive, and may the user as the database
     * knows them now use the route? Sets role and language of request->actor, or a problem.
     */
    int (*authorise)(struct request *request);
    /** The same in the round trip of the handler's first query, which shows no rows if it fails. */
    int (*authorise_queued)(struct request *request);
};

/** The route of that operationId; NULL when there is none. */
const struct route *dispatch_route(const struct dispatcher *dispatcher, const char *operation_id);

/**
 * Names the request's actor in a transaction that writes, for the audit trail; not what technicians
 * alone may do, which is evidence in itself.
 */
void dispatch_name_actor(const struct request *request, struct db *db);

/** Asks in a transaction of its own who the actor is: where no handler's transaction does it. */
int dispatch_authorise(const struct dispatcher *dispatcher, struct request *request) MUST_CHECK;

/**
 * Prepares and handles a request whose body is complete and checked, in the route's transaction.
 * @return 0: committed, and the response is whole. Negative: nothing was changed but what the
 *         handler notes of its refusal, and the request's problem says why.
 */
int dispatch_run(const struct dispatcher *dispatcher, struct request *request,
                 struct response *response) MUST_CHECK;

#endif
