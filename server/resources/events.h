/** The stream of changes that the manager's desk follows. */
#ifndef FIELDPROOF_RESOURCES_EVENTS_H
#define FIELDPROOF_RESOURCES_EVENTS_H

#include "server/http/route.h"

route_handler
    event_stream_open; /**< reads in a transaction of its own, and holds none afterwards */

#endif
