/* Calls on files and folders, in place of the C library's. */
#include "fault_rule.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

/* `call` answers what is known of the call, or NULL when nobody counts it. */
#define COUNTED(call, expression)                                                                  \
    do {                                                                                           \
        struct fault_call *counted_call = (call);                                                  \
        if (!counted_call)                                                                         \
            return (expression);                                                                   \
        if (fault_begin(counted_call) == FAULT_FAIL)                                               \
            return -1;                                                                             \
        return (__typeof__(expression))fault_end(counted_call, (long)(expression));                \
    } while (0)

static struct fault_call *on_fd(struct fault_call *call, enum fault_class class, int fd)
{
    *call = (struct fault_call){.class = class};
    return fault_name_of_fd(fd, call->name) ? call : NULL;
}

static struct fault_call *at(struct fault_call *call, enum fault_class class, int fd,
                             const char *path)
{
    *call = (struct fault_call){.class = class};
    return fault_name_at(fd, path, call->name) ? call : NULL;
}

static struct fault_call *at_two(struct fault_call *call, enum fault_class class, int old_fd,
                                 const char *old_path, int fd, const char *path)
{
    return at(call, class, fd, path) && fault_name_at(old_fd, old_path, call->from) ? call : NULL;
}

static mode_t mode_of(int flags, va_list arguments)
{
    return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, mode_t) : 0;
}

static int open_at(int folder_fd, const char *path, int flags, mode_t mode)
{
    struct fault_call call;
    struct fault_call *counted = flags & O_CREAT ? at(&call, FAULT_CREATE, folder_fd, path) : NULL;
    COUNTED(counted, REAL(openat)(folder_fd, path, flags, mode));
}

int openat(int folder_fd, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_at(folder_fd, path, flags, mode);
}

int openat64(int folder_fd, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_at(folder_fd, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_at(AT_FDCWD, path, flags, mode);
}

/* Half of a write that is to be short, else all of it. */
static size_t portion(enum fault_action action, size_t length)
{
    return action == FAULT_SHORT && length > 1 ? length / 2 : length;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    struct fault_call call;
    if (!on_fd(&call, FAULT_WRITE, fd))
        return REAL(write)(fd, bytes, length);
    enum fault_action action = fault_begin(&call);
    if (action == FAULT_FAIL)
        return -1;
    return fault_end(&call, REAL(write)(fd, bytes, portion(action, length)));
}

/* Decoders write thumbnails so, and nothing else. */
static struct fault_call *on_written(struct fault_call *call, int fd)
{
    if (!fault_is_decoder())
        return on_fd(call, FAULT_WRITE, fd);
    *call = (struct fault_call){.class = FAULT_DECODER_WRITE};
    return fault_is_active() ? call : NULL;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
    struct fault_call call;
    if (!on_written(&call, fd))
        return REAL(pwrite)(fd, bytes, length, offset);
    enum fault_action action = fault_begin(&call);
    if (action == FAULT_FAIL)
        return -1;
    return fault_end(&call, REAL(pwrite)(fd, bytes, portion(action, length), offset));
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset)
{
    return pwrite(fd, bytes, length, offset);
}

ssize_t sendfile(int fd, int from_fd, off_t *offset, size_t length)
{
    struct fault_call call;
    COUNTED(on_fd(&call, FAULT_WRITE, fd), REAL(sendfile)(fd, from_fd, offset, length));
}

ssize_t copy_file_range(int from_fd, off64_t *from_offset, int fd, off64_t *offset, size_t length,
                        unsigned flags)
{
    struct fault_call call;
    COUNTED(on_fd(&call, FAULT_WRITE, fd),
            REAL(copy_file_range)(from_fd, from_offset, fd, offset, length, flags));
}

int ftruncate(int fd, off_t length)
{
    struct fault_call call;
    COUNTED(on_fd(&call, FAULT_TRUNCATE, fd), REAL(ftruncate)(fd, length));
}

int ftruncate64(int fd, off64_t length)
{
    return ftruncate(fd, length);
}

static enum fault_class sync_class(int fd)
{
    struct stat found;
    return fstat(fd, &found) == 0 && S_ISDIR(found.st_mode) ? FAULT_SYNC_FOLDER : FAULT_SYNC_FILE;
}

int fsync(int fd)
{
    struct fault_call call;
    COUNTED(on_fd(&call, sync_class(fd), fd), REAL(fsync)(fd));
}

int fdatasync(int fd)
{
    struct fault_call call;
    COUNTED(on_fd(&call, sync_class(fd), fd), REAL(fdatasync)(fd));
}

int linkat(int old_fd, const char *old_path, int fd, const char *path, int flags)
{
    struct fault_call call;
    COUNTED(at_two(&call, FAULT_LINK, old_fd, old_path, fd, path),
            REAL(linkat)(old_fd, old_path, fd, path, flags));
}

int link(const char *old_path, const char *path)
{
    return linkat(AT_FDCWD, old_path, AT_FDCWD, path, 0);
}

int renameat2(int old_fd, const char *old_path, int fd, const char *path, unsigned flags)
{
    struct fault_call call;
    COUNTED(at_two(&call, FAULT_RENAME, old_fd, old_path, fd, path),
            REAL(renameat2)(old_fd, old_path, fd, path, flags));
}

int renameat(int old_fd, const char *old_path, int fd, const char *path)
{
    return renameat2(old_fd, old_path, fd, path, 0);
}

int rename(const char *old_path, const char *path)
{
    return renameat2(AT_FDCWD, old_path, AT_FDCWD, path, 0);
}

int unlinkat(int fd, const char *path, int flags)
{
    struct fault_call call;
    COUNTED(at(&call, FAULT_UNLINK, fd, path), REAL(unlinkat)(fd, path, flags));
}

int unlink(const char *path)
{
    return unlinkat(AT_FDCWD, path, 0);
}

int mkdirat(int fd, const char *path, mode_t mode)
{
    struct fault_call call;
    COUNTED(at(&call, FAULT_MKDIR, fd, path), REAL(mkdirat)(fd, path, mode));
}

int mkdir(const char *path, mode_t mode)
{
    return mkdirat(AT_FDCWD, path, mode);
}

int futimens(int fd, const struct timespec times[2])
{
    struct fault_call call;
    COUNTED(on_fd(&call, FAULT_TOUCH, fd), REAL(futimens)(fd, times));
}

int flock(int fd, int operation)
{
    struct fault_call call;
    COUNTED(on_fd(&call, FAULT_LOCK, fd), REAL(flock)(fd, operation));
}
