/** The organisation's evidence policy: /v1/organisation/policy. */
#ifndef FIELDPROOF_RESOURCES_POLICIES_H
#define FIELDPROOF_RESOURCES_POLICIES_H

#include "server/http/route.h"

route_handler policy_show;
route_handler policy_change;
route_handler policy_preview;

/**
 * Puts the change that the request's body asks for (contract: PolicyChange) over stored overrides.
 * Negative, with the problem set, when a threshold is unknown or out of range.
 */
int policy_apply(struct request *request, const char *overrides, const char **ret_text) MUST_CHECK;

/** The policy that overrides make of the defaults, as JSON in the arena; NULL: no memory. */
const char *policy_json(struct request *request, const char *overrides, int64_t version);

#endif
