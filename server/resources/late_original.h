/** What a photo changes that comes after copies of it. */
#ifndef FIELDPROOF_RESOURCES_LATE_ORIGINAL_H
#define FIELDPROOF_RESOURCES_LATE_ORIGINAL_H

#include "server/http/request.h"
#include "server/store/photo.h"

/**
 * Photos come in any order, and who was offline sends last. Of photos with the very same bytes the
 * one that was captured first is the original: those that came before it, but were captured after
 * it, are judged again, and their visits with them.
 *
 * @param key of the original, which is stored.
 * @return 0, or negative with the problem set or memory exhausted.
 */
int late_original_apply(struct request *request, const struct photo_key *key,
                        const uint8_t sha256[32], const struct photo_context *context) MUST_CHECK;

#endif
