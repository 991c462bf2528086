/**
 * What customers say through their link: /v1/shared/{token}/rating, /complaints and /decision; and
 * the organisation's list of it, /v1/customer-responses, and who deals with it, …/handlings.
 */
#ifndef FIELDPROOF_RESOURCES_CUSTOMER_RESPONSES_H
#define FIELDPROOF_RESOURCES_CUSTOMER_RESPONSES_H

#include "server/http/route.h"

route_handler customer_response_rate;
route_handler customer_response_complain;
route_handler customer_response_decide;
route_handler customer_response_list_page;
route_handler customer_response_handle; /**< server/resources/response_handlings.c */

#endif
