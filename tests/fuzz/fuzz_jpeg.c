/** Any bytes as a photo; every answer must be sane, and every good one have both thumbnails. */
#include "media/decode.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Small ones: what is looked for are wrong accesses, not slow pictures. */
static struct media_limits fuzz_limits(void)
{
    struct media_limits limits = media_limits_default();
    limits.max_pixels = 1000000;
    limits.max_memory_bytes = 16 * 1024 * 1024;
    limits.deadline_ms = 2000;
    limits.small_px = 16;
    limits.medium_min_px = 40;
    limits.medium_max_px = 64;
    return limits;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct media_limits limits = fuzz_limits();
    struct media_photo photo;
    int small_fd = memfd_create("small", MFD_CLOEXEC);
    int medium_fd = memfd_create("medium", MFD_CLOEXEC);
    if (small_fd < 0 || medium_fd < 0)
        abort();
    media_photo_decode(data, size, &limits, small_fd, medium_fd, &photo);
    if (!media_photo_is_sane(&photo))
        abort();
    if (photo.status == MEDIA_OK &&
        (photo.small.width_px > limits.small_px || photo.medium.width_px > limits.medium_max_px))
        abort();
    (void)close(small_fd);
    (void)close(medium_fd);
    return 0;
}
