/** gzip for JSON answers: the one place, for every route. */
#ifndef FIELDPROOF_HTTP_COMPRESS_H
#define FIELDPROOF_HTTP_COMPRESS_H

#include "server/http/request.h"
#include "server/http/response.h"

/** Below this an answer fits into one packet either way. */
#define COMPRESS_LEAST_BYTES 1024

/** What the entity tag of a compressed answer ends with: other bytes need another strong tag. */
#define COMPRESS_TAG_SUFFIX "-gzip"

/**
 * Compresses the response if it is JSON, long enough, no secret, and wanted so (Accept-Encoding).
 * What it makes is in the arena; when there is no memory for it, the response stays as it is.
 */
void compress_response(const struct request *request, struct response *response);

#endif
