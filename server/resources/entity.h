/** Answering with one entity and its version: ETag, If-None-Match, If-Match (RFC 9110, section 13).
 */
#ifndef FIELDPROOF_RESOURCES_ENTITY_H
#define FIELDPROOF_RESOURCES_ENTITY_H

#include "server/http/route.h"

/** 200 with `json` and the ETag "`version`"; 304 when If-None-Match names it. */
int entity_answer(struct request *request, const char *json, int64_t version,
                  struct response *response) MUST_CHECK;

/** As entity_answer, for a tag that is not a version (no quotes in it). */
int entity_answer_tagged(struct request *request, const char *json, const char *tag,
                         struct response *response) MUST_CHECK;

/** As entity_answer, for what has no version: the tag is a digest of `json`. */
int entity_answer_digested(struct request *request, const char *json,
                           struct response *response) MUST_CHECK;

/** Whether If-None-Match names this tag (given without its quotes). */
bool entity_is_known(const struct request *request, const char *tag);

/** Before a change: PRECONDITION_FAILED when If-Match is there and does not name the version. */
int entity_check_match(struct request *request, int64_t version) MUST_CHECK;

#endif
