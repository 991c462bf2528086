/** GET /v1/visits/{visit_id}/file: everything that the page of one visit shows, in one answer. */
#ifndef FIELDPROOF_RESOURCES_VISIT_FILE_H
#define FIELDPROOF_RESOURCES_VISIT_FILE_H

#include "server/http/route.h"

route_handler visit_file_show; /**< records the look */

#endif
