/** Organisations: /v1/organisations, /v1/organisation. */
#ifndef FIELDPROOF_RESOURCES_ORGANISATIONS_H
#define FIELDPROOF_RESOURCES_ORGANISATIONS_H

#include "server/http/route.h"

route_handler organisation_create; /**< in a transaction of its own: the password is hashed first */
route_handler organisation_show;

#endif
