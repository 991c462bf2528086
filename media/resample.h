/** Resizes a plane by averaging areas, fed row by row. Private to media/. */
#ifndef FIELDPROOF_MEDIA_RESAMPLE_H
#define FIELDPROOF_MEDIA_RESAMPLE_H

#include "media/picture.h"

struct media_resampler;

/**
 * @param target where rows go; stays the caller's and must outlive the resampler.
 * @return 0 or -ENOMEM.
 */
int media_resampler_create(uint32_t source_width, uint32_t source_height,
                           struct media_plane *target, struct media_resampler **ret_resampler)
    __attribute__((warn_unused_result));

/** Takes the next source row, `source_width` samples. Rows past the last are ignored; with the
 * last, the target is complete. */
void media_resampler_feed(struct media_resampler *resampler, const uint8_t *row);

/** NULL is fine. */
void media_resampler_free(struct media_resampler *resampler);

#endif
