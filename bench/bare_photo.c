#include "bare_photo.h"

#include "media/jpeg_encode.h"
#include "media/limits.h"
#include "media/picture.h"
#include "media/resample.h"
#include "template.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

enum { PLANES = 3, ROWS_MAX = 2 * DCTSIZE };

/** A decode under way: rows of samples, and where they are averaged into. */
struct rows {
    struct jpeg_decompress_struct info;
    struct media_picture picture;
    struct media_resampler *resamplers[PLANES];
    JSAMPLE *samples[PLANES];
    JSAMPROW pointers[PLANES][ROWS_MAX];
    int counts[PLANES];
};

static uint32_t longest_of(uint32_t width, uint32_t height)
{
    return width > height ? width : height;
}

/* The smallest of 1/8, 1/4, 1/2 and 1 that gives enough pixels: these have vector code. */
static unsigned scale_for(uint32_t longest, uint32_t wanted)
{
    unsigned divisor = 8;
    while (divisor > 1 && longest / divisor < wanted)
        divisor /= 2;
    return divisor;
}

static void create(uint32_t width, uint32_t height, uint32_t longest, struct media_picture *ret)
{
    uint32_t now = longest_of(width, height);
    if (now > longest) {
        width = width * longest / now;
        height = height * longest / now;
    }
    if (media_picture_create(width, height, PLANES, ret) < 0)
        template_die("picture");
}

static void prepare_plane(struct rows *rows, int i)
{
    const jpeg_component_info *component = &rows->info.comp_info[i];
    size_t stride = (size_t)component->width_in_blocks * (size_t)component->DCT_scaled_size;
    rows->counts[i] = component->v_samp_factor * component->DCT_scaled_size;
    rows->samples[i] = malloc(stride * (size_t)rows->counts[i]);
    if (!rows->samples[i] || rows->counts[i] > ROWS_MAX ||
        media_resampler_create(component->downsampled_width, component->downsampled_height,
                               &rows->picture.planes[i], &rows->resamplers[i]) < 0)
        template_die("plane");
    for (int y = 0; y < ROWS_MAX; y++)
        rows->pointers[i][y] = rows->samples[i] + stride * (size_t)(y % rows->counts[i]);
}

static void read_rows(struct rows *rows)
{
    JSAMPARRAY planes[PLANES] = {rows->pointers[0], rows->pointers[1], rows->pointers[2]};
    while (rows->info.output_scanline < rows->info.output_height) {
        (void)jpeg_read_raw_data(&rows->info, planes, (JDIMENSION)rows->counts[0]);
        for (int i = 0; i < PLANES; i++)
            for (int y = 0; y < rows->counts[i]; y++)
                media_resampler_feed(rows->resamplers[i], rows->pointers[i][y]);
    }
}

/* libjpeg's own error handler ends the program, which is right for this one. */
static void decode(const uint8_t *bytes, size_t length, struct media_picture *ret)
{
    struct rows rows = {.picture = {0}};
    struct jpeg_error_mgr errors;
    struct media_limits limits = media_limits_default();
    rows.info.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&rows.info);
    jpeg_mem_src(&rows.info, bytes, length);
    (void)jpeg_read_header(&rows.info, TRUE);
    rows.info.scale_denom =
        scale_for(longest_of(rows.info.image_width, rows.info.image_height), limits.medium_min_px);
    rows.info.out_color_space = rows.info.jpeg_color_space;
    rows.info.raw_data_out = TRUE;
    rows.info.do_fancy_upsampling = FALSE;
    (void)jpeg_start_decompress(&rows.info);
    create(rows.info.output_width, rows.info.output_height, limits.medium_max_px, &rows.picture);
    for (int i = 0; i < PLANES; i++)
        prepare_plane(&rows, i);
    read_rows(&rows);
    (void)jpeg_finish_decompress(&rows.info);
    jpeg_destroy_decompress(&rows.info);
    for (int i = 0; i < PLANES; i++) {
        media_resampler_free(rows.resamplers[i]);
        free(rows.samples[i]);
    }
    *ret = rows.picture;
}

static void shrink(const struct media_picture *from, uint32_t longest, struct media_picture *ret)
{
    create(from->width_px, from->height_px, longest, ret);
    for (int i = 0; i < PLANES; i++) {
        const struct media_plane *plane = &from->planes[i];
        struct media_resampler *resampler;
        if (media_resampler_create(plane->width, plane->height, &ret->planes[i], &resampler) < 0)
            template_die("plane");
        for (uint32_t y = 0; y < plane->height; y++)
            media_resampler_feed(resampler, plane->samples + y * plane->stride);
        media_resampler_free(resampler);
    }
}

void bare_photo_thumbnails(const uint8_t *bytes, size_t length, int small_fd, int medium_fd)
{
    struct media_limits limits = media_limits_default();
    struct media_picture medium, small;
    uint64_t byte_count;
    decode(bytes, length, &medium);
    shrink(&medium, limits.small_px, &small);
    if (media_jpeg_encode(&small, limits.thumbnail_quality, small_fd, &byte_count) < 0 ||
        media_jpeg_encode(&medium, limits.thumbnail_quality, medium_fd, &byte_count) < 0)
        template_die("encode");
    media_picture_destroy(&small);
    media_picture_destroy(&medium);
}
