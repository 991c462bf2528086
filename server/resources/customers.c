#include "server/resources/customers.h"

#include "server/resources/master_data.h"

static const struct master_resource customers = {
    .noun = "customer",
    .path_parameter = "customer_id",
    .table = &master_customers,
    .filters = {"tier", "service_manager_id"},
};

MASTER_HANDLERS(customer, customers)
