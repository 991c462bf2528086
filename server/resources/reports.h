/** /v1/reports: what the days of a period add up to. Definitions: docs/reports.md. */
#ifndef FIELDPROOF_RESOURCES_REPORTS_H
#define FIELDPROOF_RESOURCES_REPORTS_H

#include "server/http/route.h"

route_handler report_show_evidence;
route_handler report_show_service;

#endif
