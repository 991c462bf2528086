/** One decoder process as the pool sees it. Private to media/. */
#ifndef FIELDPROOF_MEDIA_DECODER_CHILD_H
#define FIELDPROOF_MEDIA_DECODER_CHILD_H

#include "media/decoder_protocol.h"

#include <sys/types.h>

struct decoder_child {
    pid_t pid;
    int pid_fd;
    int socket_fd;
};

/** The three descriptors of a job, by DECODER_PHOTO, DECODER_SMALL and DECODER_MEDIUM. */
struct decoder_files {
    int fds[DECODER_FD_COUNT];
};

/** How a job ended. */
enum decoder_outcome {
    DECODER_ANSWERED, /**< with a packet of the right form; its content is not checked */
    DECODER_HUNG,     /**< not by the deadline */
    DECODER_GONE,     /**< the socket broke */
    DECODER_NONSENSE  /**< with something else than an answer to this job */
};

/** How a process ended. */
struct decoder_end {
    int signal; /**< that killed it, or 0 when it exited by itself */
    bool by_us; /**< it had to be killed by decoder_child_end() */
};

/**
 * Starts a decoder with an empty environment, in a process group of its own (so that Ctrl-C does
 * not reach it while uploads are finished), and waits until it is locked in.
 *
 * To be called from a thread that lives as long as the decoder: the kernel ends a decoder with the
 * thread that started it.
 * @return 0 or a negative errno; -EPROTO when the program does not behave as a decoder.
 */
int decoder_child_start(const char *const *argv, const struct media_limits *limits,
                        struct decoder_child *ret_child) __attribute__((warn_unused_result));

/** Runs one job. *ret_photo is set only with DECODER_ANSWERED. */
enum decoder_outcome decoder_child_run(const struct decoder_child *child, uint64_t job_id,
                                       const struct decoder_files *files, uint32_t timeout_ms,
                                       struct media_photo *ret_photo);

/** True while the process runs. */
bool decoder_child_is_alive(const struct decoder_child *child);

/** Closes the socket, gives the process `patience_ms` to end, kills it then, and reaps it. */
struct decoder_end decoder_child_end(struct decoder_child *child, int patience_ms);

#endif
