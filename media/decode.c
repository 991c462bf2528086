#include "media/decode.h"

#include "media/exif.h"
#include "media/jpeg_decode.h"
#include "media/jpeg_survey.h"
#include "media/picture.h"
#include "media/thumbnails.h"

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
    int result = media_thumbnails_make(&medium, limits, small_fd, medium_fd, photo);
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

void media_decode_mapped(media_decode_bytes *decode, int photo_fd,
                         const struct media_limits *limits, int small_fd, int medium_fd,
                         struct media_photo *ret_photo)
{
    static const uint8_t nothing[1] = {0};
    struct stat status;
    void *bytes = MAP_FAILED;
    decode(nothing, 0, limits, -1, -1, ret_photo);
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
    decode(bytes, size, limits, small_fd, medium_fd, ret_photo);
    (void)munmap(bytes, size);
}

void media_photo_decode_file(int photo_fd, const struct media_limits *limits, int small_fd,
                             int medium_fd, struct media_photo *ret_photo)
{
    media_decode_mapped(media_photo_decode, photo_fd, limits, small_fd, medium_fd, ret_photo);
}
