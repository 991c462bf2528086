/** Users: /v1/users. */
#ifndef FIELDPROOF_RESOURCES_USERS_H
#define FIELDPROOF_RESOURCES_USERS_H

#include "server/http/route.h"

route_handler user_create; /**< in a transaction of its own: the password is hashed first */
route_handler user_change; /**< in a transaction of its own: the password is hashed first */
route_handler user_show;
route_handler user_list_page;
route_handler user_remove;

#endif
