/** One photo from bytes to thumbnails, in this process. Outside of tests and fuzzing this runs only
 * in decoder processes; the server uses media/decoder_pool.h. */
#ifndef FIELDPROOF_MEDIA_DECODE_H
#define FIELDPROOF_MEDIA_DECODE_H

#include "media/limits.h"
#include "media/photo.h"

/**
 * Decodes a photo once, reads its EXIF and writes both thumbnails, upright.
 * @param small_fd, medium_fd regular files, written from their start; -1 skips writing
 * @param ret_photo always set; the thumbnails' SHA-256 stays zero
 */
void media_photo_decode(const uint8_t *bytes, size_t size, const struct media_limits *limits,
                        int small_fd, int medium_fd, struct media_photo *ret_photo);

/** media_photo_decode(), or what does the same for another kind of file. */
typedef void media_decode_bytes(const uint8_t *bytes, size_t size,
                                const struct media_limits *limits, int small_fd, int medium_fd,
                                struct media_photo *ret_photo);

/** Hands an open regular file to `decode`, mapped, not copied, when it is not longer than allowed.
 */
void media_decode_mapped(media_decode_bytes *decode, int photo_fd,
                         const struct media_limits *limits, int small_fd, int medium_fd,
                         struct media_photo *ret_photo);

/** A photo in an open regular file. */
void media_photo_decode_file(int photo_fd, const struct media_limits *limits, int small_fd,
                             int medium_fd, struct media_photo *ret_photo);

#endif
