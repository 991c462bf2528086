#include "media/jpeg_decode.h"

#include "media/resample.h"
#include "media/text.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jpeglib.h>

#include <jerror.h>

enum { PLANES_MAX = 3, ROWS_MAX = 4 * DCTSIZE, LEFT_OVER_MAX = 16 };

/** Beyond the stored coefficients: the library's tables and rows. */
enum { WORK_BYTES = 8 * 1024 * 1024 };

/** All a decode holds, in one place that longjmp leaves intact. */
struct decoder {
    struct jpeg_decompress_struct info;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    struct jpeg_source_mgr source;
    jmp_buf escape;
    const uint8_t *bytes;
    const struct media_survey *survey;
    const struct media_limits *limits;
    int64_t deadline_ms;
    bool ran_out; /**< libjpeg asked for bytes behind the end */
    struct media_refusal refusal;
    struct media_decode_notes notes;
    struct media_picture picture;
    struct media_resampler *resamplers[PLANES_MAX];
    JSAMPLE *band[PLANES_MAX]; /**< one row of blocks as libjpeg delivers it */
    size_t band_stride[PLANES_MAX];
};

int64_t media_monotonic_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct decoder *decoder_of(void *info)
{
    return ((j_common_ptr)info)->client_data;
}

static void __attribute__((noreturn))
refuse(struct decoder *d, enum media_status status, uint64_t limit, uint64_t actual)
{
    d->refusal = (struct media_refusal){status, limit, actual};
    longjmp(d->escape, 1);
}

static void note(struct decoder *d)
{
    char message[JMSG_LENGTH_MAX];
    if (d->notes.warning_count++ > 0)
        return;
    d->errors.format_message((j_common_ptr)&d->info, message);
    media_text_clean(message, sizeof(message), d->notes.first_warning,
                     sizeof(d->notes.first_warning));
}

/** Says that picture data are wrong, in libjpeg's words. */
static void __attribute__((noreturn)) refuse_damage(struct decoder *d)
{
    uint32_t earlier = d->notes.warning_count;
    d->notes.warning_count = 0;
    note(d);
    d->notes.warning_count += earlier;
    refuse(d, d->survey->has_end_of_image ? MEDIA_DAMAGED : MEDIA_TRUNCATED, 0, 0);
}

static void on_error(j_common_ptr info)
{
    struct decoder *d = decoder_of(info);
    switch (d->errors.msg_code) {
    case JERR_OUT_OF_MEMORY:
    case JERR_NO_BACKING_STORE:
    case JERR_WIDTH_OVERFLOW:
        refuse(d, MEDIA_TOO_MUCH_MEMORY, d->limits->max_memory_bytes, 0);
    case JERR_CONVERSION_NOTIMPL:
        refuse(d, MEDIA_UNSUPPORTED_COLOUR, 0, (uint64_t)d->info.num_components);
    default:
        refuse_damage(d);
    }
}

/** Bytes between the scan's data and a marker. Some cameras leave a few (1 to 4 were seen) or pad
 * with zeros or ones; what is left over after a bad bit is longer and looks like anything. */
static bool is_padding(const struct decoder *d, size_t count)
{
    if (count <= LEFT_OVER_MAX)
        return true;
    if (d->ran_out || (size_t)(d->source.next_input_byte - d->bytes) < count)
        return false;
    const uint8_t *start = d->source.next_input_byte - count;
    for (size_t i = 1; i < count; i++)
        if (start[i] != start[0])
            return false;
    return start[0] == 0x00 || start[0] == 0xFF;
}

/** A restart marker with a wrong number is not by itself: what it costs is told by the others. */
static bool is_fatal(const struct decoder *d)
{
    switch (d->errors.msg_code) {
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_HIT_MARKER:
        return true;
    case JWRN_EXTRANEOUS_DATA:
        return d->info.input_scan_number > 0 && !is_padding(d, (size_t)d->errors.msg_parm.i[0]);
    default:
        return false;
    }
}

static void on_message(j_common_ptr info, int level)
{
    struct decoder *d = decoder_of(info);
    if (level >= 0)
        return;
    if (is_fatal(d))
        refuse_damage(d);
    note(d);
}

static void on_output(j_common_ptr info)
{
    (void)info;
}

