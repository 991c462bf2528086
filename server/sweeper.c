#include "server/sweeper.h"

#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/base/periodic.h"
#include "server/config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How often it is looked whether it is time; a process that swept may be gone. */
#define LOOK_S 60
/* After a sweep that failed. */
#define RETRY_S 3600
/* How soon a sweep ends when the server does. */
#define NOTICE_MS 200

extern char **environ;

struct sweeper {
    const struct config *config;
    struct periodic *periodic;
};

/* The file is as old as the last sweep, and whoever sweeps has it locked. Negative: not now. */
static int take_turn(const struct config *config)
{
    char path[PATH_MAX];
    struct stat file;
    int length = snprintf(path, sizeof path, "%s/last-sweep", config->data_dir);
    if (length < 0 || (size_t)length >= sizeof path)
        return -1;
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &file) == 0) {
        int64_t age_s = (int64_t)time(NULL) - (int64_t)file.st_mtime;
        if (age_s >= config->sweep_every_s || age_s < 0)
            return fd;
    }
    close(fd);
    return -1;
}

/* The next one is due so many seconds from now. */
static void give_back(const struct config *config, int fd, int64_t due_s)
{
    const struct timespec as_if = {.tv_sec = time(NULL) - config->sweep_every_s + due_s};
    const struct timespec times[2] = {as_if, as_if};
    if (futimens(fd, times) < 0)
        LOG(LOG_WARNING, "sweep_not_noted", LOG_NUMBER("errno", errno));
    close(fd);
}

/* What it says of itself is for people at a terminal; what goes wrong it says on standard error. */
static int spawn_sweep(const struct config *config, pid_t *ret)
{
    char *plain[] = {(char *)"fieldproof", (char *)"sweep", NULL};
    char *with_file[] = {(char *)"fieldproof", (char *)"sweep", (char *)"--config",
                         (char *)config->file, NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return -1;
    int error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (error == 0)
        error = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (error == 0)
        error = posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    if (error == 0)
        error = posix_spawn(ret, "/proc/self/exe", &actions, NULL, config->file ? with_file : plain,
                            environ);
    posix_spawn_file_actions_destroy(&actions);
    return error == 0 ? 0 : -1;
}

/* Its exit status; negative when it was killed, because the server ends or by somebody else. */
static int await(struct periodic *periodic, pid_t pid)
{
    int status = 0;
    struct pollfd ended = {.fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN};
    while (ended.fd >= 0 && poll(&ended, 1, NOTICE_MS) <= 0 && !periodic_is_stopping(periodic)) {
    }
    if (ended.fd >= 0)
        close(ended.fd);
    if (periodic_is_stopping(periodic))
        kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void look(struct periodic *periodic, void *context)
{
    const struct sweeper *sweeper = context;
    const struct config *config = sweeper->config;
    int64_t started_us = clock_monotonic_us();
    int64_t retry_s = config->sweep_every_s < RETRY_S ? config->sweep_every_s : RETRY_S;
    pid_t pid;
    int turn = take_turn(config);
    if (turn < 0)
        return;
    int status = spawn_sweep(config, &pid) < 0 ? -1 : await(periodic, pid);
    if (status == 0)
        LOG(LOG_INFO, "swept", LOG_NUMBER("ms", (clock_monotonic_us() - started_us) / 1000));
    else if (!periodic_is_stopping(periodic))
        LOG(LOG_WARNING, "sweep_failed", LOG_NUMBER("status", status),
            LOG_NUMBER("retry_s", retry_s));
    give_back(config, turn, status == 0 ? config->sweep_every_s : retry_s);
}

int sweeper_start(const struct config *config, struct sweeper **ret)
{
    *ret = NULL;
    if (config->sweep_every_s == 0)
        return 0;
    struct sweeper *sweeper = calloc(1, sizeof *sweeper);
    if (!sweeper)
        return -1;
    sweeper->config = config;
    int64_t pause_s = config->sweep_every_s < LOOK_S ? config->sweep_every_s : LOOK_S;
    if (periodic_start("sweep", pause_s, look, sweeper, &sweeper->periodic) < 0) {
        free(sweeper);
        return -1;
    }
    *ret = sweeper;
    return 0;
}

void sweeper_stop(struct sweeper *sweeper)
{
    if (!sweeper)
        return;
    periodic_stop(sweeper->periodic);
    free(sweeper);
}
