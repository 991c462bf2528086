/** The dispatcher's plan: /v1/plan. */
#ifndef FIELDPROOF_RESOURCES_PLAN_H
#define FIELDPROOF_RESOURCES_PLAN_H

#include "server/http/route.h"

route_handler plan_show;

#endif
