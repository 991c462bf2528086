/** Handlers of /v1/work-schedules (recurring work) and /v1/work-order-batches. */
#ifndef FIELDPROOF_RESOURCES_WORK_SCHEDULES_H
#define FIELDPROOF_RESOURCES_WORK_SCHEDULES_H

#include "server/http/route.h"

route_handler work_schedule_list_page, work_schedule_create, work_schedule_show,
    work_schedule_alter, work_schedule_preview_dates;
route_handler work_schedule_skip_date, work_schedule_unskip_date; /**< work_schedule_skips.c */
route_handler work_order_batch_post;                              /**< work_order_batches.c */

/** UNKNOWN_REFERENCE for what the body names (template, sites, technicians) and is not there. */
int work_schedule_check_references(struct request *request) MUST_CHECK;

#endif
