/** Visits as the API shows them, and who looked at them. */
#ifndef FIELDPROOF_RESOURCES_VISITS_H
#define FIELDPROOF_RESOURCES_VISITS_H

#include "server/http/route.h"

route_handler visit_list_page;
route_handler visit_show; /**< records the look, unless a technician looks at their own visit */
route_handler visit_view_list_page;

#endif
