/** Handlers of /v1/sites. */
#ifndef FIELDPROOF_RESOURCES_SITES_H
#define FIELDPROOF_RESOURCES_SITES_H

#include "server/http/route.h"

route_handler site_list, site_create, site_show, site_change, site_delete;

#endif
