/** One video from bytes to thumbnails, in this process. Outside of tests and fuzzing this runs only
 * in the video decoder's processes; the server uses media/decoder_pool.h. */
#ifndef FIELDPROOF_MEDIA_VIDEO_DECODE_H
#define FIELDPROOF_MEDIA_VIDEO_DECODE_H

#include "media/limits.h"
#include "media/photo.h"

/** As media_photo_decode(), for MP4 and QuickTime files. */
void media_video_decode(const uint8_t *bytes, size_t size, const struct media_limits *limits,
                        int small_fd, int medium_fd, struct media_photo *ret_photo);

/** The same for an open regular file, which is mapped, not copied. */
void media_video_decode_file(int video_fd, const struct media_limits *limits, int small_fd,
                             int medium_fd, struct media_photo *ret_photo);

#endif
