#include "server/blobs/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COMPARE_BYTES ((size_t)8 * 1024)

int durable_error(void)
{
    switch (errno) {
    case ENOSPC:
    case EDQUOT:
        return BLOBS_FULL;
    case ENOENT:
        return BLOBS_NOT_FOUND;
    default:
        return BLOBS_FAILED;
    }
}

int durable_sync(int fd)
{
    return fsync(fd) == 0 ? 0 : durable_error();
}

int durable_open_folder(int parent_fd, const char *name, bool sync_parent, int *ret_fd)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat(parent_fd, name, flags);
    if (fd < 0 && errno == ENOENT) {
        if (mkdirat(parent_fd, name, 0700) < 0 && errno != EEXIST)
            return durable_error();
        fd = openat(parent_fd, name, flags);
        sync_parent = true;
    }
    if (fd < 0)
        return durable_error();
    int result = sync_parent ? durable_sync(parent_fd) : 0;
    if (result < 0) {
        close(fd);
        return result;
    }
    *ret_fd = fd;
    return 0;
}

static bool has_same_bytes(int a, int b)
{
    char bytes_a[COMPARE_BYTES], bytes_b[COMPARE_BYTES];
    off_t offset = 0;
    for (;;) {
        ssize_t length_a = pread(a, bytes_a, sizeof bytes_a, offset);
        ssize_t length_b = pread(b, bytes_b, sizeof bytes_b, offset);
        if (length_a < 0 || length_a != length_b)
            return false;
        if (length_a == 0)
            return true;
        if (memcmp(bytes_a, bytes_b, (size_t)length_a) != 0)
            return false;
        offset += length_a;
    }
}

/* Its time of change is set to now, so that a sweep leaves it alone until it is referred to. */
static int keep_existing(int fd, int folder_fd, const char *name)
{
    struct stat found;
    int existing = openat(folder_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (existing < 0)
        return durable_error();
    int result = BLOBS_FAILED;
    if (fstat(existing, &found) < 0 || !S_ISREG(found.st_mode))
        result = BLOBS_FAILED;
    else if (!has_same_bytes(fd, existing))
        result = DURABLE_TAKEN;
    else if (futimens(existing, NULL) == 0)
        result = durable_sync(existing);
    close(existing);
    return result;
}

int durable_link(int fd, const char *path, int folder_fd, const char *name)
{
    /* The last byte of an upload may be days old: a sweep must not take its blob for a leftover
     * before the row that refers to it is committed. */
    if (futimens(fd, NULL) < 0)
        return durable_error();
    int result = durable_sync(fd);
    if (result < 0)
        return result;
    if (linkat(AT_FDCWD, path, folder_fd, name, 0) < 0) {
        if (errno != EEXIST)
            return durable_error();
        result = keep_existing(fd, folder_fd, name);
    }
    return result != 0 ? result : durable_sync(folder_fd);
}
