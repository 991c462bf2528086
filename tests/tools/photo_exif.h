/** Writes EXIF blocks from scratch, without libexif: what reads them is tested against this. */
#ifndef FIELDPROOF_TESTS_TOOLS_PHOTO_EXIF_H
#define FIELDPROOF_TESTS_TOOLS_PHOTO_EXIF_H

#include "photo_maker.h"

/** One APP1 payload, "Exif\0\0" included. @return its length, or 0 when it does not fit. */
size_t photo_exif_write(const struct photo_exif_options *options, uint8_t *bytes, size_t size);

#endif
