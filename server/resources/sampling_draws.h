/** Draws of sampling plans, and the files by which anybody can draw again. */
#ifndef FIELDPROOF_RESOURCES_SAMPLING_DRAWS_H
#define FIELDPROOF_RESOURCES_SAMPLING_DRAWS_H

#include "server/http/route.h"

route_handler sampling_draw_create;
route_handler sampling_draw_list_page;
route_handler sampling_draw_show;
route_handler sampling_draw_visit_page;
route_handler sampling_draw_download;

#endif
