/** Resumable uploads of photos, tus 1.0: /v1/uploads. */
#ifndef FIELDPROOF_RESOURCES_UPLOADS_H
#define FIELDPROOF_RESOURCES_UPLOADS_H

#include "server/http/route.h"

route_handler upload_options;
route_handler upload_create_prepare;
route_handler upload_create;
route_handler upload_show;
route_handler upload_patch_prepare;
route_handler upload_patch;
route_handler upload_delete;

/** X-HTTP-Method-Override, for networks that let only GET and POST through. */
const char *upload_method(const struct request *request);

/** Adds what tus wants in every answer, refusals too. */
void upload_decorate(const struct request *request, struct response *response);

#endif
