#include "server/blobs/blobs_internal.h"
#include "server/blobs/upload_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* 1 when it was removed, 0 when somebody holds its lock. */
static int remove_unlocked(int folder_fd, const char *name, int64_t *ret_bytes)
{
    struct stat found;
    int fd = openat(folder_fd, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? 0 : BLOBS_FAILED;
    int result = 0;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &found) == 0) {
        result = unlinkat(folder_fd, name, 0) == 0 ? 1 : BLOBS_FAILED;
        *ret_bytes = found.st_size;
    }
    close(fd);
    return result;
}

int upload_files_sweep(struct blobs *blobs, const struct uuid *org_id,
                       bool (*is_wanted)(void *context, const struct uuid *id), void *context,
                       int64_t *ret_removed, int64_t *ret_removed_bytes)
{
    char org_name[UUID_TEXT_BYTES];
    int64_t removed = 0, removed_bytes = 0, bytes = 0;
    uuid_format(org_id, org_name);
    int fd = openat(blobs->uploads_fd, org_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    int result = folder || errno == ENOENT ? 0 : BLOBS_FAILED;
    if (fd >= 0 && !folder)
        close(fd);
    const struct dirent *entry;
    while (folder && result >= 0 && (errno = 0, entry = readdir(folder))) {
        struct uuid id;
        if (uuid_parse(entry->d_name, &id) < 0 || is_wanted(context, &id))
            continue;
        result = remove_unlocked(dirfd(folder), entry->d_name, &bytes);
        removed += result > 0;
        removed_bytes += result > 0 ? bytes : 0;
    }
    if (folder)
        closedir(folder);
    *ret_removed = removed;
    *ret_removed_bytes = removed_bytes;
    return result < 0 ? result : 0;
}
