/** The manager's board: /v1/board. */
#ifndef FIELDPROOF_RESOURCES_BOARD_H
#define FIELDPROOF_RESOURCES_BOARD_H

#include "server/http/route.h"

route_handler board_show;

#endif
