/** The organisation's evidence policy: /v1/organisation/policy. */
#ifndef FIELDPROOF_RESOURCES_POLICIES_H
#define FIELDPROOF_RESOURCES_POLICIES_H

#include "server/http/route.h"

route_handler policy_show;
route_handler policy_change;

#endif
