/**
 * Answering a create under the client's own id: 201 for a new one, 200 with Idempotency-Replayed
 * for the same content again, 409 for other content under the same id.
 */
#ifndef FIELDPROOF_RESOURCES_CREATE_H
#define FIELDPROOF_RESOURCES_CREATE_H

#include "server/http/route.h"

/**
 * What the insert's answer means (server/store/insert_once.h).
 *
 * @param taken_by NULL: inserted; else the digest of the content that the id is taken by.
 * @param content_sha256 of this request's body, see content.h.
 * @param[out] ret_is_replay true: the same was created before; answer as then, change nothing.
 * @return 0; or -1 with a CONTENT_CONFLICT problem.
 */
int create_outcome(struct request *request, const char *taken_by, const uint8_t content_sha256[32],
                   bool *ret_is_replay) MUST_CHECK;

/** 201 with the entity's JSON, or 200 and the header for a replay. `version` 0: no ETag. */
int create_answer(struct request *request, bool is_replay, const char *json, int64_t version,
                  struct response *response) MUST_CHECK;

#endif
