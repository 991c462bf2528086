/**
 * A walk over a JPEG file's markers before anything is decoded. It costs a fraction of a
 * millisecond a megabyte, allocates nothing, and is where bombs end. Private to media/.
 */
#ifndef FIELDPROOF_MEDIA_JPEG_SURVEY_H
#define FIELDPROOF_MEDIA_JPEG_SURVEY_H

#include "media/limits.h"
#include "media/photo.h"

enum { MEDIA_EXIF_SEGMENTS_MAX = 4 };

/** A part of the file. */
struct media_span {
    size_t offset;
    size_t length;
};

struct media_survey {
    uint32_t width_px;
    uint32_t height_px;
    uint32_t component_count;
    bool progressive;
    uint32_t scan_count;
    /** Where the picture ends: behind the end-of-image marker, or the file's end without one. */
    size_t end;
    bool has_end_of_image;
    /** EXIF segments' contents in file order; there may be several, and the first may be empty. */
    size_t exif_count;
    struct media_span exif[MEDIA_EXIF_SEGMENTS_MAX];
};

/** A refusal with its numbers; status MEDIA_OK is none. */
struct media_refusal {
    enum media_status status;
    uint64_t limit;
    uint64_t actual;
};

/**
 * Walks the markers up to the end of the picture and checks pixels, components, coding, scans,
 * segments and the size of EXIF against the limits. What it found up to a refusal is in
 * *ret_survey, too.
 */
struct media_refusal media_jpeg_survey(const uint8_t *bytes, size_t size,
                                       const struct media_limits *limits,
                                       struct media_survey *ret_survey);

#endif
