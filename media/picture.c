#include "media/picture.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 16, TILE = 32 };

static int plane_create(uint32_t width, uint32_t height, struct media_plane *ret_plane)
{
    size_t stride = ((size_t)width + BLOCK - 1) / BLOCK * BLOCK;
    uint8_t *samples = calloc(height, stride);
    if (samples == NULL)
        return -ENOMEM;
    *ret_plane = (struct media_plane){width, height, stride, samples};
    return 0;
}

int media_picture_create(uint32_t width_px, uint32_t height_px, uint32_t plane_count,
                         struct media_picture *ret_picture)
{
    struct media_picture picture = {width_px, height_px, plane_count, {{0}}};
    for (uint32_t i = 0; i < plane_count; i++) {
        uint32_t divisor = i == 0 ? 1 : 2;
        if (plane_create((width_px + divisor - 1) / divisor, (height_px + divisor - 1) / divisor,
                         &picture.planes[i]) < 0) {
            media_picture_destroy(&picture);
            return -ENOMEM;
        }
    }
    *ret_picture = picture;
    return 0;
}

void media_picture_destroy(struct media_picture *picture)
{
    for (uint32_t i = 0; i < 3; i++)
        free(picture->planes[i].samples);
    *picture = (struct media_picture){0};
}

/** Where to start in the stored plane and how to step for one pixel right and one down. */
struct steps {
    ptrdiff_t start, right, down;
};

static struct steps steps_for(const struct media_plane *from, uint32_t orientation)
{
    ptrdiff_t stride = (ptrdiff_t)from->stride;
    ptrdiff_t last_column = (ptrdiff_t)from->width - 1;
    ptrdiff_t last_row = ((ptrdiff_t)from->height - 1) * stride;
    switch (orientation) {
    case 2:
        return (struct steps){last_column, -1, stride};
    case 3:
        return (struct steps){last_row + last_column, -1, -stride};
    case 4:
        return (struct steps){last_row, 1, -stride};
    case 5:
        return (struct steps){0, stride, 1};
    case 6:
        return (struct steps){last_row, -stride, 1};
    case 7:
        return (struct steps){last_row + last_column, -stride, -1};
    case 8:
        return (struct steps){last_column, stride, -1};
    default:
        return (struct steps){0, 1, stride};
    }
}

/** Tile by tile, so that columns read as rows stay in the cache. */
static void plane_turn(const struct media_plane *from, uint32_t orientation, struct media_plane *to)
{
    struct steps steps = steps_for(from, orientation);
    for (uint32_t top = 0; top < to->height; top += TILE)
        for (uint32_t left = 0; left < to->width; left += TILE) {
            uint32_t bottom = top + TILE < to->height ? top + TILE : to->height;
            uint32_t right = left + TILE < to->width ? left + TILE : to->width;
            for (uint32_t y = top; y < bottom; y++) {
                const uint8_t *source = from->samples + steps.start + (ptrdiff_t)y * steps.down;
                uint8_t *target = to->samples + y * to->stride;
                for (uint32_t x = left; x < right; x++)
                    target[x] = source[(ptrdiff_t)x * steps.right];
            }
        }
}

int media_picture_turn(const struct media_picture *picture, uint32_t orientation,
                       struct media_picture *ret_picture)
{
    bool sideways = orientation >= 5;
    struct media_picture turned = {0};
    int result = media_picture_create(sideways ? picture->height_px : picture->width_px,
                                      sideways ? picture->width_px : picture->height_px,
                                      picture->plane_count, &turned);
    if (result < 0)
        return result;
    for (uint32_t i = 0; i < picture->plane_count; i++)
        plane_turn(&picture->planes[i], orientation, &turned.planes[i]);
    *ret_picture = turned;
    return 0;
}

double media_picture_mean_luminance(const struct media_picture *picture)
{
    const struct media_plane *plane = &picture->planes[0];
    uint64_t sum = 0;
    for (uint32_t y = 0; y < plane->height; y++)
        for (uint32_t x = 0; x < plane->width; x++)
            sum += plane->samples[y * plane->stride + x];
    return (double)sum / ((double)plane->width * plane->height);
}

double media_picture_sharpness(const struct media_picture *picture)
{
    const struct media_plane *plane = &picture->planes[0];
    int64_t sum = 0, squares = 0;
    if (plane->width < 3 || plane->height < 3)
        return 0;
    for (uint32_t y = 1; y + 1 < plane->height; y++) {
        const uint8_t *row = plane->samples + y * plane->stride;
        const uint8_t *above = row - plane->stride, *below = row + plane->stride;
        for (uint32_t x = 1; x + 1 < plane->width; x++) {
            int laplacian = row[x - 1] + row[x + 1] + above[x] + below[x] - 4 * row[x];
            sum += laplacian;
            squares += (int64_t)laplacian * laplacian;
        }
    }
    double count = (double)(plane->width - 2) * (plane->height - 2);
    double mean = (double)sum / count;
    return (double)squares / count - mean * mean;
}
