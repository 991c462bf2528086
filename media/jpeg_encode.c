#include "media/jpeg_encode.h"

#include <errno.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jpeglib.h>

enum { CHUNK_BYTES = 65536, BAND_ROWS = 2 * DCTSIZE };

/** All an encode holds, in one place that longjmp leaves intact. */
struct encoder {
    struct jpeg_compress_struct info;
    struct jpeg_error_mgr errors;
    struct jpeg_destination_mgr destination;
    jmp_buf escape;
    const struct media_picture *picture;
    int fd;
    int error; /**< negative errno */
    uint64_t written_bytes;
    JOCTET chunk[CHUNK_BYTES];
};

static struct encoder *encoder_of(void *info)
{
    return ((j_common_ptr)info)->client_data;
}

/** Of an encoder's own errors only a lack of memory can happen with these parameters. */
static void on_error(j_common_ptr info)
{
    struct encoder *e = encoder_of(info);
    e->error = -ENOMEM;
    longjmp(e->escape, 1);
}

static void on_output(j_common_ptr info)
{
    (void)info;
}

static void write_chunk(struct encoder *e, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t count = pwrite(e->fd, e->chunk + done, size - done, (off_t)e->written_bytes);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            e->error = count < 0 ? -errno : -EIO;
            longjmp(e->escape, 1);
        }
        done += (size_t)count;
        e->written_bytes += (uint64_t)count;
    }
    e->destination.next_output_byte = e->chunk;
    e->destination.free_in_buffer = CHUNK_BYTES;
}

static void destination_start(j_compress_ptr info)
{
    write_chunk(encoder_of(info), 0);
}

static boolean destination_empty(j_compress_ptr info)
{
    write_chunk(encoder_of(info), CHUNK_BYTES);
    return TRUE;
}

static void destination_end(j_compress_ptr info)
{
    struct encoder *e = encoder_of(info);
    write_chunk(e, CHUNK_BYTES - e->destination.free_in_buffer);
}

static void set_up(struct encoder *e, uint32_t quality)
{
    bool grey = e->picture->plane_count == 1;
    e->info.err = jpeg_std_error(&e->errors);
    e->errors.error_exit = on_error;
    e->errors.output_message = on_output;
    e->info.client_data = e;
    jpeg_create_compress(&e->info);
    e->destination.init_destination = destination_start;
    e->destination.empty_output_buffer = destination_empty;
    e->destination.term_destination = destination_end;
    e->info.dest = &e->destination;
    e->info.image_width = e->picture->width_px;
    e->info.image_height = e->picture->height_px;
    e->info.input_components = grey ? 1 : 3;
    e->info.in_color_space = grey ? JCS_GRAYSCALE : JCS_YCbCr;
    jpeg_set_defaults(&e->info);
    jpeg_set_quality(&e->info, (int)quality, TRUE);
    e->info.raw_data_in = TRUE;
    e->info.comp_info[0].h_samp_factor = grey ? 1 : 2;
    e->info.comp_info[0].v_samp_factor = grey ? 1 : 2;
}

/** The encoder reads whole blocks: what is right of the picture repeats its last column. */
static void extend_rows(const struct media_plane *plane)
{
    for (uint32_t y = 0; y < plane->height; y++) {
        uint8_t *row = plane->samples + y * plane->stride;
        memset(row + plane->width, row[plane->width - 1], plane->stride - plane->width);
    }
}

static void write_bands(struct encoder *e)
{
    JSAMPROW rows[3][BAND_ROWS];
    JSAMPARRAY planes[3] = {rows[0], rows[1], rows[2]};
    uint32_t band_rows = (uint32_t)e->info.comp_info[0].v_samp_factor * DCTSIZE;
    for (uint32_t top = 0; top < e->picture->height_px; top += band_rows) {
        for (uint32_t i = 0; i < e->picture->plane_count; i++) {
            const struct media_plane *plane = &e->picture->planes[i];
            uint32_t start = i == 0 ? top : top / 2;
            for (uint32_t y = 0; y < BAND_ROWS; y++) {
                uint32_t row = start + y < plane->height ? start + y : plane->height - 1;
                rows[i][y] = plane->samples + row * plane->stride;
            }
        }
        (void)jpeg_write_raw_data(&e->info, planes, band_rows);
    }
}

int media_jpeg_encode(const struct media_picture *picture, uint32_t quality, int fd,
                      uint64_t *ret_byte_count)
{
    struct encoder *e = calloc(1, sizeof(*e));
    if (e == NULL)
        return -ENOMEM;
    e->picture = picture;
    e->fd = fd;
    for (uint32_t i = 0; i < picture->plane_count; i++)
        extend_rows(&picture->planes[i]);
    if (setjmp(e->escape) == 0) {
        set_up(e, quality);
        jpeg_start_compress(&e->info, TRUE);
        write_bands(e);
        jpeg_finish_compress(&e->info);
    }
    int error = e->error;
    uint64_t written_bytes = e->written_bytes;
    jpeg_destroy_compress(&e->info);
    free(e);
    if (error < 0)
        return error;
    *ret_byte_count = written_bytes;
    return 0;
}