static void on_progress(j_common_ptr info)
{
    struct decoder *d = decoder_of(info);
    if ((uint32_t)d->info.input_scan_number > d->limits->max_scans)
        refuse(d, MEDIA_TOO_MANY_SCANS, d->limits->max_scans, (uint64_t)d->info.input_scan_number);
    if (media_monotonic_ms() > d->deadline_ms)
        refuse(d, MEDIA_TIMED_OUT, d->limits->deadline_ms, 0);
}

static void source_start(j_decompress_ptr info)
{
    (void)info;
}

/** The picture's bytes are over: an end-of-image marker closes what is open. */
static boolean source_fill(j_decompress_ptr info)
{
    static const JOCTET end_of_image[2] = {0xFF, JPEG_EOI};
    struct decoder *d = decoder_of(info);
    d->ran_out = true;
    d->source.next_input_byte = end_of_image;
    d->source.bytes_in_buffer = sizeof(end_of_image);
    return TRUE;
}

static void source_skip(j_decompress_ptr info, long count)
{
    struct jpeg_source_mgr *source = info->src;
    if (count <= 0)
        return;
    if ((size_t)count > source->bytes_in_buffer) {
        (void)source_fill(info);
        return;
    }
    source->next_input_byte += count;
    source->bytes_in_buffer -= (size_t)count;
}

static void set_up(struct decoder *d)
{
    d->info.err = jpeg_std_error(&d->errors);
    d->errors.error_exit = on_error;
    d->errors.emit_message = on_message;
    d->errors.output_message = on_output;
    d->info.client_data = d;
    jpeg_create_decompress(&d->info);
    d->info.mem->max_memory_to_use = (long)d->limits->max_memory_bytes + WORK_BYTES;
    d->progress.progress_monitor = on_progress;
    d->info.progress = &d->progress;
    d->source = (struct jpeg_source_mgr){.next_input_byte = d->bytes,
                                         .bytes_in_buffer = d->survey->end,
                                         .init_source = source_start,
                                         .fill_input_buffer = source_fill,
                                         .skip_input_data = source_skip,
                                         .resync_to_restart = jpeg_resync_to_restart,
                                         .term_source = source_start};
    d->info.src = &d->source;
}

/** Progressive files keep every coefficient until the end. Said here with the true number; the
 * library's own ceiling, the limit on address space, comes after. */
static void check_memory(struct decoder *d)
{
    uint64_t needed = 0;
    if (!jpeg_has_multiple_scans(&d->info))
        return;
    for (int i = 0; i < d->info.num_components; i++)
        needed += (uint64_t)d->info.comp_info[i].width_in_blocks *
                  d->info.comp_info[i].height_in_blocks * sizeof(JBLOCK);
    if (needed > d->limits->max_memory_bytes)
        refuse(d, MEDIA_TOO_MUCH_MEMORY, d->limits->max_memory_bytes, needed);
}

static void check_colour(struct decoder *d)
{
    if (d->info.jpeg_color_space != JCS_GRAYSCALE && d->info.jpeg_color_space != JCS_YCbCr)
        refuse(d, MEDIA_UNSUPPORTED_COLOUR, 0, (uint64_t)d->info.num_components);
}

static uint32_t divided(uint32_t length, uint32_t divisor)
{
    return (length + divisor - 1) / divisor;
}

/** 1/8, 1/4 and 1/2 have vector code in libjpeg-turbo; the smallest that is large enough. */
static uint32_t scale_for(uint32_t longest, const struct media_limits *limits)
{
    uint32_t divisor = 8;
    while (divisor > 1 && divided(longest, divisor) < limits->medium_min_px)
        divisor /= 2;
    return divisor;
}

static uint32_t scaled_side(uint32_t side, uint32_t longest, uint32_t wanted)
{
    uint32_t scaled = (uint32_t)(((uint64_t)side * wanted + longest / 2) / longest);
    return scaled > 0 ? scaled : 1;
}

static void create_picture(struct decoder *d)
{
    uint32_t width = d->info.output_width, height = d->info.output_height;
    uint32_t longest = width > height ? width : height;
    if (longest > d->limits->medium_max_px) {
        width = scaled_side(width, longest, d->limits->medium_max_px);
        height = scaled_side(height, longest, d->limits->medium_max_px);
    }
    if (media_picture_create(width, height, (uint32_t)d->info.num_components, &d->picture) < 0)
        refuse(d, MEDIA_TOO_MUCH_MEMORY, d->limits->max_memory_bytes, 0);
    for (int i = 0; i < d->info.num_components; i++) {
        const jpeg_component_info *component = &d->info.comp_info[i];
        d->band_stride[i] = (size_t)component->width_in_blocks * (size_t)component->DCT_scaled_size;
        size_t rows = (size_t)component->v_samp_factor * (size_t)component->DCT_scaled_size;
        d->band[i] = malloc(d->band_stride[i] * rows);
        if (d->band[i] == NULL ||
            media_resampler_create(component->downsampled_width, component->downsampled_height,
                                   &d->picture.planes[i], &d->resamplers[i]) < 0)
            refuse(d, MEDIA_TOO_MUCH_MEMORY, d->limits->max_memory_bytes, 0);
    }
}

