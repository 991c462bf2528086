/**
 * The headers of tus 1.0 (https://tus.io/protocols/resumable-upload), and of its successor at the
 * IETF, draft-ietf-httpbis-resumable-upload, which says Upload-Complete where tus counts bytes.
 */
#ifndef FIELDPROOF_RESOURCES_UPLOAD_PROTOCOL_H
#define FIELDPROOF_RESOURCES_UPLOAD_PROTOCOL_H

#include "server/http/request.h"
#include "server/http/response.h"

/** What Upload-Metadata says that matters here; other keys are only kept. */
struct upload_metadata {
    const char *text; /**< as sent */
    struct uuid photo_id;
    const char *sha256; /**< of the whole, 64 digits; NULL when it is not announced */
};

enum upload_checksum_algorithm {
    UPLOAD_CHECKSUM_NONE,
    UPLOAD_CHECKSUM_SHA1,
    UPLOAD_CHECKSUM_SHA256
};

struct upload_checksum {
    enum upload_checksum_algorithm algorithm;
    uint8_t digest[32]; /**< of SHA-1 the first 20 */
};

/** True when the request speaks the IETF's draft, in a version that means the same by it. */
bool upload_protocol_is_draft(const struct request *request);

/** Refuses other protocols and versions (412). */
int upload_protocol_check(struct request *request) MUST_CHECK;

/**
 * Reads Upload-Length, or of a draft's request that holds all there is (Upload-Complete: ?1) its
 * Content-Length.
 */
int upload_protocol_length(struct request *request, int64_t *ret) MUST_CHECK;

/** Refuses a draft's piece that claims to be the last one and does not reach the end. */
int upload_protocol_check_end(struct request *request, int64_t end, int64_t length) MUST_CHECK;

/** A header that is a number of bytes; absent or none: INVALID_PARAMETER. */
int upload_protocol_bytes(struct request *request, const char *name, int64_t *ret) MUST_CHECK;

int upload_protocol_metadata(struct request *request, struct upload_metadata *ret) MUST_CHECK;

int upload_protocol_checksum(struct request *request, struct upload_checksum *ret) MUST_CHECK;

/** Adds Upload-Offset and, in the draft's words, whether that is all. */
void upload_protocol_add_offset(struct request *request, struct response *response, int64_t bytes,
                                int64_t length);

/** Adds Upload-Expires. */
void upload_protocol_add_expiry(struct request *request, struct response *response,
                                int64_t expires_at_ms);

#endif
