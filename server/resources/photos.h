/** Photos: /v1/photos. */
#ifndef FIELDPROOF_RESOURCES_PHOTOS_H
#define FIELDPROOF_RESOURCES_PHOTOS_H

#include "server/http/route.h"

route_handler photo_content_prepare; /**< decodes the photo, before any transaction */
route_handler photo_content_put;
route_handler photo_show;
route_handler photo_original;
route_handler photo_medium;
route_handler photo_small;

#endif
