/** Visits as the API shows them, and who looked at them. */
#ifndef FIELDPROOF_RESOURCES_VISITS_H
#define FIELDPROOF_RESOURCES_VISITS_H

#include "server/http/route.h"

route_handler visit_list_page;
route_handler visit_show; /**< records the look, unless a technician looks at their own visit */
route_handler visit_view_list_page;

/** Refuses, as not found, a visit that the organisation does not have. */
int visit_check_known(struct request *request, const struct uuid *visit_id) MUST_CHECK;

#endif
