#include "media/thumbnails.h"

#include "media/jpeg_encode.h"
#include "media/resample.h"

#include <errno.h>

/** A smaller copy whose long side is at most `long_side_px`. */
static int shrink(const struct media_picture *picture, uint32_t long_side_px,
                  struct media_picture *ret_small)
{
    uint64_t width = picture->width_px, height = picture->height_px;
    uint64_t longest = width > height ? width : height;
    struct media_picture small = {0};
    if (longest > long_side_px) {
        width = (width * long_side_px + longest / 2) / longest;
        height = (height * long_side_px + longest / 2) / longest;
    }
    int result =
        media_picture_create(width > 0 ? (uint32_t)width : 1, height > 0 ? (uint32_t)height : 1,
                             picture->plane_count, &small);
    for (uint32_t i = 0; i < picture->plane_count && result == 0; i++) {
        const struct media_plane *plane = &picture->planes[i];
        struct media_resampler *resampler = NULL;
        result = media_resampler_create(plane->width, plane->height, &small.planes[i], &resampler);
        for (uint32_t y = 0; y < plane->height && result == 0; y++)
            media_resampler_feed(resampler, plane->samples + y * plane->stride);
        media_resampler_free(resampler);
    }
    if (result < 0) {
        media_picture_destroy(&small);
        return result;
    }
    *ret_small = small;
    return 0;
}

static int turn_upright(struct media_picture *picture, uint32_t orientation)
{
    struct media_picture turned = {0};
    if (orientation == 1)
        return 0;
    int result = media_picture_turn(picture, orientation, &turned);
    if (result < 0)
        return result;
    media_picture_destroy(picture);
    *picture = turned;
    return 0;
}

static int write_thumbnail(const struct media_picture *picture, uint32_t quality, int fd,
                           struct media_thumbnail *ret_thumbnail)
{
    uint64_t byte_count = 0;
    int result = fd < 0 ? 0 : media_jpeg_encode(picture, quality, fd, &byte_count);
    if (result < 0)
        return result;
    ret_thumbnail->width_px = picture->width_px;
    ret_thumbnail->height_px = picture->height_px;
    ret_thumbnail->byte_count = byte_count;
    return 0;
}

int media_thumbnails_make(struct media_picture *medium, const struct media_limits *limits,
                          int small_fd, int medium_fd, struct media_photo *photo)
{
    struct media_picture small = {0};
    int result = turn_upright(medium, photo->exif.orientation);
    if (result == 0)
        result = shrink(medium, limits->small_px, &small);
    if (result == 0) {
        photo->mean_luminance = media_picture_mean_luminance(&small);
        photo->sharpness = media_picture_sharpness(&small);
        result = write_thumbnail(&small, limits->thumbnail_quality, small_fd, &photo->small);
    }
    if (result == 0)
        result = write_thumbnail(medium, limits->thumbnail_quality, medium_fd, &photo->medium);
    media_picture_destroy(&small);
    media_picture_destroy(medium);
    return result;
}
