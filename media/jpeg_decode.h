/** Decodes a JPEG once, at a reduced scale, into the medium thumbnail's planes. Private to media/.
 */
#ifndef FIELDPROOF_MEDIA_JPEG_DECODE_H
#define FIELDPROOF_MEDIA_JPEG_DECODE_H

#include "media/jpeg_survey.h"
#include "media/picture.h"

#include <stdint.h>

/** What a decode noted, whether it succeeded or not. */
struct media_decode_notes {
    uint32_t warning_count;
    char first_warning[MEDIA_WARNING_MAX];
};

/**
 * Decodes all of the picture; every coefficient is read even where the picture shrinks.
 *
 * Whether a complaint of libjpeg's refuses the photo depends on what it means. Refused: bad codes,
 * data or a restart interval that end early, left-over data that are not padding. Taken: bytes
 * between segments, odd scan parameters (some Samsung phones), unknown Adobe transforms, a missing
 * end-of-image marker behind a picture that is all there, and the like.
 *
 * @param bytes       the file; `survey` says where the picture ends
 * @param deadline_ms on CLOCK_MONOTONIC
 * @param ret_picture stored orientation, long side as the limits want it; set only with MEDIA_OK,
 *                    then the caller's
 */
struct media_refusal media_jpeg_decode(const uint8_t *bytes, const struct media_survey *survey,
                                       const struct media_limits *limits, int64_t deadline_ms,
                                       struct media_decode_notes *ret_notes,
                                       struct media_picture *ret_picture);

/** CLOCK_MONOTONIC in milliseconds. */
int64_t media_monotonic_ms(void);

#endif
