/** A stored site's fence. */
#ifndef FIELDPROOF_RESOURCES_SITE_FENCE_H
#define FIELDPROOF_RESOURCES_SITE_FENCE_H

#include "geo/fence.h"
#include "server/http/request.h"
#include "server/store/check_in.h"

/** The site's circle or polygon; it lives as long as the request. Negative with the problem set. */
int site_fence(struct request *request, const struct check_in_context *context,
               const struct geo_fence **ret) MUST_CHECK;

#endif
