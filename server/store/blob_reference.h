/** Which blobs the rows of an organisation refer to. Queries: blob_reference.sql. */
#ifndef FIELDPROOF_STORE_BLOB_REFERENCE_H
#define FIELDPROOF_STORE_BLOB_REFERENCE_H

#include "server/store/db.h"

#include <stddef.h>

/** Sorted digests; the caller frees them with blob_references_free(). */
struct blob_references {
    bool organisation_is_known; /**< false: this is not the database that the blobs belong to */
    uint8_t (*digests)[32];
    size_t count;
    size_t capacity;
};

/** Reads every reference of one organisation, page by page. Negative: `ret` holds nothing. */
int blob_references_load(struct db_pool *pool, const struct uuid *org_id,
                         struct blob_references *ret) MUST_CHECK;

/** Whether any row of the organisation names the blob. */
bool blob_references_have(const struct blob_references *references, const uint8_t sha256[32]);

void blob_references_free(struct blob_references *references);

#endif
