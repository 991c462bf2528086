#include "media_support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct photo_options support_small_photo(void)
{
    struct photo_options options = photo_options_default();
    options.width_px = 640;
    options.height_px = 480;
    return options;
}

struct bytes support_make(struct photo_options options)
{
    struct bytes bytes = {0};
    assert_int_equal(photo_make(&options, &bytes.data, &bytes.size), 0);
    return bytes;
}

void support_free(struct bytes bytes)
{
    free(bytes.data);
}

int support_file(const void *data, size_t size)
{
    int fd = memfd_create("photo", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, size), size);
    return fd;
}

struct bytes support_read(int fd)
{
    struct stat status;
    assert_int_equal(fstat(fd, &status), 0);
    struct bytes bytes = {malloc((size_t)status.st_size + 1), (size_t)status.st_size};
    assert_non_null(bytes.data);
    assert_int_equal(pread(fd, bytes.data, bytes.size, 0), bytes.size);
    return bytes;
}

struct media_photo support_decode(struct bytes bytes)
{
    const struct media_limits limits = media_limits_default();
    struct media_photo photo;
    media_photo_decode(bytes.data, bytes.size, &limits, -1, -1, &photo);
    return photo;
}

enum media_status support_status(struct bytes bytes)
{
    struct media_photo photo = support_decode(bytes);
    support_free(bytes);
    return photo.status;
}

struct media_photo support_decode_options(struct photo_options options)
{
    struct bytes bytes = support_make(options);
    struct media_photo photo = support_decode(bytes);
    support_free(bytes);
    return photo;
}

size_t support_find_marker(struct bytes bytes, uint8_t marker, int index)
{
    for (size_t i = 0; i + 1 < bytes.size; i++)
        if (bytes.data[i] == 0xFF && bytes.data[i + 1] == marker && index-- == 0)
            return i;
    fail_msg("no marker %02x", marker);
    return 0;
}

void support_assert_near(double actual, double expected, double tolerance)
{
    if (!(fabs(actual - expected) <= tolerance))
        fail_msg("%.9f is not %.9f", actual, expected);
}

struct bytes support_insert(struct bytes bytes, size_t offset, const void *data, size_t count)
{
    assert_true(offset <= bytes.size);
    uint8_t *grown = realloc(bytes.data, bytes.size + count);
    assert_non_null(grown);
    memmove(grown + offset + count, grown + offset, bytes.size - offset);
    memcpy(grown + offset, data, count);
    return (struct bytes){grown, bytes.size + count};
}
