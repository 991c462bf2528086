/** GET /v1/visits/{visit_id}/pack: a visit's evidence as one ZIP that anyone can verify offline. */
#ifndef FIELDPROOF_RESOURCES_VISIT_PACK_H
#define FIELDPROOF_RESOURCES_VISIT_PACK_H

#include "server/http/route.h"

route_handler visit_pack_download;

#endif
