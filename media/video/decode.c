#include "media/video/decode.h"

#include "media/decode.h"
#include "media/exif.h"
#include "media/jpeg_decode.h"
#include "media/thumbnails.h"
#include "media/video/picture.h"
#include "media/video/survey.h"

#include <errno.h>
#include <string.h>

/* The very first picture is often black, or the floor. */
enum { PICTURE_AT_MS = 1000 };

static void refuse(struct media_photo *photo, enum media_status status,
                   const struct media_limits *limits)
{
    photo->status = status;
    if (status == MEDIA_TIMED_OUT)
        photo->limit = limits->deadline_ms;
    else if (status == MEDIA_TOO_MUCH_MEMORY)
        photo->limit = limits->max_memory_bytes;
}

static void take_picture(const uint8_t *bytes, size_t size, const struct media_limits *limits,
                         int small_fd, int medium_fd, struct media_photo *photo)
{
    struct media_picture medium = {0};
    uint64_t half_ms = photo->duration_ms / 2;
    enum media_status status =
        media_video_picture(bytes, size, limits, media_monotonic_ms() + limits->deadline_ms,
                            half_ms < PICTURE_AT_MS ? half_ms : PICTURE_AT_MS, photo, &medium);
    if (status != MEDIA_OK) {
        refuse(photo, status, limits);
        return;
    }
    photo->limit = photo->actual = 0;
    int result = media_thumbnails_make(&medium, limits, small_fd, medium_fd, photo);
    if (result == -ENOMEM) {
        refuse(photo, MEDIA_TOO_MUCH_MEMORY, limits);
    } else if (result < 0) {
        photo->status = MEDIA_WRITE_FAILED;
        photo->actual = (uint64_t)-result;
    }
}

void media_video_decode(const uint8_t *bytes, size_t size, const struct media_limits *limits,
                        int small_fd, int medium_fd, struct media_photo *ret_photo)
{
    memset(ret_photo, 0, sizeof(*ret_photo));
    ret_photo->exif = media_exif_absent();
    ret_photo->byte_count = size;
    ret_photo->file_type = media_file_type_detect(bytes, size);
    ret_photo->status = media_video_survey(bytes, size, &ret_photo->duration_ms, &ret_photo->exif);
    if (ret_photo->status == MEDIA_OK)
        take_picture(bytes, size, limits, small_fd, medium_fd, ret_photo);
}

void media_video_decode_file(int video_fd, const struct media_limits *limits, int small_fd,
                             int medium_fd, struct media_photo *ret_photo)
{
    media_decode_mapped(media_video_decode, video_fd, limits, small_fd, medium_fd, ret_photo);
}
