#include "server/base/hex.h"
#include "server/blobs/blobs_internal.h"
#include "server/blobs/durable.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct sweep {
    time_t older_than;
    bool (*visit)(void *context, const struct uuid *org_id, const uint8_t sha256[32]);
    void *context;
    struct uuid org_id;
    int64_t removed;
    int64_t removed_bytes;
};

typedef int entry_function(struct sweep *sweep, int folder_fd, const char *name);

/* Calls `function` for each name in the folder; takes the descriptor over. */
static int for_each(struct sweep *sweep, int folder_fd, entry_function *function)
{
    DIR *folder = fdopendir(folder_fd);
    if (!folder) {
        close(folder_fd);
        return BLOBS_FAILED;
    }
    int result = 0;
    const struct dirent *entry;
    while (result == 0 && (errno = 0, entry = readdir(folder)))
        if (entry->d_name[0] != '.')
            result = function(sweep, dirfd(folder), entry->d_name);
    if (result == 0 && errno != 0)
        result = BLOBS_FAILED;
    closedir(folder);
    return result;
}

static bool is_old(const struct sweep *sweep, int folder_fd, const char *name, int64_t *ret_bytes)
{
    struct stat found;
    if (fstatat(folder_fd, name, &found, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(found.st_mode) ||
        found.st_mtime > sweep->older_than)
        return false;
    *ret_bytes = found.st_size;
    return true;
}

static int remove_file(struct sweep *sweep, int folder_fd, const char *name, int64_t bytes)
{
    if (unlinkat(folder_fd, name, 0) < 0)
        return errno == ENOENT ? 0 : BLOBS_FAILED;
    sweep->removed++;
    sweep->removed_bytes += bytes;
    return 0;
}

/* A blob that was put again since it was asked about has a new time, and stays. */
static int remove_if_still_old(struct sweep *sweep, int folder_fd, const char *name)
{
    int64_t bytes;
    int result = 0;
    while (flock(folder_fd, LOCK_EX) < 0)
        if (errno != EINTR)
            return BLOBS_FAILED;
    if (is_old(sweep, folder_fd, name, &bytes))
        result = remove_file(sweep, folder_fd, name, bytes);
    flock(folder_fd, LOCK_UN);
    return result;
}

static int sweep_blob(struct sweep *sweep, int folder_fd, const char *name)
{
    uint8_t sha256[32];
    int64_t bytes;
    if (hex_decode(name, sha256, sizeof sha256) < 0 || !is_old(sweep, folder_fd, name, &bytes) ||
        !sweep->visit(sweep->context, &sweep->org_id, sha256))
        return 0;
    return remove_if_still_old(sweep, folder_fd, name);
}

static int open_below(int parent_fd, const char *name, int *ret_fd)
{
    int fd = openat(parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return BLOBS_FAILED;
    *ret_fd = fd;
    return 0;
}

static int sweep_folder(struct sweep *sweep, int parent_fd, const char *name)
{
    uint8_t byte;
    int fd;
    if (hex_decode(name, &byte, 1) < 0)
        return 0;
    int result = open_below(parent_fd, name, &fd);
    return result < 0 ? result : for_each(sweep, fd, sweep_blob);
}

static int sweep_organisation(struct sweep *sweep, int parent_fd, const char *name)
{
    int fd;
    if (uuid_parse(name, &sweep->org_id) < 0)
        return 0;
    int result = open_below(parent_fd, name, &fd);
    return result < 0 ? result : for_each(sweep, fd, sweep_folder);
}

static int sweep_staged(struct sweep *sweep, int folder_fd, const char *name)
{
    int64_t bytes;
    return is_old(sweep, folder_fd, name, &bytes) ? remove_file(sweep, folder_fd, name, bytes) : 0;
}

int blobs_sweep_staging(struct blobs *blobs, int age_s, int64_t *ret_removed,
                        int64_t *ret_removed_bytes)
{
    struct sweep sweep = {.older_than = time(NULL) - age_s};
    int fd;
    int result = open_below(blobs->root_fd, "staging", &fd);
    if (result == 0)
        result = for_each(&sweep, fd, sweep_staged);
    if (result < 0)
        return result;
    *ret_removed = sweep.removed;
    *ret_removed_bytes = sweep.removed_bytes;
    return 0;
}

int blobs_sweep(struct blobs *blobs, int age_s,
                bool (*visit)(void *context, const struct uuid *org_id, const uint8_t sha256[32]),
                void *context, int64_t *ret_removed, int64_t *ret_removed_bytes)
{
    struct sweep sweep = {.older_than = time(NULL) - age_s, .visit = visit, .context = context};
    int64_t staged, staged_bytes;
    int fd;
    int result = blobs_sweep_staging(blobs, age_s, &staged, &staged_bytes);
    if (result == 0)
        result = open_below(blobs->root_fd, "blobs", &fd);
    if (result == 0)
        result = for_each(&sweep, fd, sweep_organisation);
    if (result < 0)
        return result;
    *ret_removed = sweep.removed + staged;
    *ret_removed_bytes = sweep.removed_bytes + staged_bytes;
    return 0;
}
