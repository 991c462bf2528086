/** Pictures in memory: one plane of samples a component. Private to media/. */
#ifndef FIELDPROOF_MEDIA_PICTURE_H
#define FIELDPROOF_MEDIA_PICTURE_H

#include <stddef.h>
#include <stdint.h>

/** Rows are `stride` bytes apart; the stride is a multiple of 16, as the encoder reads blocks. */
struct media_plane {
    uint32_t width;
    uint32_t height;
    size_t stride;
    uint8_t *samples;
};

/** Luminance alone, or luminance and two chroma planes of half the width and height (4:2:0). */
struct media_picture {
    uint32_t width_px;
    uint32_t height_px;
    uint32_t plane_count; /**< 1 or 3 */
    struct media_plane planes[3];
};

/** @return 0, or -ENOMEM with nothing allocated. */
int media_picture_create(uint32_t width_px, uint32_t height_px, uint32_t plane_count,
                         struct media_picture *ret_picture) __attribute__((warn_unused_result));

/** An all-zero picture is fine. */
void media_picture_destroy(struct media_picture *picture);

/**
 * A copy turned upright.
 * @param orientation EXIF orientation, 2 to 8; 1 would be a plain copy.
 * @return 0 or -ENOMEM.
 */
int media_picture_turn(const struct media_picture *picture, uint32_t orientation,
                       struct media_picture *ret_picture) __attribute__((warn_unused_result));

/** Mean luminance, 0 to 255. */
double media_picture_mean_luminance(const struct media_picture *picture);

/** Variance of the 4-neighbour Laplacian of the luminance; 0 for less than 3 by 3 pixels.
 * Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", ICPR 2000. */
double media_picture_sharpness(const struct media_picture *picture);

#endif
