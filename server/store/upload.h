/** Uploads that can be resumed, as rows. Their bytes are elsewhere. Queries: upload.sql. */
#ifndef FIELDPROOF_STORE_UPLOAD_H
#define FIELDPROOF_STORE_UPLOAD_H

#include "server/store/db.h"

struct upload {
    bool is_known;
    bool is_stored; /**< its photo is stored; there are no bytes of it any more */
    bool is_video;  /**< announced as one */
    struct uuid org_id;
    struct uuid user_id;
    struct uuid id;
    struct uuid photo_id;
    int64_t length_bytes;
    const char *sha256;   /**< of the whole, 64 digits, or NULL */
    const char *metadata; /**< as it was sent */
    int64_t expires_at_ms;
};

/** Reads a living upload of this user; `is_known` is false when there is none. */
int upload_find(struct db *db, struct arena *arena, const struct uuid *org_id,
                const struct uuid *user_id, const struct uuid *id, struct upload *ret) MUST_CHECK;

/** Reads the upload of `wanted`'s photo, living or not. */
int upload_find_of_photo(struct db *db, struct arena *arena, const struct upload *wanted,
                         struct upload *ret) MUST_CHECK;

/** A photo as its upload needs to know it. */
struct upload_photo {
    bool is_known;
    bool is_stored;
    bool is_video;               /**< announced as one */
    const char *sha256;          /**< of a stored one, 64 digits */
    const char *declared_sha256; /**< 64 digits, or NULL */
    int64_t bytes;               /**< of a stored one */
};

/** Reads a photo of this user and locks its row. */
int upload_photo(struct db *db, struct arena *arena, const struct uuid *org_id,
                 const struct uuid *user_id, const struct uuid *photo_id,
                 struct upload_photo *ret) MUST_CHECK;

/**
 * Makes the upload of a photo (`wanted` says everything but the time), or finds the one of the same
 * length and digest that is there: it then lives anew. Within the photo's lock.
 */
int upload_make(struct db *db, struct arena *arena, const struct upload *wanted, int64_t life_s,
                struct upload *ret) MUST_CHECK;

int upload_mark_stored(struct db *db, struct arena *arena, const struct upload *upload) MUST_CHECK;
int upload_remove(struct db *db, struct arena *arena, const struct upload *upload) MUST_CHECK;

/** Removes the rows of an organisation whose time is over. */
int upload_remove_expired(struct db_pool *pool, const struct uuid *org_id,
                          int64_t *ret_removed) MUST_CHECK;

/** Whether an upload's file is still needed. Negative: the database does not say. */
int upload_is_awaited(struct db_pool *pool, const struct uuid *org_id, const struct uuid *id,
                      bool *ret_is_awaited) MUST_CHECK;

#endif
