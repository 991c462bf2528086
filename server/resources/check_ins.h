/** Check-ins: /v1/check-ins. */
#ifndef FIELDPROOF_RESOURCES_CHECK_INS_H
#define FIELDPROOF_RESOURCES_CHECK_INS_H

#include "server/http/route.h"

route_handler check_in_create_prepare; /**< decodes the photos, before any transaction */
route_handler check_in_create;
route_handler check_in_show;

#endif
