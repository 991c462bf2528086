#include "media/limits.h"

struct media_limits media_limits_default(void)
{
    return (struct media_limits){
        .max_bytes = 32UL * 1024 * 1024,
        .max_pixels = 210UL * 1000 * 1000,
        .max_memory_bytes = 64UL * 1024 * 1024,
        .max_exif_bytes = 128UL * 1024,
        .max_scans = 32,
        .max_segments = 1024,
        .deadline_ms = 10000,
        .small_px = 320,
        .medium_min_px = 1024,
        .medium_max_px = 1280,
        .thumbnail_quality = 80,
    };
}
