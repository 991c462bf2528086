/** How long photos are kept: /v1/organisation/retention; visits that are held: /v1/holds. */
#ifndef FIELDPROOF_RESOURCES_RETENTION_H
#define FIELDPROOF_RESOURCES_RETENTION_H

#include "server/http/route.h"

route_handler retention_show;
route_handler retention_try;
route_handler retention_change;
route_handler hold_put;
route_handler hold_remove;
route_handler hold_list_page;

#endif
