/** Logging in and out: /v1/auth, /v1/me, and the check of every request. */
#ifndef FIELDPROOF_RESOURCES_AUTH_H
#define FIELDPROOF_RESOURCES_AUTH_H

#include "server/http/route.h"

/**
 * Is the session of the request's token alive, its user not disabled, and of a role that the route
 * is for? Sets the actor's role and language, else a problem. The first query of every transaction.
 */
int auth_authorise(struct request *request) MUST_CHECK;

/** The same in the round trip of the handler's first query, which shows no rows if this fails. */
int auth_authorise_queued(struct request *request) MUST_CHECK;

route_handler auth_log_in;  /**< in transactions of its own: the password is checked between them */
route_handler auth_refresh; /**< in a transaction of its own: a refusal is recorded, too */
route_handler auth_log_out;
route_handler auth_me;

#endif
