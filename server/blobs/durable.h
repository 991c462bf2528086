/** Files and folders that are still there after a power cut. */
#ifndef FIELDPROOF_BLOBS_DURABLE_H
#define FIELDPROOF_BLOBS_DURABLE_H

#include "server/blobs/blobs.h"

/** What the present errno means to a caller of the blob store. */
int durable_error(void);

/** fsync, once. A failure is final: the kernel may have dropped the pages that were not written. */
int durable_sync(int fd) MUST_CHECK;

/**
 * Opens the folder `name` below `parent_fd`, making it when it is not there. `sync_parent`: makes
 * its name durable, also when somebody else has just made it.
 */
int durable_open_folder(int parent_fd, const char *name, bool sync_parent, int *ret_fd) MUST_CHECK;

/** The name is taken by a file with other bytes. */
#define DURABLE_TAKEN 1

/**
 * Gives the file open at `fd`, now called `path`, the further name `name` in the folder, and makes
 * both durable; its time of change is now. Nothing is ever replaced: a name that is taken must hold
 * the very same bytes, and is made durable again, because whoever made it may not have lived to do
 * so; else DURABLE_TAKEN.
 */
int durable_link(int fd, const char *path, int folder_fd, const char *name) MUST_CHECK;

#endif
