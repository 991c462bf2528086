/**
 * Links for customers: /v1/visits/{visit_id}/links, /v1/work-orders/{work_order_id}/links and
 * /v1/links/{link_id}. What such a link shows is shared.h.
 */
#ifndef FIELDPROOF_RESOURCES_CUSTOMER_LINKS_H
#define FIELDPROOF_RESOURCES_CUSTOMER_LINKS_H

#include "server/base/buffer.h"
#include "server/http/route.h"

route_handler customer_link_create_for_visit;
route_handler customer_link_create_for_work_order;
route_handler customer_link_list_of_visit;
route_handler customer_link_list_of_work_order;
route_handler customer_link_remove;

/** Appends links with their addresses, commas between them: rows of customer_link_get. The answer
 * then holds a secret. */
int customer_link_append_all(struct request *request, const struct db_rows *rows,
                             struct buffer *buffer) MUST_CHECK;

#endif
