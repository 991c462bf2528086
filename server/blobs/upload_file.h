/**
 * The bytes of unfinished uploads: DATA_DIR/uploads/ORGANISATION/UPLOAD.
 *
 * How far an upload is, is the length of its file, and nothing else says so. A file is made when it
 * is first opened; none is an upload of no bytes yet. One at a time may write: the lock is
 * flock()'s, so it also holds between processes and ends with the process. Who waits for it
 * "rings": it holds a byte-range lock far behind the last byte, which the holder can see.
 */
#ifndef FIELDPROOF_BLOBS_UPLOAD_FILE_H
#define FIELDPROOF_BLOBS_UPLOAD_FILE_H

#include "server/blobs/blobs.h"

#include <stddef.h>

/** An open file with its lock. `fd` is -1 when it is not open. */
struct upload_file {
    int fd;
    int folder_fd;
    char name[UUID_TEXT_BYTES];
    int64_t bytes; /**< its length; after open and sync these are on disk to stay */
};

/**
 * Opens the file, making it when there is none, takes its lock and makes what it holds durable.
 * While another holds the lock this rings, for at most `wait_ms`: then BLOBS_BUSY.
 */
int upload_file_open(struct blobs *blobs, const struct uuid *org_id, const struct uuid *id,
                     int wait_ms, struct upload_file *ret) MUST_CHECK;

/** Whether somebody waits for the lock. May be called by any thread while the file is open. */
bool upload_file_is_wanted(const struct upload_file *file);

/** Appends; after a failure `bytes` counts what could be written, which stays. */
int upload_file_append(struct upload_file *file, const void *bytes, size_t length) MUST_CHECK;

/** Makes it durable. When that fails nobody knows what is on disk: the file is removed. */
int upload_file_sync(struct upload_file *file) MUST_CHECK;

/** Lets the lock go; the file stays open for reading. */
void upload_file_unlock(struct upload_file *file);

/** Removes the name; an open file can still be read. */
void upload_file_remove(const struct upload_file *file);

/** Closes, which lets the lock go. Harmless when it is closed. */
void upload_file_close(struct upload_file *file);

/**
 * Gives a complete file a second name in the staging folder, from where blobs_put() takes it. The
 * file must not be written to any more.
 */
int upload_file_stage(struct blobs *blobs, const struct upload_file *file,
                      char ret_path[BLOBS_PATH_BYTES]) MUST_CHECK;

/**
 * Calls `is_wanted` for each file of the organisation and removes the files for which it answers
 * false, unless somebody holds their locks.
 */
int upload_files_sweep(struct blobs *blobs, const struct uuid *org_id,
                       bool (*is_wanted)(void *context, const struct uuid *id), void *context,
                       int64_t *ret_removed, int64_t *ret_removed_bytes) MUST_CHECK;

#endif
