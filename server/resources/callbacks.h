/** POST /v1/visits/{visit_id}/callbacks: what a customer said on the phone after a visit. */
#ifndef FIELDPROOF_RESOURCES_CALLBACKS_H
#define FIELDPROOF_RESOURCES_CALLBACKS_H

#include "server/http/route.h"

route_handler callback_create;

#endif
