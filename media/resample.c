#include "media/resample.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A target sample is the mean over the area it covers in the source, in parts of 1/256 each way.
 * Down the picture, whole rows are added up in 16 bits (256 * 255 fits), which compilers turn into
 * vector code; across, a finished row is weighed once. */
enum { ONE = 256 };

struct media_resampler {
    uint32_t source_width;
    uint32_t source_height;
    struct media_plane *target;
    uint32_t source_row; /**< next to come */
    uint32_t target_row; /**< being added up */
    bool row_begun;
    uint32_t tap_count;  /**< source samples that a target sample may touch */
    uint32_t *first_tap; /**< a target column: its first source column */
    uint16_t *weights;   /**< tap_count a target column; they add up to ONE */
    uint16_t *sums;      /**< source_width, and tap_count zeros */
};

/** ONE-scaled position inside a target sample of source boundary `source`, 0 to ONE. */
static uint32_t part_of(uint64_t source, uint64_t source_length, uint64_t target,
                        uint64_t target_length)
{
    uint64_t begin = target * source_length, end = begin + source_length;
    uint64_t at = source * target_length;
    if (at <= begin)
        return 0;
    if (at >= end)
        return ONE;
    return (uint32_t)(((at - begin) * ONE + source_length / 2) / source_length);
}

static uint32_t weight_of(uint64_t source, uint64_t source_length, uint64_t target,
                          uint64_t target_length)
{
    return part_of(source + 1, source_length, target, target_length) -
           part_of(source, source_length, target, target_length);
}

static void plan_columns(struct media_resampler *r)
{
    uint32_t target_width = r->target->width;
    for (uint32_t x = 0; x < target_width; x++) {
        uint32_t first = (uint32_t)((uint64_t)x * r->source_width / target_width);
        r->first_tap[x] = first;
        for (uint32_t k = 0; k < r->tap_count; k++)
            r->weights[x * r->tap_count + k] =
                (uint16_t)weight_of(first + k, r->source_width, x, target_width);
    }
}

int media_resampler_create(uint32_t source_width, uint32_t source_height,
                           struct media_plane *target, struct media_resampler **ret_resampler)
{
    struct media_resampler *r = calloc(1, sizeof(*r));
    if (r == NULL)
        return -ENOMEM;
    r->source_width = source_width;
    r->source_height = source_height;
    r->target = target;
    r->tap_count = (source_width + target->width - 1) / target->width + 1;
    r->first_tap = calloc(target->width, sizeof(*r->first_tap));
    r->weights = calloc((size_t)target->width * r->tap_count, sizeof(*r->weights));
    r->sums = calloc((size_t)source_width + r->tap_count, sizeof(*r->sums));
    if (r->first_tap == NULL || r->weights == NULL || r->sums == NULL) {
        media_resampler_free(r);
        return -ENOMEM;
    }
    plan_columns(r);
    *ret_resampler = r;
    return 0;
}

static void add_row(uint16_t *restrict sums, const uint8_t *restrict row, size_t width,
                    uint16_t weight, bool first)
{
    if (first)
        for (size_t x = 0; x < width; x++)
            sums[x] = (uint16_t)(weight * row[x]);
    else
        for (size_t x = 0; x < width; x++)
            sums[x] = (uint16_t)(sums[x] + weight * row[x]);
}

/** `taps` is a constant in each call below, so that the inner loop is unrolled. */
static inline void weigh_columns(const struct media_resampler *r, uint8_t *restrict out,
                                 const uint32_t taps)
{
    const uint16_t *restrict sums = r->sums;
    const uint16_t *restrict weights = r->weights;
    for (uint32_t x = 0; x < r->target->width; x++) {
        const uint16_t *source = sums + r->first_tap[x];
        uint32_t total = ONE * ONE / 2;
        for (uint32_t k = 0; k < taps; k++)
            total += (uint32_t)source[k] * weights[x * taps + k];
        out[x] = (uint8_t)(total / (ONE * ONE));
    }
}

static void finish_row(struct media_resampler *r)
{
    struct media_plane *target = r->target;
    uint8_t *out = target->samples + r->target_row * target->stride;
    switch (r->tap_count) {
    case 2:
        weigh_columns(r, out, 2);
        break;
    case 3:
        weigh_columns(r, out, 3);
        break;
    case 4:
        weigh_columns(r, out, 4);
        break;
    case 5:
        weigh_columns(r, out, 5);
        break;
    default:
        weigh_columns(r, out, r->tap_count);
        break;
    }
    r->target_row++;
    r->row_begun = false;
}

void media_resampler_feed(struct media_resampler *r, const uint8_t *row)
{
    struct media_plane *target = r->target;
    if (r->source_row >= r->source_height)
        return;
    if (r->source_width == target->width && r->source_height == target->height) {
        memcpy(target->samples + r->source_row++ * target->stride, row, r->source_width);
        return;
    }
    uint64_t end = (uint64_t)(r->source_row + 1) * target->height;
    while (r->target_row < target->height) {
        uint32_t weight = weight_of(r->source_row, r->source_height, r->target_row, target->height);
        if (weight > 0 || !r->row_begun)
            add_row(r->sums, row, r->source_width, (uint16_t)weight, !r->row_begun);
        r->row_begun = true;
        if ((uint64_t)(r->target_row + 1) * r->source_height > end)
            break;
        finish_row(r);
        if ((uint64_t)r->target_row * r->source_height >= end)
            break;
    }
    r->source_row++;
}

void media_resampler_free(struct media_resampler *r)
{
    if (r == NULL)
        return;
    free(r->first_tap);
    free(r->weights);
    free(r->sums);
    free(r);
}
