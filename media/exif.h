/** Reads what we keep of an EXIF block. Private to media/; runs only in decoder processes. */
#ifndef FIELDPROOF_MEDIA_EXIF_H
#define FIELDPROOF_MEDIA_EXIF_H

#include "media/photo.h"

/**
 * Reads one EXIF block, "Exif\0\0" included, as it stands in the APP1 segment.
 *
 * `segment` is written to: the tags of maker notes are blanked, so that libexif does not parse
 * them (CVE-2020-13112, CVE-2020-13114 and others were there, and we need nothing of them).
 * Whatever cannot be read is left absent; *ret_exif is always set.
 *
 * @return true when anything could be read.
 */
bool media_exif_read(uint8_t *segment, size_t segment_size, struct media_exif *ret_exif);

/** What a photo without EXIF has: orientation 1 and nothing else. */
struct media_exif media_exif_absent(void);

#endif
