#include "photo_maker.h"

#include "photo_exif.h"
#include "photo_scene.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

enum { SEGMENT_MAX = 65533, SIDE_MAX = 20000 };

struct encoder_error {
    struct jpeg_error_mgr base;
    jmp_buf escape;
};

static void encoder_fail(j_common_ptr info)
{
    longjmp(((struct encoder_error *)info->err)->escape, 1);
}

struct photo_options photo_options_default(void)
{
    return (struct photo_options){
        .width_px = 4000,
        .height_px = 3000,
        .quality = 92,
        .seed = 1,
        .subsampling = "420",
        .exif = {.orientation = 1, .make = "Fieldproof", .model = "Test Phone 1"},
    };
}

/** Where the stored pixel (x, y) stands in the upright picture. */
static size_t upright_index(const struct photo_options *o, int x, int y)
{
    int w = o->width_px, h = o->height_px, ux = x, uy = y;
    switch (o->exif.orientation) {
    case 2:
        ux = w - 1 - x;
        break;
    case 3:
        ux = w - 1 - x;
        uy = h - 1 - y;
        break;
    case 4:
        uy = h - 1 - y;
        break;
    case 5:
        ux = y;
        uy = x;
        break;
    case 6:
        ux = w - 1 - y;
        uy = x;
        break;
    case 7:
        ux = w - 1 - y;
        uy = h - 1 - x;
        break;
    case 8:
        ux = y;
        uy = h - 1 - x;
        break;
    default:
        break;
    }
    return (size_t)uy * (size_t)w + (size_t)ux;
}

static void set_sampling(struct jpeg_compress_struct *info, const char *subsampling)
{
    int across = 1, down = 1;
    if (strcmp(subsampling, "420") == 0)
        across = down = 2;
    else if (strcmp(subsampling, "422") == 0)
        across = 2;
    else if (strcmp(subsampling, "440") == 0)
        down = 2;
    else if (strcmp(subsampling, "411") == 0)
        across = 4;
    info->comp_info[0].h_samp_factor = across;
    info->comp_info[0].v_samp_factor = down;
}

static void set_parameters(struct jpeg_compress_struct *info, const struct photo_options *o)
{
    bool swapped = o->exif.orientation >= 5 && o->exif.orientation <= 8;
    info->image_width = (JDIMENSION)(swapped ? o->height_px : o->width_px);
    info->image_height = (JDIMENSION)(swapped ? o->width_px : o->height_px);
    info->input_components = o->grey ? 1 : o->cmyk ? 4 : 3;
    info->in_color_space = o->grey ? JCS_GRAYSCALE : o->cmyk ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(info);
    if (o->rgb)
        jpeg_set_colorspace(info, JCS_RGB);
    jpeg_set_quality(info, o->quality, TRUE);
    if (!o->grey && !o->cmyk && !o->rgb)
        set_sampling(info, o->subsampling);
    info->restart_in_rows = o->restart_rows;
    info->arith_code = o->arithmetic;
    if (o->progressive || o->scan_count > 0)
        jpeg_simple_progression(info);
}

static int write_exif(struct jpeg_compress_struct *info, const struct photo_exif_options *exif)
{
    uint8_t *segment = calloc(1, SEGMENT_MAX);
    if (segment == NULL)
        return -1;
    size_t length = photo_exif_write(exif, segment, SEGMENT_MAX);
    size_t wanted = exif->filler_bytes > length ? exif->filler_bytes : length;
    while (wanted > 0) {
        size_t part = wanted > SEGMENT_MAX ? SEGMENT_MAX : wanted;
        jpeg_write_marker(info, JPEG_APP0 + 1, segment, (unsigned)part);
        wanted -= part;
        memset(segment + 6, 0, SEGMENT_MAX - 6);
    }
    free(segment);
    return 0;
}

static void write_rows(struct jpeg_compress_struct *info, const struct photo_options *o,
                       const uint8_t *rgb, uint8_t *row)
{
    while (info->next_scanline < info->image_height) {
        for (JDIMENSION x = 0; x < info->image_width; x++) {
            const uint8_t *pixel = rgb + upright_index(o, (int)x, (int)info->next_scanline) * 3;
            if (o->grey)
                row[x] = (uint8_t)((pixel[0] * 77 + pixel[1] * 150 + pixel[2] * 29) >> 8);
            else
                memcpy(row + (size_t)x * (size_t)info->input_components, pixel, 3);
        }
        (void)jpeg_write_scanlines(info, &row, 1);
    }
}

