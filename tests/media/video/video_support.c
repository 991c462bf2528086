#include "video_support.h"

#include "media/video/decode.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct bytes video_read(const char *name)
{
    char path[1024];
    (void)snprintf(path, sizeof(path), "%s/%s", VIDEOS, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    struct bytes bytes = support_read(fd);
    (void)close(fd);
    return bytes;
}

struct media_photo video_decode(struct bytes bytes)
{
    const struct media_limits limits = media_limits_default();
    struct media_photo photo;
    int small = support_file("", 0), medium = support_file("", 0);
    media_video_decode(bytes.data, bytes.size, &limits, small, medium, &photo);
    assert_true(media_photo_is_sane(&photo));
    (void)close(small);
    (void)close(medium);
    return photo;
}

struct media_photo video_decode_named(const char *name)
{
    struct bytes bytes = video_read(name);
    struct media_photo photo = video_decode(bytes);
    support_free(bytes);
    return photo;
}

const char *video_decoder_program(void)
{
    return VIDEO_DECODER;
}
