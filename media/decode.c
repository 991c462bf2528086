#include "media/decode.h"

#include "media/exif.h"
#include "media/jpeg_decode.h"
#include "media/jpeg_encode.h"
#include "media/jpeg_survey.h"
#include "media/picture.h"
#include "media/resample.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

static void refuse(struct media_photo *photo, enum media_status status, uint64_t limit,
                   uint64_t actual)
{
    photo->status = status;
    photo->limit = limit;
    photo->actual = actual;
}

/** The first block that says anything wins: some phones write an empty one ahead of it. */
static void read_exif(const uint8_t *bytes, const struct media_survey *survey,
                      struct media_photo *photo)
{
    for (size_t i = 0; i < survey->exif_count && !photo->exif.present; i++) {
        struct media_span span = survey->exif[i];
        uint8_t *copy = malloc(span.length);
        if (copy == NULL)
            return;
        memcpy(copy, bytes + span.offset, span.length);
        (void)media_exif_read(copy, span.length, &photo->exif);
        free(copy);
    }
}

static void describe_sides(const struct media_survey *survey, struct media_photo *photo)
{
    bool sideways = photo->exif.orientation >= 5;
    photo->stored_width_px = survey->width_px;
    photo->stored_height_px = survey->height_px;
    photo->width_px = sideways ? survey->height_px : survey->width_px;
    photo->height_px = sideways ? survey->width_px : survey->height_px;
    photo->progressive = survey->progressive;
    photo->grey = survey->component_count == 1;
    photo->scan_count = survey->scan_count;
}

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

/** Takes the medium picture over. */
static int make_thumbnails(struct media_picture *medium, const struct media_limits *limits,
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

static void decode_jpeg(const uint8_t *bytes, size_t size, const struct media_limits *limits,
                        int small_fd, int medium_fd, struct media_photo *photo)
{
    int64_t deadline_ms = media_monotonic_ms() + limits->deadline_ms;
    struct media_survey survey;
    struct media_decode_notes notes = {0};
    struct media_picture medium = {0};
    struct media_refusal refusal = media_jpeg_survey(bytes, size, limits, &survey);
    describe_sides(&survey, photo);
    if (refusal.status != MEDIA_OK) {
        refuse(photo, refusal.status, refusal.limit, refusal.actual);
        return;
    }
    read_exif(bytes, &survey, photo);
    describe_sides(&survey, photo);
    refusal = media_jpeg_decode(bytes, &survey, limits, deadline_ms, &notes, &medium);
    photo->warning_count = notes.warning_count;
    memcpy(photo->first_warning, notes.first_warning, sizeof(photo->first_warning));
    if (refusal.status != MEDIA_OK) {
        refuse(photo, refusal.status, refusal.limit, refusal.actual);
        return;
    }
    int result = make_thumbnails(&medium, limits, small_fd, medium_fd, photo);
    if (result == -ENOMEM)
        refuse(photo, MEDIA_TOO_MUCH_MEMORY, limits->max_memory_bytes, 0);
    else if (result < 0)
        refuse(photo, MEDIA_WRITE_FAILED, 0, (uint64_t)-result);
}

void media_photo_decode(const uint8_t *bytes, size_t size, const struct media_limits *limits,
                        int small_fd, int medium_fd, struct media_photo *ret_photo)
{
    memset(ret_photo, 0, sizeof(*ret_photo));
    ret_photo->exif = media_exif_absent();
    ret_photo->byte_count = size;
    ret_photo->file_type = media_file_type_detect(bytes, size);
    if (size == 0)
        refuse(ret_photo, MEDIA_EMPTY, 0, 0);
    else if (size > limits->max_bytes)
        refuse(ret_photo, MEDIA_TOO_MANY_BYTES, limits->max_bytes, size);
    else if (ret_photo->file_type == MEDIA_TYPE_UNKNOWN)
        refuse(ret_photo, MEDIA_NOT_JPEG, 0, 0);
    else if (ret_photo->file_type != MEDIA_TYPE_JPEG)
        refuse(ret_photo, MEDIA_UNSUPPORTED_TYPE, 0, 0);
    else
        decode_jpeg(bytes, size, limits, small_fd, medium_fd, ret_photo);
}

void media_photo_decode_file(int photo_fd, const struct media_limits *limits, int small_fd,
                             int medium_fd, struct media_photo *ret_photo)
{
    static const uint8_t nothing[1] = {0};
    struct stat status;
    void *bytes = MAP_FAILED;
    media_photo_decode(nothing, 0, limits, -1, -1, ret_photo);
    if (fstat(photo_fd, &status) < 0) {
        refuse(ret_photo, MEDIA_READ_FAILED, 0, (uint64_t)errno);
        return;
    }
    if (status.st_size == 0)
        return;
    size_t size = (size_t)status.st_size;
    if (size > limits->max_bytes) {
        ret_photo->byte_count = size;
        refuse(ret_photo, MEDIA_TOO_MANY_BYTES, limits->max_bytes, size);
        return;
    }
    bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, photo_fd, 0);
    if (bytes == MAP_FAILED) {
        refuse(ret_photo, MEDIA_READ_FAILED, 0, (uint64_t)errno);
        return;
    }
    media_photo_decode(bytes, size, limits, small_fd, medium_fd, ret_photo);
    (void)munmap(bytes, size);
}
