/**
 * Originals and thumbnails: files named by their SHA-256, a folder an organisation.
 *
 *     DIR/blobs/<organisation>/<first two digits>/<sha256>
 *     DIR/staging/<random>          bytes still on their way
 *
 * Put is durable when it returns: file fsynced, renamed, folder fsynced. A failed fsync is an
 * error, never retried into a success. A blob is never overwritten by other bytes: the same name
 * is the same bytes. One that the disk has damaged is replaced when the right bytes come again.
 */
#ifndef FIELDPROOF_BLOBS_BLOBS_H
#define FIELDPROOF_BLOBS_BLOBS_H

#include "server/base/macros.h"
#include "server/base/uuid.h"

#include <stdbool.h>
#include <stdint.h>

struct blobs;

#define BLOB_NAME_BYTES  65 /**< 64 digits and a NUL */
#define BLOBS_PATH_BYTES 4096

enum blobs_error {
    BLOBS_FAILED = -1, /**< input/output error */
    BLOBS_FULL = -2,   /**< no room: disk or quota */
    BLOBS_NOT_FOUND = -3,
    BLOBS_BUSY = -4, /**< another holds the lock */
};

/**
 * Opens the folder, makes what is missing, and removes what an earlier process left in staging,
 * unless another process has the folder open too.
 */
int blobs_open(const char *dir, struct blobs **ret) MUST_CHECK;
void blobs_close(struct blobs *blobs);

/** A new empty staging file, open for reading and writing; `ret_path` is where it is. */
int blobs_stage(struct blobs *blobs, int *ret_fd, char ret_path[BLOBS_PATH_BYTES]) MUST_CHECK;

/**
 * Makes the staged file durable under its name. On success the staging file is gone; on failure it
 * is left to the caller's clean-up. A blob that is there afterwards is whole, but after a failure
 * perhaps not durable: refer to it only after a success. (It is not taken back: another request may
 * have found it and refer to it by now; a sweep removes it if nobody does.)
 */
int blobs_put(struct blobs *blobs, const struct uuid *org_id, const uint8_t sha256[32],
              int staged_fd, const char *staged_path) MUST_CHECK;

/** Opens a blob for reading. BLOBS_NOT_FOUND when there is none. */
int blobs_get(struct blobs *blobs, const struct uuid *org_id, const uint8_t sha256[32], int *ret_fd,
              int64_t *ret_bytes) MUST_CHECK;

/**
 * Calls `visit` for every blob put longer ago than `age_s`; it answers true to have the blob
 * removed. Also removes staging files that old. Safe beside running servers as long as `age_s` is
 * longer than any request from put to commit, or upload from its first byte to its last: an hour
 * is.
 */
int blobs_sweep(struct blobs *blobs, int age_s,
                bool (*visit)(void *context, const struct uuid *org_id, const uint8_t sha256[32]),
                void *context, int64_t *ret_removed, int64_t *ret_removed_bytes) MUST_CHECK;

/** Whether a byte can be written and fsynced. For /readyz. */
int blobs_ping(struct blobs *blobs) MUST_CHECK;

#endif
