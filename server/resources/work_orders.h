/** Work orders: /v1/work-orders, and a technician's day. */
#ifndef FIELDPROOF_RESOURCES_WORK_ORDERS_H
#define FIELDPROOF_RESOURCES_WORK_ORDERS_H

#include "server/http/route.h"

route_handler work_order_list_page;
route_handler work_order_create;
route_handler work_order_show;
route_handler work_order_change;
route_handler work_order_remove;
route_handler work_order_history_page;
route_handler work_order_transition; /**< work_order_transitions.c */
route_handler work_order_way;        /**< work_order_way.c */
route_handler my_day_show;           /**< my_day.c */
route_handler my_changes_show;       /**< my_changes.c */

/** What the handlers of the files above share. */
int work_order_not_found(struct request *request);

/**
 * What no schema says of a new work order: it has a title or a template, and its window does not
 * end before it starts. As in struct master_resource; changes nothing.
 */
int work_order_complete_row(struct request *request, const json_t *present, json_t *row) MUST_CHECK;

/** 200 with the work order as it is now. */
int work_order_answer(struct request *request, const struct uuid *id, struct response *response);

#endif
