/** Staging files that live as long as a request. */
#ifndef FIELDPROOF_RESOURCES_STAGING_H
#define FIELDPROOF_RESOURCES_STAGING_H

#include "server/http/request.h"

/**
 * A new empty file in the blob store's staging folder, closed and removed with the request.
 * @return 0; or -1 with the problem set.
 */
int staging_open(struct request *request, int *ret_fd, const char **ret_path) MUST_CHECK;

#endif
