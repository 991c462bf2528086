#include "server/blobs/upload_file.h"

#include "server/base/clock.h"
#include "server/blobs/blobs_internal.h"
#include "server/blobs/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BELL    ((off_t)1 << 62) /* the byte that those lock who wait; no file is so long */
#define POLL_NS (20L * 1000 * 1000)

static struct flock bell(short type)
{
    return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = BELL, .l_len = 1};
}

static void ring(int fd, short type)
{
    struct flock lock = bell(type);
    (void)fcntl(fd, F_OFD_SETLK, &lock); /* unheard, the wait lasts longer: no more than that */
}

static int lock(int fd, int64_t deadline_us)
{
    const struct timespec pause = {.tv_nsec = POLL_NS};
    while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return BLOBS_FAILED;
        if (clock_monotonic_us() >= deadline_us)
            return BLOBS_BUSY;
        ring(fd, F_RDLCK);
        nanosleep(&pause, NULL);
    }
    ring(fd, F_UNLCK);
    return 0;
}

/* Who held the lock before may have removed the name: then this is no longer the upload's file. */
static bool has_its_name(const struct upload_file *file, int64_t *ret_bytes)
{
    struct stat open_one, named;
    if (fstat(file->fd, &open_one) < 0 ||
        fstatat(file->folder_fd, file->name, &named, AT_SYMLINK_NOFOLLOW) < 0 ||
        open_one.st_ino != named.st_ino || open_one.st_dev != named.st_dev)
        return false;
    *ret_bytes = open_one.st_size;
    return true;
}

static int open_locked(struct upload_file *file, int64_t deadline_us)
{
    const int flags = O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    for (;;) {
        file->fd = openat(file->folder_fd, file->name, flags, 0600);
        if (file->fd < 0)
            return durable_error();
        int result = lock(file->fd, deadline_us);
        if (result < 0)
            return result;
        if (has_its_name(file, &file->bytes))
            return 0;
        close(file->fd);
        file->fd = -1;
    }
}

/* The names are made durable before the first byte is: a file that has bytes has durable names. */
static int sync_opened(struct blobs *blobs, struct upload_file *file)
{
    if (file->bytes > 0)
        return upload_file_sync(file);
    int result = durable_sync(file->folder_fd);
    return result < 0 ? result : durable_sync(blobs->uploads_fd);
}

int upload_file_open(struct blobs *blobs, const struct uuid *org_id, const struct uuid *id,
                     int wait_ms, struct upload_file *ret)
{
    char org_name[UUID_TEXT_BYTES];
    struct upload_file file = {.fd = -1, .folder_fd = -1};
    uuid_format(org_id, org_name);
    uuid_format(id, file.name);
    int result = durable_open_folder(blobs->uploads_fd, org_name, false, &file.folder_fd);
    if (result == 0)
        result = open_locked(&file, clock_monotonic_us() + (int64_t)wait_ms * 1000);
    if (result == 0)
        result = sync_opened(blobs, &file);
    if (result < 0) {
        upload_file_close(&file);
        return result == BLOBS_NOT_FOUND ? BLOBS_FAILED : result;
    }
    *ret = file;
    return 0;
}

bool upload_file_is_wanted(const struct upload_file *file)
{
    struct flock lock = bell(F_WRLCK);
    return fcntl(file->fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

int upload_file_append(struct upload_file *file, const void *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t count = write(file->fd, (const char *)bytes + done, length - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return durable_error();
        done += (size_t)count;
        file->bytes += count;
    }
    return 0;
}

int upload_file_sync(struct upload_file *file)
{
    int result = durable_sync(file->fd);
    if (result < 0)
        upload_file_remove(file);
    return result;
}

void upload_file_unlock(struct upload_file *file)
{
    flock(file->fd, LOCK_UN);
}

void upload_file_remove(const struct upload_file *file)
{
    unlinkat(file->folder_fd, file->name, 0); /* what stays behind is swept */
}

void upload_file_close(struct upload_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    if (file->folder_fd >= 0)
        close(file->folder_fd);
    file->fd = file->folder_fd = -1;
}

int upload_file_stage(struct blobs *blobs, const struct upload_file *file,
                      char ret_path[BLOBS_PATH_BYTES])
{
    struct uuid random;
    char name[UUID_TEXT_BYTES];
    if (uuid_random(&random) < 0)
        return BLOBS_FAILED;
    uuid_format(&random, name);
    int length = snprintf(ret_path, BLOBS_PATH_BYTES, "%s/staging/%s", blobs->dir, name);
    if (length < 0 || length >= BLOBS_PATH_BYTES)
        return BLOBS_FAILED;
    if (futimens(file->fd, NULL) < 0) /* old files in staging are swept */
        return durable_error();
    return linkat(file->folder_fd, file->name, blobs->staging_fd, name, 0) == 0 ? 0
                                                                                : durable_error();
}
