/** The manager's list of photos, and the report over them. */
#ifndef FIELDPROOF_RESOURCES_EVIDENCE_H
#define FIELDPROOF_RESOURCES_EVIDENCE_H

#include "server/http/route.h"

route_handler evidence_list_page;
route_handler audit_queue_page;

#endif
