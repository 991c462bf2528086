/** Answering with a blob: ETag, immutable caching, one byte range. */
#ifndef FIELDPROOF_RESOURCES_STORED_FILE_H
#define FIELDPROOF_RESOURCES_STORED_FILE_H

#include "server/http/route.h"

/** Opens the blob of the actor's organisation named by 64 digits. One that is missing is logged. */
int stored_file_open(struct request *request, const char *sha256, int *ret_fd,
                     int64_t *ret_bytes) MUST_CHECK;

/**
 * The blob of the actor's organisation named by 64 digits. Honours If-None-Match (304), Range and
 * If-Range (206, 416). A blob that its row promises and the store does not have is logged and is an
 * INTERNAL problem.
 */
int stored_file_answer(struct request *request, const char *sha256, const char *content_type,
                       struct response *response) MUST_CHECK;

/**
 * As stored_file_answer, for a file that is open already and not kept: nothing is said of caching.
 *
 * @param fd belongs to this call.
 */
int stored_file_answer_open(struct request *request, int fd, const char *sha256,
                            const char *content_type, struct response *response) MUST_CHECK;

#endif
