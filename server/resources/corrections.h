/** Corrections: signed visit sheets that managers ask technicians to correct. */
#ifndef FIELDPROOF_RESOURCES_CORRECTIONS_H
#define FIELDPROOF_RESOURCES_CORRECTIONS_H

#include "server/http/route.h"

route_handler correction_create;
route_handler correction_remove;
route_handler correction_list_page;

#endif
