/** Handlers of /v1/imports. */
#ifndef FIELDPROOF_RESOURCES_IMPORTS_H
#define FIELDPROOF_RESOURCES_IMPORTS_H

#include "server/http/route.h"

route_handler import_customers, import_sites, import_assets, import_work_orders;

#endif
