/** Ceilings on what one photo may cost. Every refusal names the ceiling it met. */
#ifndef FIELDPROOF_MEDIA_LIMITS_H
#define FIELDPROOF_MEDIA_LIMITS_H

#include <stdint.h>

/** All fields are plain numbers: the structure is sent to the decoder process as it is. */
struct media_limits {
    /** Longest file, bytes. Default 33,554,432 (32 MiB). */
    uint64_t max_bytes;
    /** Width times height as stored. Default 210,000,000: the largest phone sensors make 200 MP. */
    uint64_t max_pixels;
    /** Memory one decode may allocate, bytes. Default 134,217,728 (128 MiB). Baseline photos need
     * about 6 MB whatever their size; a progressive one needs 2 bytes a stored sample: 12
     * megapixels 36 MB as 4:2:0 and 72 MB as 4:4:4. What needs more is refused before it is
     * allocated. */
    uint64_t max_memory_bytes;
    /** Sum of all EXIF segments, bytes. Default 131,072: one segment holds at most 65,533. */
    uint64_t max_exif_bytes;
    /** Scans of a progressive file. Default 32; usual encoders write 10. */
    uint32_t max_scans;
    /** Marker segments outside the scans' data. Default 1,024. */
    uint32_t max_segments;
    /** Wall clock and CPU time of one decode. Default 10,000 ms. */
    uint32_t deadline_ms;
    /** Long side of the small thumbnail, pixels. Default 320. Never larger than the photo. */
    uint32_t small_px;
    /** Long side of the medium thumbnail, pixels: the least and the most. Default 1,024 to 1,280.
     * A photo whose half, quarter or eighth falls between needs no resampling. */
    uint32_t medium_min_px;
    uint32_t medium_max_px;
    /** libjpeg quality of the thumbnails, 1 to 100. Default 80. */
    uint32_t thumbnail_quality;
    uint32_t reserved; /**< 0 */
};

/** The defaults given above. */
struct media_limits media_limits_default(void);

#endif
