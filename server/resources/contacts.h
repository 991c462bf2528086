/** Handlers of /v1/contacts. */
#ifndef FIELDPROOF_RESOURCES_CONTACTS_H
#define FIELDPROOF_RESOURCES_CONTACTS_H

#include "server/http/route.h"

route_handler contact_list, contact_create, contact_show, contact_change, contact_delete;

#endif
