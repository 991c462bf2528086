/** What managers decide about photos and visits. */
#ifndef FIELDPROOF_RESOURCES_REVIEWS_H
#define FIELDPROOF_RESOURCES_REVIEWS_H

#include "server/http/route.h"

route_handler review_photo;
route_handler review_visit;

#endif
