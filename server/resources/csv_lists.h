/** The lists and reports that are also given as CSV; each takes its page's or its report's filters.
 */
#ifndef FIELDPROOF_RESOURCES_CSV_LISTS_H
#define FIELDPROOF_RESOURCES_CSV_LISTS_H

#include "server/http/route.h"

route_handler csv_audit_queue;
route_handler csv_evidence;
route_handler csv_evidence_report;
route_handler csv_service_report;
route_handler csv_visits;
route_handler csv_work_orders;

#endif
