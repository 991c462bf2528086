#include "media/decoder_process.h"

#include "media/decode.h"
#include "media/decoder_loop.h"
#include "media/decoder_protocol.h"
#include "media/sandbox.h"

#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MMAP_THRESHOLD_BYTES = 256 * 1024 };

/** A job and the descriptors that came with it. */
struct delivery {
    struct decoder_job job;
    int fds[DECODER_FD_COUNT];
};

static int send_packet(int socket_fd, const void *packet, size_t size)
{
    struct iovec part = {.iov_base = (void *)packet, .iov_len = size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    ssize_t sent = 0;
    do
        sent = sendmsg(socket_fd, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)size ? 0 : -1;
}

/** Takes up to DECODER_FD_COUNT descriptors out of a message. @return how many. */
static int take_descriptors(struct msghdr *message, int *fds)
{
    struct cmsghdr *control = CMSG_FIRSTHDR(message);
    if (control == NULL || control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS)
        return 0;
    int count = (int)((control->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    memcpy(fds, CMSG_DATA(control), (size_t)count * sizeof(int));
    return count;
}

/** @return 1 with a job, 0 at the end of the socket, -1 on nonsense. */
static int receive_job(int socket_fd, struct delivery *ret_delivery)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int) * DECODER_FD_COUNT)];
        struct cmsghdr align;
    } control;
    struct iovec part = {&ret_delivery->job, sizeof(ret_delivery->job)};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof(control.bytes)};
    ssize_t got = 0;
    do
        got = recvmsg(socket_fd, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got == 0)
        return 0;
    bool whole = got == (ssize_t)sizeof(ret_delivery->job) &&
                 ret_delivery->job.magic == DECODER_MAGIC &&
                 take_descriptors(&message, ret_delivery->fds) == DECODER_FD_COUNT;
    return whole ? 1 : -1;
}

static int greet(int socket_fd, struct decoder_greeting *ret_greeting)
{
    struct iovec part = {ret_greeting, sizeof(*ret_greeting)};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (recvmsg(socket_fd, &message, 0) != (ssize_t)sizeof(*ret_greeting) ||
        ret_greeting->magic != DECODER_MAGIC || media_sandbox_enter(&ret_greeting->limits) < 0)
        return -1;
    return send_packet(socket_fd, ret_greeting, sizeof(*ret_greeting));
}

static int do_job(int socket_fd, const struct delivery *delivery, const struct media_limits *limits,
                  decoder_decode *decode)
{
    struct decoder_answer answer = {.magic = DECODER_MAGIC, .id = delivery->job.id};
    if (media_sandbox_allow_cpu(limits->deadline_ms) < 0)
        return -1;
    decode(delivery->fds[DECODER_PHOTO], limits, delivery->fds[DECODER_SMALL],
           delivery->fds[DECODER_MEDIUM], &answer.photo);
    for (int i = 0; i < DECODER_FD_COUNT; i++)
        (void)close(delivery->fds[i]);
    return send_packet(socket_fd, &answer, sizeof(answer));
}

int decoder_loop_run(int socket_fd, decoder_decode *decode)
{
    struct decoder_greeting greeting;
    struct delivery delivery;
    int received = 0;
    if (socket_fd < 3)
        (void)close_range(3, ~0U, 0);
    /* Large blocks come from and go back to the system; a fixed threshold stays so. */
    (void)mallopt(M_MMAP_THRESHOLD, MMAP_THRESHOLD_BYTES);
    (void)mallopt(M_TRIM_THRESHOLD, MMAP_THRESHOLD_BYTES);
    if (greet(socket_fd, &greeting) < 0)
        return EXIT_FAILURE;
    while ((received = receive_job(socket_fd, &delivery)) > 0)
        if (do_job(socket_fd, &delivery, &greeting.limits, decode) < 0)
            return EXIT_FAILURE;
    return received == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int media_decoder_process_main(int socket_fd)
{
    return decoder_loop_run(socket_fd, media_photo_decode_file);
}
