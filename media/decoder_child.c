#include "media/decoder_child.h"

#include "media/decoder_process.h"
#include "media/jpeg_decode.h"
#include "media/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { START_TIMEOUT_MS = 10000 };

/** Waits until a descriptor has something to say. @return true when it has. */
static bool wait_readable(int fd, int64_t timeout_ms)
{
    int64_t until_ms = media_monotonic_ms() + timeout_ms;
    for (;;) {
        struct pollfd item = {.fd = fd, .events = POLLIN};
        int64_t left_ms = until_ms - media_monotonic_ms();
        int result = poll(&item, 1, left_ms > 0 ? (int)left_ms : 0);
        if (result > 0)
            return true;
        if (result == 0 || errno != EINTR)
            return false;
    }
}

/** One packet of exactly `size` bytes. @return 1, 0 when the socket ended, -1 on anything else. */
static int receive_packet(int socket_fd, void *packet, size_t size)
{
    struct iovec part = {packet, size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    ssize_t got = recvmsg(socket_fd, &message, MSG_DONTWAIT | MSG_TRUNC);
    if (got == 0 || (got < 0 && errno == ECONNRESET))
        return 0;
    return got == (ssize_t)size && message.msg_flags == 0 ? 1 : -1;
}

static int send_packet(int socket_fd, const void *packet, size_t size,
                       const struct decoder_files *files)
{
    union {
        char bytes[CMSG_SPACE(sizeof(files->fds))];
        struct cmsghdr align;
    } control = {{0}};
    struct iovec part = {(void *)packet, size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (files != NULL) {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof(control.bytes);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(files->fds));
        memcpy(CMSG_DATA(header), files->fds, sizeof(files->fds));
    }
    return sendmsg(socket_fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)size ? 0 : -errno;
}

/** Standard error is the server's log: decoders get none, but for what sanitizers report. */
static int set_up_descriptors(posix_spawn_file_actions_t *actions, int socket_fd)
{
    int result = posix_spawn_file_actions_adddup2(actions, socket_fd, MEDIA_DECODER_SOCKET_FD);
    if (result == 0)
        result = posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (result == 0 && media_sandbox_is_complete())
        result = posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    return result;
}

static int set_up_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    (void)sigemptyset(&none);
    (void)sigfillset(&all);
    int result = posix_spawnattr_setflags(
        attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    if (result == 0)
        result = posix_spawnattr_setsigmask(attributes, &none);
    if (result == 0)
        result = posix_spawnattr_setsigdefault(attributes, &all);
    if (result == 0)
        result = posix_spawnattr_setpgroup(attributes, 0);
    return result;
}

/** posix_spawn shares memory with the child until it executes: cheap however large the server is,
 * and safe with any number of threads. @return 0 or a positive errno. */
static int spawn(const char *const *argv, int socket_fd, pid_t *ret_pid)
{
    char *environment[1] = {NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int result = posix_spawn_file_actions_init(&actions);
    if (result != 0)
        return result;
    result = posix_spawnattr_init(&attributes);
    if (result != 0)
        goto destroy_actions;
    result = set_up_descriptors(&actions, socket_fd);
    if (result == 0)
        result = set_up_attributes(&attributes);
    if (result == 0)
        result =
            posix_spawn(ret_pid, argv[0], &actions, &attributes, (char *const *)argv, environment);
    (void)posix_spawnattr_destroy(&attributes);
destroy_actions:
    (void)posix_spawn_file_actions_destroy(&actions);
    return result;
}

static int greet(const struct decoder_child *child, const struct media_limits *limits)
{
    struct decoder_greeting greeting = {.magic = DECODER_MAGIC, .limits = *limits};
    int result = send_packet(child->socket_fd, &greeting, sizeof(greeting), NULL);
    if (result < 0)
        return result;
    if (!wait_readable(child->socket_fd, START_TIMEOUT_MS) ||
        receive_packet(child->socket_fd, &greeting, sizeof(greeting)) != 1 ||
        greeting.magic != DECODER_MAGIC)
        return -EPROTO;
    return 0;
}

int decoder_child_start(const char *const *argv, const struct media_limits *limits,
                        struct decoder_child *ret_child)
{
    struct decoder_child child = {.pid_fd = -1};
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0)
        return -errno;
    int result = -spawn(argv, sockets[1], &child.pid);
    (void)close(sockets[1]);
    child.socket_fd = sockets[0];
    if (result < 0) {
        (void)close(sockets[0]);
        return result;
    }
    child.pid_fd = pidfd_open(child.pid, 0);
    result = child.pid_fd < 0 ? -errno : greet(&child, limits);
    if (result < 0) {
        (void)decoder_child_end(&child, 0);
        return result;
    }
    *ret_child = child;
    return 0;
}

enum decoder_outcome decoder_child_run(const struct decoder_child *child, uint64_t job_id,
                                       const struct decoder_files *files, uint32_t timeout_ms,
                                       struct media_photo *ret_photo)
{
    const struct decoder_job job = {.magic = DECODER_MAGIC, .id = job_id};
    struct decoder_answer answer;
    if (send_packet(child->socket_fd, &job, sizeof(job), files) < 0)
        return DECODER_GONE;
    if (!wait_readable(child->socket_fd, timeout_ms))
        return DECODER_HUNG;
    int received = receive_packet(child->socket_fd, &answer, sizeof(answer));
    if (received == 0)
        return DECODER_GONE;
    if (received < 0 || answer.magic != DECODER_MAGIC || answer.id != job_id)
        return DECODER_NONSENSE;
    *ret_photo = answer.photo;
    return DECODER_ANSWERED;
}

bool decoder_child_is_alive(const struct decoder_child *child)
{
    return !wait_readable(child->pid_fd, 0);
}

struct decoder_end decoder_child_end(struct decoder_child *child, int patience_ms)
{
    struct decoder_end end = {0};
    siginfo_t info = {0};
    (void)close(child->socket_fd);
    if (child->pid_fd < 0 || !wait_readable(child->pid_fd, patience_ms)) {
        end.by_us = true;
        (void)kill(child->pid, SIGKILL);
    }
    while (waitid(P_PID, (id_t)child->pid, &info, WEXITED) < 0 && errno == EINTR)
        continue;
    if (child->pid_fd >= 0)
        (void)close(child->pid_fd);
    if (info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED)
        end.signal = info.si_status;
    *child = (struct decoder_child){.pid_fd = -1, .socket_fd = -1};
    return end;
}
