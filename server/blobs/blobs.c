#include "server/base/hex.h"
#include "server/base/log.h"
#include "server/blobs/blobs_internal.h"
#include "server/blobs/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Only the process that finds itself alone may take staging files for leftovers. */
static int lock(struct blobs *blobs)
{
    int64_t removed, removed_bytes;
    blobs->lock_fd =
        openat(blobs->root_fd, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (blobs->lock_fd < 0)
        return durable_error();
    if (flock(blobs->lock_fd, LOCK_EX | LOCK_NB) == 0) {
        int result = blobs_sweep_staging(blobs, 0, &removed, &removed_bytes);
        if (result < 0)
            return result;
        if (removed > 0)
            LOG(LOG_INFO, "staging_cleared", LOG_NUMBER("files", removed),
                LOG_NUMBER("bytes", removed_bytes));
    }
    return flock(blobs->lock_fd, LOCK_SH) == 0 ? 0 : durable_error();
}

/* The folder's own name in its parent. Where we may not read, somebody else has made it. */
static int sync_own_name(int root_fd)
{
    int parent_fd = openat(root_fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent_fd < 0)
        return errno == EACCES ? 0 : durable_error();
    int result = durable_sync(parent_fd);
    close(parent_fd);
    return result;
}

static int open_all(struct blobs *blobs, const char *dir)
{
    if (mkdir(dir, 0700) < 0 && errno != EEXIST)
        return durable_error();
    blobs->dir = realpath(dir, NULL);
    if (!blobs->dir)
        return durable_error();
    blobs->root_fd = open(blobs->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (blobs->root_fd < 0)
        return durable_error();
    int result = sync_own_name(blobs->root_fd);
    if (result == 0)
        result = durable_open_folder(blobs->root_fd, "blobs", true, &blobs->blobs_fd);
    if (result == 0)
        result = durable_open_folder(blobs->root_fd, "staging", true, &blobs->staging_fd);
    if (result == 0)
        result = durable_open_folder(blobs->root_fd, "uploads", true, &blobs->uploads_fd);
    return result < 0 ? result : lock(blobs);
}

int blobs_open(const char *dir, struct blobs **ret)
{
    struct blobs *blobs = calloc(1, sizeof *blobs);
    if (!blobs)
        return BLOBS_FAILED;
    blobs->root_fd = blobs->blobs_fd = blobs->staging_fd = blobs->uploads_fd = blobs->lock_fd = -1;
    pthread_mutex_init(&blobs->mutex, NULL);
    int result = open_all(blobs, dir);
    if (result < 0) {
        blobs_close(blobs);
        return result;
    }
    *ret = blobs;
    return 0;
}

static void close_if_open(int fd)
{
    if (fd >= 0)
        close(fd);
}

void blobs_close(struct blobs *blobs)
{
    if (!blobs)
        return;
    close_if_open(blobs->lock_fd);
    close_if_open(blobs->uploads_fd);
    close_if_open(blobs->staging_fd);
    close_if_open(blobs->blobs_fd);
    close_if_open(blobs->root_fd);
    pthread_mutex_destroy(&blobs->mutex);
    free(blobs->dir);
    free(blobs);
}

int blobs_stage(struct blobs *blobs, int *ret_fd, char ret_path[BLOBS_PATH_BYTES])
{
    struct uuid random;
    char name[UUID_TEXT_BYTES], path[BLOBS_PATH_BYTES];
    if (uuid_random(&random) < 0)
        return BLOBS_FAILED;
    uuid_format(&random, name);
    int length = snprintf(path, sizeof path, "%s/staging/%s", blobs->dir, name);
    if (length < 0 || (size_t)length >= sizeof path)
        return BLOBS_FAILED;
    int fd =
        openat(blobs->staging_fd, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == ENOENT ? BLOBS_FAILED : durable_error();
    memcpy(ret_path, path, (size_t)length + 1);
    *ret_fd = fd;
    return 0;
}

int blobs_get(struct blobs *blobs, const struct uuid *org_id, const uint8_t sha256[32], int *ret_fd,
              int64_t *ret_bytes)
{
    char org_name[UUID_TEXT_BYTES], name[BLOB_NAME_BYTES];
    char path[UUID_TEXT_BYTES + BLOB_NAME_BYTES + 8];
    struct stat found;
    uuid_format(org_id, org_name);
    hex_encode(sha256, 32, name);
    snprintf(path, sizeof path, "%s/%.2s/%s", org_name, name, name);
    int fd = openat(blobs->blobs_fd, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return durable_error();
    if (fstat(fd, &found) < 0 || !S_ISREG(found.st_mode)) {
        close(fd);
        return BLOBS_FAILED;
    }
    *ret_fd = fd;
    *ret_bytes = found.st_size;
    return 0;
}

int blobs_ping(struct blobs *blobs)
{
    char path[BLOBS_PATH_BYTES];
    int fd = -1;
    int result = blobs_stage(blobs, &fd, path);
    if (result < 0)
        return result;
    result = write(fd, "x", 1) == 1 ? durable_sync(fd) : durable_error();
    close(fd);
    unlink(path);
    return result;
}
