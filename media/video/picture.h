/** One picture out of a video, by libavformat and libavcodec. Private to media/. */
#ifndef FIELDPROOF_MEDIA_VIDEO_PICTURE_H
#define FIELDPROOF_MEDIA_VIDEO_PICTURE_H

#include "media/limits.h"
#include "media/photo.h"
#include "media/picture.h"

/**
 * Decodes the last key picture before `at_ms`, scaled to at most `limits->medium_max_px`, not yet
 * upright.
 *
 * @param deadline_ms on the monotonic clock
 * @param photo learns the size, the orientation (in `exif`), and of a refusal its numbers
 * @param ret_picture media_picture_destroy() is the caller's, when MEDIA_OK
 * @return MEDIA_OK, MEDIA_VIDEO_WITHOUT_PICTURES, MEDIA_VIDEO_UNSUPPORTED_CODING, MEDIA_DAMAGED,
 * MEDIA_TOO_MANY_PIXELS, MEDIA_TOO_MUCH_MEMORY or MEDIA_TIMED_OUT.
 */
enum media_status media_video_picture(const uint8_t *bytes, size_t size,
                                      const struct media_limits *limits, int64_t deadline_ms,
                                      uint64_t at_ms, struct media_photo *photo,
                                      struct media_picture *ret_picture)
    __attribute__((warn_unused_result));

#endif
