#include "server/resources/contacts.h"

#include "server/resources/master_data.h"

static const struct master_resource contacts = {
    .noun = "contact",
    .path_parameter = "contact_id",
    .table = &master_contacts,
    .filters = {"customer_id"},
};

MASTER_HANDLERS(contact, contacts)
