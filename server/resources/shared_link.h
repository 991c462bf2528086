/** Finding the link that a token of the path names: /v1/shared/{token}/… */
#ifndef FIELDPROOF_RESOURCES_SHARED_LINK_H
#define FIELDPROOF_RESOURCES_SHARED_LINK_H

#include "server/http/route.h"
#include "server/store/shared.h"

/**
 * Counts the request, finds the link and makes its organisation the request's
 * (request->actor.org_id; nobody is logged in). In a transaction of its own, before the handler's.
 *
 * A token that is unknown, ill-formed or revoked is the same NOT_FOUND; only an expired one is
 * LINK_EXPIRED. Past a limit: TOO_MANY_REQUESTS.
 *
 * @param weight how many requests this one counts as.
 */
int shared_link_open(struct request *request, int64_t weight, struct shared_link *ret) MUST_CHECK;

/** Also counts a look at the page. */
int shared_link_open_to_view(struct request *request, struct shared_link *ret) MUST_CHECK;

/** Last thing before an answer: nothing under /v1/shared/ and /c/ is to be kept or indexed. */
void shared_link_decorate(const struct request *request, struct response *response);

#endif
