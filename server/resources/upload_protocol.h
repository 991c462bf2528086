/** The headers of tus 1.0 (https://tus.io/protocols/resumable-upload). */
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

/** Refuses other versions of the protocol (412). */
int upload_protocol_check(struct request *request) MUST_CHECK;

/** A header that is a number of bytes; absent or none: INVALID_PARAMETER. */
int upload_protocol_bytes(struct request *request, const char *name, int64_t *ret) MUST_CHECK;

int upload_protocol_metadata(struct request *request, struct upload_metadata *ret) MUST_CHECK;

int upload_protocol_checksum(struct request *request, struct upload_checksum *ret) MUST_CHECK;

/** Adds Upload-Offset. */
void upload_protocol_add_offset(struct request *request, struct response *response, int64_t bytes);

/** Adds Upload-Expires. */
void upload_protocol_add_expiry(struct request *request, struct response *response,
                                int64_t expires_at_ms);

#endif
