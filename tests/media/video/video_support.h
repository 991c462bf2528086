/** Videos for tests; make_videos.sh makes them. */
#ifndef FIELDPROOF_TESTS_MEDIA_VIDEO_SUPPORT_H
#define FIELDPROOF_TESTS_MEDIA_VIDEO_SUPPORT_H

#include "media_support.h"

/** The file of this name; support_free() ends it. */
struct bytes video_read(const char *name);

/** Decodes in this process with the default limits, thumbnails thrown away. */
struct media_photo video_decode(struct bytes bytes);

/** Reads and decodes. */
struct media_photo video_decode_named(const char *name);

/** The program of the video decoder's processes. */
const char *video_decoder_program(void);

#endif
