/** Plans by which visits are drawn for assessment. */
#ifndef FIELDPROOF_RESOURCES_SAMPLING_PLANS_H
#define FIELDPROOF_RESOURCES_SAMPLING_PLANS_H

#include "server/http/route.h"

route_handler sampling_plan_create;
route_handler sampling_plan_list_page;
route_handler sampling_plan_show;
route_handler sampling_plan_remove;

#endif
