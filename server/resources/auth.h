/** Logging in and out: /v1/auth, /v1/me, and the check of every request. */
#ifndef FIELDPROOF_RESOURCES_AUTH_H
#define FIELDPROOF_RESOURCES_AUTH_H

#include "server/http/route.h"

/**
 * Is the session of the request's token alive, and its user not disabled? Sets the actor's role and
 * language, else an UNAUTHENTICATED problem. The first query of every transaction.
 */
int auth_authorise(struct request *request) MUST_CHECK;

route_handler auth_log_in;  /**< in transactions of its own: the password is checked between them */
route_handler auth_refresh; /**< in a transaction of its own: a refusal is recorded, too */
route_handler auth_log_out;
route_handler auth_me;

#endif
