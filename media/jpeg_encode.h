/** Writes a thumbnail. Private to media/. */
#ifndef FIELDPROOF_MEDIA_JPEG_ENCODE_H
#define FIELDPROOF_MEDIA_JPEG_ENCODE_H

#include "media/picture.h"

/**
 * Writes a baseline JPEG without metadata to the start of `fd`, a regular file.
 * @param quality libjpeg's, 1 to 100
 * @return 0, or a negative errno: -ENOSPC, -EFBIG, -ENOMEM, …
 */
int media_jpeg_encode(const struct media_picture *picture, uint32_t quality, int fd,
                      uint64_t *ret_byte_count) __attribute__((warn_unused_result));

#endif
