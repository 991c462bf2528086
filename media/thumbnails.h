/** The two small copies of a picture, and how it looks. Private to media/. */
#ifndef FIELDPROOF_MEDIA_THUMBNAILS_H
#define FIELDPROOF_MEDIA_THUMBNAILS_H

#include "media/limits.h"
#include "media/photo.h"
#include "media/picture.h"

/**
 * Turns the medium picture upright by `photo->exif.orientation`, writes it and a smaller copy, and
 * states their sizes and looks in `photo`. Takes the medium picture over, also on failure.
 * @param small_fd, medium_fd regular files; negative: not wanted
 * @return 0, -ENOMEM, or a negative errno of writing.
 */
int media_thumbnails_make(struct media_picture *medium, const struct media_limits *limits,
                          int small_fd, int medium_fd, struct media_photo *photo)
    __attribute__((warn_unused_result));

#endif
