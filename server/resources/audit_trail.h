/** Who looked at, changed and took away what: /v1/audit-trail. */
#ifndef FIELDPROOF_RESOURCES_AUDIT_TRAIL_H
#define FIELDPROOF_RESOURCES_AUDIT_TRAIL_H

#include "server/http/route.h"

route_handler audit_trail_page;

#endif
