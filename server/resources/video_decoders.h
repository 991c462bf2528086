/** The processes that decode videos: started with the first video, since most servers never see
 * one. */
#ifndef FIELDPROOF_RESOURCES_VIDEO_DECODERS_H
#define FIELDPROOF_RESOURCES_VIDEO_DECODERS_H

#include "media/limits.h"
#include "media/photo.h"
#include "server/base/macros.h"

struct video_decoders;

/**
 * Starts nothing yet.
 * @param wait_ms how long a video may wait for its turn
 * @return 0 or -1 without memory.
 */
int video_decoders_create(const struct media_limits *limits, uint32_t wait_ms,
                          struct video_decoders **ret) MUST_CHECK;

/** Ends the processes. NULL is fine. */
void video_decoders_free(struct video_decoders *decoders);

/**
 * As media_decoder_pool_decode().
 * @return also a negative errno when the processes cannot be started: -ENOENT when
 * fieldproof-video-decoder does not stand beside the server's program.
 */
int video_decoders_decode(struct video_decoders *decoders, int video_fd, int small_fd,
                          int medium_fd, struct media_photo *ret_video) MUST_CHECK;

#endif
