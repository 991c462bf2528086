/** Handlers of /v1/assets. */
#ifndef FIELDPROOF_RESOURCES_ASSETS_H
#define FIELDPROOF_RESOURCES_ASSETS_H

#include "server/http/route.h"

route_handler asset_list, asset_create, asset_show, asset_change, asset_delete;

#endif
