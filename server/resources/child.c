#include "server/resources/child.h"

#include "server/app.h"
#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/base/turns.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define AT_ONCE      2 /* each takes a core and some tens of megabytes */
#define TURN_WAIT_MS 20000

int child_turns_create(struct turns **ret)
{
    return turns_create(AT_ONCE, ret);
}

int child_files_add(struct child_files *files, int fd)
{
    files->fds[files->count] = fd;
    return CHILD_FIRST_FILE_FD + (int)files->count++;
}

void child_files_close(struct child_files *files)
{
    while (files->count > 0)
        close(files->fds[--files->count]);
}

static int write_input(const char *text)
{
    size_t length = strlen(text);
    int fd = memfd_create("job", MFD_CLOEXEC);
    size_t done = 0;
    while (fd >= 0 && done < length) {
        ssize_t written = write(fd, text + done, length - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            close(fd);
            return -1;
        }
        done += (size_t)written;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

/*
 * Target numbers may be source numbers of later files, so every file first moves out of the way:
 * in the child, after the fork, by two rounds of dup2.
 */
static int add_files(posix_spawn_file_actions_t *actions, const struct child_files *files)
{
    int far = CHILD_FIRST_FILE_FD + CHILD_FILES_MAX;
    for (size_t i = 0; i < files->count; i++)
        if (files->fds[i] >= far)
            far = files->fds[i] + 1;
    for (size_t i = 0; i < files->count; i++)
        if (posix_spawn_file_actions_adddup2(actions, files->fds[i], far + (int)i) != 0)
            return -1;
    for (size_t i = 0; i < files->count; i++)
        if (posix_spawn_file_actions_adddup2(actions, far + (int)i, CHILD_FIRST_FILE_FD + (int)i) !=
            0)
            return -1;
    return posix_spawn_file_actions_addclosefrom_np(actions,
                                                    CHILD_FIRST_FILE_FD + (int)files->count);
}

static int spawn(const char *subcommand, int input_fd, const struct child_files *files,
                 int output_fd, pid_t *ret)
{
    char *arguments[] = {(char *)"fieldproof", (char *)subcommand, NULL};
    char *environment[] = {NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return -1;
    int error = posix_spawn_file_actions_adddup2(&actions, input_fd, STDIN_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(&actions, output_fd, STDOUT_FILENO);
    if (error == 0)
        error = add_files(&actions, files);
    if (error == 0)
        error = posix_spawn(ret, "/proc/self/exe", &actions, NULL, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    return error == 0 ? 0 : -1;
}

/* Waits for the child; kills it at the deadline. Answers its exit status, or -1 when it was killed.
 */
static int await(pid_t pid, int deadline_ms)
{
    int status = 0;
    int watch = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd ended = {.fd = watch, .events = POLLIN};
    int64_t until_us = clock_monotonic_us() + (int64_t)deadline_ms * 1000;
    int ready = 0;
    while (watch >= 0 && ready == 0 && clock_monotonic_us() < until_us) {
        ready = poll(&ended, 1, (int)((until_us - clock_monotonic_us()) / 1000) + 1);
        if (ready < 0 && errno == EINTR)
            ready = 0;
    }
    if (ready <= 0)
        kill(pid, SIGKILL);
    if (watch >= 0)
        close(watch);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int run(struct request *request, const char *subcommand, const char *input,
               const struct child_files *files, int output_fd, int deadline_ms)
{
    pid_t pid;
    int input_fd = write_input(input);
    if (input_fd < 0)
        return -1;
    int result = spawn(subcommand, input_fd, files, output_fd, &pid);
    close(input_fd);
    if (result == 0)
        result = await(pid, deadline_ms);
    if (result != 0)
        LOG(LOG_ERROR, "child_failed", LOG_TEXT("request_id", request->id),
            LOG_TEXT("subcommand", subcommand), LOG_NUMBER("status", result));
    return result;
}

int child_run(struct request *request, const char *subcommand, const char *input,
              const struct child_files *files, int output_fd, int deadline_ms)
{
    struct turns *turns = request->app->child_turns;
    if (!turns_take(turns, TURN_WAIT_MS))
        return CHILD_BUSY;
    int result = run(request, subcommand, input, files, output_fd, deadline_ms);
    turns_give_back(turns);
    return result;
}
