/** What a photo tells: when, where, with what, whether seen before, and whether it shows anything.
 */
#ifndef FIELDPROOF_EVIDENCE_PHOTO_H
#define FIELDPROOF_EVIDENCE_PHOTO_H

#include "evidence/policy.h"
#include "geo/geo.h"

/** An earlier photo of the same organisation with the very same bytes. */
struct evidence_photo_twin {
    const char *photo_id;
    const char *visit; /**< how people call that visit: a work order's number, or an id */
    bool same_visit;   /**< sent again within one visit: harmless */
    int64_t captured_at_ms;
};

/** Facts about one photo. What is absent is neutral: Android's pickers strip EXIF. */
struct evidence_photo {
    const char *photo_id; /**< carried by each finding; NULL: left out */
    bool is_video;        /**< what is called EXIF below stands in the video's own boxes */

    bool has_exif_time;
    int64_t exif_wall_ms; /**< DateTimeOriginal read as if it were UTC, ms since the epoch */
    bool has_exif_offset;
    int exif_offset_min;     /**< OffsetTimeOriginal, minutes east of UTC */
    int site_utc_offset_min; /**< the site's time zone at that time; used without an EXIF offset */
    int64_t visit_since_ms;  /**< the visit's arrival; without one, the check-in's captured_at */
    int64_t captured_at_ms;  /**< the later of the check-in's and the photo's captured_at */

    bool has_exif_position;
    struct geo_point exif_position; /**< as in the file; (0,0) and nonsense count as absent */
    bool has_fix;
    struct geo_point fix;  /**< the check-in's, WGS-84 */
    double fix_accuracy_m; /**< 0 or not finite: not stated */

    const struct evidence_photo_twin *twin; /**< NULL: no earlier photo has these bytes */
    const char *software;                   /**< EXIF Software; NULL: absent */
    const char *camera;                     /**< EXIF make and model; NULL: absent */
    const char *usual_camera;               /**< of this device's earlier photos; NULL: not known */

    uint32_t width_px, height_px; /**< of the upright picture; 0: not known */
    bool has_looks;
    double mean_luminance; /**< mean luma of the picture, 0 black .. 255 white */
    double sharpness;      /**< variance of the Laplacian of 8-bit luma at about 320 px */
};

/** States what the photo tells. */
void evidence_photo_judge(const struct evidence_photo *photo, const struct evidence_policy *policy,
                          struct evidence_findings *findings);

#endif
