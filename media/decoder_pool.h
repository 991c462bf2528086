/**
 * A pool of decoder processes. It is also the limiter: photos wait their turn, first come first
 * served, so that memory and CPU stay flat however many are sent at once.
 *
 * Thread-safe. A decoder that crashes, hangs or answers nonsense is killed and replaced; this costs
 * its photo a clear status and nobody else anything. The process must neither ignore SIGCHLD nor
 * wait for children it did not start.
 */
#ifndef FIELDPROOF_MEDIA_DECODER_POOL_H
#define FIELDPROOF_MEDIA_DECODER_POOL_H

#include "media/limits.h"
#include "media/photo.h"

#include <stdint.h>

struct media_decoder_pool;

struct media_decoder_pool_config {
    /** Program and arguments, NULL-terminated, which must end in media_decoder_process_main() on
     * MEDIA_DECODER_SOCKET_FD: {"/proc/self/exe", "decoder", NULL}. Copied. It gets an empty
     * environment, so that no secret of the server's reaches it. */
    const char *const *argv;
    /** 0 means one a core. */
    uint32_t process_count;
    /** How long a photo may wait for its turn, ms; 0 means as long as it takes. */
    uint32_t max_wait_ms;
    struct media_limits limits;
};

struct media_decoder_pool_statistics {
    uint32_t process_count; /**< decoders wanted */
    uint32_t alive_count;   /**< decoders that are running */
    uint32_t busy_count;    /**< decoders at work */
    uint32_t queue_length;  /**< photos waiting for a decoder */
    uint64_t job_count;     /**< photos answered, whatever the answer */
    uint64_t refused_count; /**< of these, photos with a status other than MEDIA_OK */
    uint64_t death_count;   /**< decoders lost to a crash, a kill or nonsense */
    uint64_t timeout_count; /**< decoders killed because they passed the deadline */
    uint64_t wait_ms_total; /**< time photos spent waiting */
    uint64_t work_ms_total; /**< time photos spent in a decoder */
};

/**
 * Starts the decoders and waits until they are locked in. The caller frees *ret_pool.
 * @return 0, or a negative errno: -ENOENT when the program is not there, -EPROTO when it does not
 * become a decoder, -ENOMEM, -EINVAL.
 */
int media_decoder_pool_create(const struct media_decoder_pool_config *config,
                              struct media_decoder_pool **ret_pool)
    __attribute__((warn_unused_result));

/**
 * Decodes one photo; waits for its turn first. Blocks for at most max_wait_ms + deadline_ms, and
 * once more when the decoder is killed from outside.
 *
 * All three descriptors stay the caller's and must be regular files (or memfds): photo_fd readable,
 * the others readable, writable and empty; their offsets are ignored. The thumbnails are complete
 * only when the status is MEDIA_OK. Nothing is fsynced.
 *
 * @return 0 with the answer in *ret_photo, which may be a refusal; a negative errno when the
 * arguments make no sense, *ret_photo untouched. Needs about 16 KB of stack.
 */
int media_decoder_pool_decode(struct media_decoder_pool *pool, int photo_fd, int small_fd,
                              int medium_fd, struct media_photo *ret_photo)
    __attribute__((warn_unused_result));

/** A snapshot for metrics. */
void media_decoder_pool_statistics(struct media_decoder_pool *pool,
                                   struct media_decoder_pool_statistics *ret_statistics);

/** Photos that wait get MEDIA_POOL_STOPPED, photos at work are finished. Waits for them. */
void media_decoder_pool_stop(struct media_decoder_pool *pool);

/** Stops the pool, ends and reaps every decoder. NULL is fine. */
void media_decoder_pool_free(struct media_decoder_pool *pool);

#endif
