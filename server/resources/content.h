/** The digest that tells a replay from other content under the same id. */
#ifndef FIELDPROOF_RESOURCES_CONTENT_H
#define FIELDPROOF_RESOURCES_CONTENT_H

#include "server/http/request.h"

#include <jansson.h>

/**
 * SHA-256 of the canonical JSON (RFC 8785) of an object.
 *
 * @param without a member to leave out, or NULL.
 * @return 0; or -1 with the problem set (an integer past 2^53 has no canonical form).
 */
int content_sha256(struct request *request, const json_t *object, const char *without,
                   uint8_t ret_sha256[32]) MUST_CHECK;

#endif