static int encode(const struct photo_options *o, const uint8_t *rgb, uint8_t **ret_bytes,
                  size_t *ret_size)
{
    struct jpeg_compress_struct info = {0};
    struct encoder_error error;
    unsigned char *volatile bytes = NULL;
    unsigned char *out = NULL;
    unsigned long size = 0;
    volatile int result = -1;
    uint8_t *row = calloc((size_t)(o->width_px + o->height_px), 4);
    if (row == NULL)
        return -1;
    info.err = jpeg_std_error(&error.base);
    error.base.error_exit = encoder_fail;
    if (setjmp(error.escape) != 0)
        goto cleanup;
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &out, &size);
    set_parameters(&info, o);
    jpeg_start_compress(&info, TRUE);
    if (!o->exif.absent && write_exif(&info, &o->exif) < 0)
        goto cleanup;
    write_rows(&info, o, rgb, row);
    jpeg_finish_compress(&info);
    bytes = out;
    *ret_size = size;
    *ret_bytes = bytes;
    result = 0;
cleanup:
    jpeg_destroy_compress(&info);
    free(row);
    return result;
}

/** The last marker of a kind in the file. @return its offset, or 0. */
static size_t find_last(const uint8_t *bytes, size_t size, uint8_t marker)
{
    for (size_t i = size - 1; i > 0; i--)
        if (bytes[i - 1] == 0xFF && bytes[i] == marker)
            return i - 1;
    return 0;
}

static size_t count_scans(const uint8_t *bytes, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i + 1 < size; i++)
        count += bytes[i] == 0xFF && bytes[i + 1] == 0xDA;
    return count;
}

/** Repeats the last scan until there are as many as wanted. */
static int repeat_scans(int wanted, uint8_t **bytes, size_t *size)
{
    size_t start = find_last(*bytes, *size, 0xDA), count = count_scans(*bytes, *size);
    size_t length = *size - 2 - start;
    size_t more = (size_t)wanted > count ? (size_t)wanted - count : 0;
    uint8_t *grown = realloc(*bytes, *size + more * length);
    if (grown == NULL || start == 0)
        return -1;
    for (size_t i = 1; i <= more; i++)
        memcpy(grown + start + i * length, grown + start, length);
    *bytes = grown;
    *size += more * length;
    grown[*size - 2] = 0xFF;
    grown[*size - 1] = 0xD9;
    return 0;
}

/** Writes other dimensions into the frame header than the picture has. */
static void declare(const struct photo_options *o, uint8_t *bytes, size_t size)
{
    for (size_t at = 2; at + 9 < size;) {
        uint8_t marker = bytes[at + 1];
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 &&
            marker != 0xCC) {
            bytes[at + 5] = (uint8_t)(o->declared_height >> 8);
            bytes[at + 6] = (uint8_t)o->declared_height;
            bytes[at + 7] = (uint8_t)(o->declared_width >> 8);
            bytes[at + 8] = (uint8_t)o->declared_width;
            return;
        }
        at += 2U + (size_t)(bytes[at + 2] << 8 | bytes[at + 3]);
    }
}

static int change_bytes(const struct photo_options *o, uint8_t **bytes, size_t *size)
{
    if (o->scan_count > 0 && repeat_scans(o->scan_count, bytes, size) < 0)
        return -1;
    if (o->declared_width > 0 && o->declared_height > 0)
        declare(o, *bytes, *size);
    if (o->keep_bytes > 0 && o->keep_bytes < *size)
        *size = o->keep_bytes;
    *size -= o->drop_last_bytes < *size ? o->drop_last_bytes : *size;
    if (o->trailing_bytes > 0) {
        uint8_t *grown = realloc(*bytes, *size + o->trailing_bytes);
        if (grown == NULL)
            return -1;
        memset(grown + *size, 0x5A, o->trailing_bytes);
        *bytes = grown;
        *size += o->trailing_bytes;
    }
    return 0;
}

int photo_make(const struct photo_options *options, uint8_t **ret_bytes, size_t *ret_size)
{
    const struct photo_scene scene = {.seed = options->seed,
                                      .caption = options->caption,
                                      .time = options->exif.time,
                                      .dark = options->dark,
                                      .blurred = options->blurred};
    struct photo_canvas canvas = {options->width_px, options->height_px, NULL};
    uint8_t *bytes = NULL;
    size_t size = 0;
    int result = -1;
    if (canvas.width < 1 || canvas.height < 1 || canvas.width > SIDE_MAX ||
        canvas.height > SIDE_MAX)
        return -1;
    canvas.rgb = malloc((size_t)canvas.width * (size_t)canvas.height * 3);
    if (canvas.rgb == NULL)
        return -1;
    if (options->flat)
        memset(canvas.rgb, 128, (size_t)canvas.width * (size_t)canvas.height * 3);
    else if (photo_scene_draw(&scene, &canvas) < 0)
        goto cleanup;
    if (encode(options, canvas.rgb, &bytes, &size) < 0 || change_bytes(options, &bytes, &size) < 0)
        goto cleanup;
    *ret_bytes = bytes;
    *ret_size = size;
    bytes = NULL;
    result = 0;
cleanup:
    free(bytes);
    free(canvas.rgb);
    return result;
}
