/** Handlers of /v1/customers. */
#ifndef FIELDPROOF_RESOURCES_CUSTOMERS_H
#define FIELDPROOF_RESOURCES_CUSTOMERS_H

#include "server/http/route.h"

route_handler customer_list, customer_create, customer_show, customer_change, customer_delete;

#endif
