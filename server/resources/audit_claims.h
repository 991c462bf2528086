/** Which photos of the audit a manager has taken, so that another one gets others. */
#ifndef FIELDPROOF_RESOURCES_AUDIT_CLAIMS_H
#define FIELDPROOF_RESOURCES_AUDIT_CLAIMS_H

#include "server/http/route.h"

route_handler audit_claim_create;

#endif