/** Components come as they are stored, without upsampling or conversion: the thumbnails are
 * encoded from just that. */
static void start(struct decoder *d)
{
    uint32_t width = d->info.image_width, height = d->info.image_height;
    d->info.scale_num = 1;
    d->info.scale_denom = scale_for(width > height ? width : height, d->limits);
    d->info.out_color_space = d->info.jpeg_color_space;
    d->info.raw_data_out = TRUE;
    d->info.do_fancy_upsampling = FALSE;
    d->info.do_block_smoothing = FALSE;
    (void)jpeg_start_decompress(&d->info);
}

static void read_bands(struct decoder *d)
{
    JSAMPROW rows[PLANES_MAX][ROWS_MAX];
    JSAMPARRAY planes[PLANES_MAX] = {rows[0], rows[1], rows[2]};
    JDIMENSION lines = (JDIMENSION)(d->info.max_v_samp_factor * d->info.min_DCT_scaled_size);
    for (int i = 0; i < d->info.num_components; i++)
        for (size_t y = 0; y < ROWS_MAX; y++)
            rows[i][y] = d->band[i] +
                         d->band_stride[i] * (y % (size_t)(d->info.comp_info[i].v_samp_factor *
                                                           d->info.comp_info[i].DCT_scaled_size));
    while (d->info.output_scanline < d->info.output_height) {
        (void)jpeg_read_raw_data(&d->info, planes, lines);
        for (int i = 0; i < d->info.num_components; i++) {
            int count = d->info.comp_info[i].v_samp_factor * d->info.comp_info[i].DCT_scaled_size;
            for (int y = 0; y < count; y++)
                media_resampler_feed(d->resamplers[i], rows[i][y]);
        }
    }
}

/** Without an end-of-image marker the picture must have used the file up, in its only scan; else
 * what was decoded may be a gap filled with zeros, or lack its finer scans. An arithmetic decoder
 * does not notice at all when its data end. */
static void check_missing_end(struct decoder *d)
{
    if (d->survey->has_end_of_image)
        return;
    if (d->survey->scan_count > 1 || d->info.arith_code ||
        (!d->ran_out && d->source.bytes_in_buffer > LEFT_OVER_MAX))
        refuse(d, MEDIA_TRUNCATED, 0, 0);
}

static void decode(struct decoder *d)
{
    set_up(d);
    (void)jpeg_read_header(&d->info, TRUE);
    check_colour(d);
    check_memory(d);
    start(d);
    create_picture(d);
    read_bands(d);
    check_missing_end(d);
    (void)jpeg_finish_decompress(&d->info);
}

static void clean_up(struct decoder *d)
{
    jpeg_destroy_decompress(&d->info);
    for (int i = 0; i < PLANES_MAX; i++) {
        media_resampler_free(d->resamplers[i]);
        free(d->band[i]);
    }
    media_picture_destroy(&d->picture);
    free(d);
}

struct media_refusal media_jpeg_decode(const uint8_t *bytes, const struct media_survey *survey,
                                       const struct media_limits *limits, int64_t deadline_ms,
                                       struct media_decode_notes *ret_notes,
                                       struct media_picture *ret_picture)
{
    struct decoder *d = calloc(1, sizeof(*d));
    if (d == NULL)
        return (struct media_refusal){MEDIA_TOO_MUCH_MEMORY, limits->max_memory_bytes, 0};
    d->bytes = bytes;
    d->survey = survey;
    d->limits = limits;
    d->deadline_ms = deadline_ms;
    if (setjmp(d->escape) == 0) {
        decode(d);
        *ret_picture = d->picture;
        d->picture = (struct media_picture){0};
    }
    struct media_refusal refusal = d->refusal;
    *ret_notes = d->notes;
    clean_up(d);
    return refusal;
}
