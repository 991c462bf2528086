/** The bytes of a request on their way into an upload's file. */
#ifndef FIELDPROOF_RESOURCES_UPLOAD_STREAM_H
#define FIELDPROOF_RESOURCES_UPLOAD_STREAM_H

#include "server/blobs/upload_file.h"
#include "server/http/request.h"
#include "server/resources/upload_protocol.h"
#include "server/store/upload.h"

#include <openssl/types.h>
#include <stdatomic.h>

struct upload_stream {
    struct request *request;
    struct upload upload;
    struct upload_file file;
    struct body_stream body;
    int64_t skip_bytes; /**< so many at the start of the body are in the file already */
    struct upload_checksum checksum;
    EVP_MD_CTX *digest;
    int staged_fd; /**< where a piece with a checksum waits until it is known to be right */
    atomic_bool is_wanted;
};

/**
 * Opens and locks the upload's file, and reads the row again: the photo may have been stored while
 * this waited. Then the file is closed and `upload.is_stored`, or not `upload.is_known`.
 */
int upload_stream_open(struct request *request, const struct upload *upload,
                       struct upload_stream **ret) MUST_CHECK;

/** Makes the request's body come into the file, from its byte number `body_offset` on. */
int upload_stream_receive(struct upload_stream *stream, int64_t body_offset) MUST_CHECK;

/**
 * The body came, or as much of it as will: checks its checksum and makes the file durable. After it
 * `file.bytes` may be told, and the lock is gone.
 */
int upload_stream_close(struct upload_stream *stream) MUST_CHECK;

#endif
