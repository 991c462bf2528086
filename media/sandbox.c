#include "media/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <seccomp.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum {
    /* Beyond the photo, its decoder's memory and the thumbnails: heap that is not given back. */
    SPARE_MEMORY_BYTES = 24 * 1024 * 1024,
    THUMBNAIL_BYTES_MAX = 16 * 1024 * 1024,
    DESCRIPTORS_MAX = 16
};

bool media_sandbox_is_complete(void)
{
    return !SANITIZED;
}

static int limit(__rlimit_resource_t resource, rlim_t value)
{
    const struct rlimit both = {value, value};
    return setrlimit(resource, &both) < 0 ? -errno : 0;
}

/** Address space in use, which the libraries of the server's binary dominate. 0 when unknown. */
static rlim_t address_space_bytes(void)
{
    char line[128];
    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL)
        return 0;
    const char *read = fgets(line, sizeof(line), file);
    (void)fclose(file);
    return read != NULL ? strtoul(line, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE) : 0;
}

static int limit_memory(const struct media_limits *limits)
{
    if (SANITIZED)
        return 0;
    rlim_t used = address_space_bytes();
    if (used == 0)
        return -EIO;
    return limit(RLIMIT_AS,
                 used + limits->max_bytes + limits->max_memory_bytes + SPARE_MEMORY_BYTES);
}

static int limit_resources(const struct media_limits *limits)
{
    int result = limit_memory(limits);
    if (result == 0)
        result = limit(RLIMIT_NOFILE, DESCRIPTORS_MAX);
    if (result == 0)
        result = limit(RLIMIT_FSIZE, THUMBNAIL_BYTES_MAX);
    if (result == 0)
        result = limit(RLIMIT_CORE, 0);
    return result;
}

/** Calls a decode makes, whatever their arguments. Thumbnails need pwrite64 only; there is no one
 * to read what write() would say. */
static int allow_plain_calls(scmp_filter_ctx filter)
{
    static const int calls[] = {
        SCMP_SYS(brk),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(close),
        SCMP_SYS(exit),
        SCMP_SYS(exit_group),
        SCMP_SYS(fstat),
        SCMP_SYS(futex),
        SCMP_SYS(madvise),
        SCMP_SYS(mremap),
        SCMP_SYS(munmap),
        SCMP_SYS(pwrite64),
        SCMP_SYS(recvmsg),
        SCMP_SYS(restart_syscall),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(sendmsg),
    };
    int result = 0;
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]) && result == 0; i++)
        result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
    return result;
}

/** Calls that are harmless with the right arguments only. */
static int allow_checked_calls(scmp_filter_ctx filter)
{
    /* No path: fstat(fd) is newfstatat(fd, "", AT_EMPTY_PATH) in glibc. A path given along with
     * the flag would tell whether a file exists, and no more. */
    int result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1,
                                  SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH, 0));
    if (result == 0)
        result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                                  SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    if (result == 0)
        result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                                  SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    if (result == 0)
        result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2,
                                  SCMP_A0(SCMP_CMP_EQ, 0, 0), SCMP_A1(SCMP_CMP_EQ, RLIMIT_CPU, 0));
    return result;
}

static int filter_system_calls(void)
{
    if (SANITIZED)
        return 0;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == NULL)
        return -ENOMEM;
    int result = allow_plain_calls(filter);
    if (result == 0)
        result = allow_checked_calls(filter);
    if (result == 0)
        result = seccomp_load(filter);
    seccomp_release(filter);
    return result;
}

int media_sandbox_enter(const struct media_limits *limits)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return -errno;
    int result = limit_resources(limits);
    return result < 0 ? result : filter_system_calls();
}

int media_sandbox_allow_cpu(uint32_t budget_ms)
{
    struct timespec used;
    struct rlimit cpu = {0, RLIM_INFINITY};
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) < 0)
        return -errno;
    cpu.rlim_cur = (rlim_t)used.tv_sec + 1 + (budget_ms + 999) / 1000;
    return setrlimit(RLIMIT_CPU, &cpu) < 0 ? -errno : 0;
}
