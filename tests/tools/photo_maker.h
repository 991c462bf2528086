/** Makes JPEG photos for tests and for the demo organisation: deterministic, realistic in size. */
#ifndef FIELDPROOF_TESTS_TOOLS_PHOTO_MAKER_H
#define FIELDPROOF_TESTS_TOOLS_PHOTO_MAKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What the EXIF block says. NULL strings, and numbers whose flag is false, are left out. */
struct photo_exif_options {
    bool absent; /**< no EXIF block at all */
    int orientation;
    bool has_position;
    double lat_deg, lon_deg;
    bool has_altitude;
    double altitude_m;
    bool has_accuracy;
    double accuracy_m;
    const char *gps_time;  /**< UTC, "2026:11:21 08:00:00" */
    const char *time;      /**< original, digitized and modified: "2026:11:21 16:00:00" */
    const char *offset;    /**< "+08:00" */
    const char *subsecond; /**< "123" */
    const char *make, *model, *software;
    size_t filler_bytes; /**< the whole EXIF grows to this size, over several segments if need be */
};

struct photo_options {
    int width_px, height_px; /**< upright; stored sides are swapped for orientations 5 to 8 */
    int quality;
    uint64_t seed;
    const char *subsampling; /**< "420", "422", "440", "444", "411" */
    const char *caption;     /**< printed on the nameplate; ASCII */
    bool grey, cmyk, rgb;
    bool progressive, arithmetic;
    bool dark, blurred, flat;
    int restart_rows; /**< MCU rows between restart markers; 0 for none */
    int scan_count;   /**< repeats a progressive scan up to this many; 0: usual */
    int declared_width, declared_height; /**< what the header claims instead; 0: the truth */
    size_t keep_bytes;                   /**< cut the file after this many bytes; 0: keep all */
    size_t drop_last_bytes;              /**< cut this many off the end */
    size_t trailing_bytes;               /**< append this many bytes behind the end of image */
    struct photo_exif_options exif;
};

/** 4000 by 3000, quality 92, 4:2:0, seed 1, a phone's make and model. */
struct photo_options photo_options_default(void);

/** @return 0 with a buffer the caller frees, or negative when options make no sense. */
int photo_make(const struct photo_options *options, uint8_t **ret_bytes, size_t *ret_size)
    __attribute__((warn_unused_result));

#endif
