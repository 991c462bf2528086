/**
 * An organisation's policy: the thresholds findings are judged by, and what each finding does to
 * the verdict. Defaults and their reasons: docs/evidence-rules.md, compared with this by a test.
 */
#ifndef FIELDPROOF_EVIDENCE_POLICY_H
#define FIELDPROOF_EVIDENCE_POLICY_H

#include "evidence/evidence.h"

/** Every threshold is a double in the unit its name ends in, so that one table can describe all. */
struct evidence_policy {
    double low_accuracy_m;             /**< a fix coarser than this is low accuracy */
    double unusable_accuracy_m;        /**< a fix coarser than this says nothing about a site */
    double assumed_accuracy_m;         /**< taken for a fix that states none */
    double stale_fix_s;                /**< a fix older than this is stale */
    double speed_limit_mps;            /**< faster is impossible below `flight_distance_m` */
    double flight_speed_limit_mps;     /**< faster is impossible at any distance */
    double flight_distance_m;          /**< from here on a technician may have flown */
    double speed_least_distance_m;     /**< a shorter jump may be an error of either fix */
    double repeated_coordinates_count; /**< so many earlier fixes with the very same coordinates */
    double clock_skew_s;               /**< tolerated between the phone's clock and ours */
    double sent_late_s;                /**< captured so long before it was sent */
    double photo_time_s;               /**< tolerated before the visit and after the check-in */
    double photo_distance_m;      /**< tolerated from EXIF position to fix, beyond its accuracy */
    double photo_least_side_px;   /**< shorter side of a legible picture */
    double photo_least_luminance; /**< mean luma, 0..255 */
    double photo_least_sharpness; /**< variance of the Laplacian, see struct evidence_photo */
    double least_time_on_site_s;  /**< a shorter visit is too short */
    /** What each finding does to the verdict, indexed by enum evidence_code. */
    enum evidence_verdict effects[EVIDENCE_CODE_COUNT];
};

/** One threshold, so that settings are read, checked and printed without naming each again. */
struct evidence_threshold {
    const char *name; /**< the field's name: "low_accuracy_m" */
    const char *unit; /**< "m", "s", "m/s", "px", "" */
    double min, max;  /**< both allowed */
    double standard;  /**< the default */
    size_t offset;    /**< of the double in struct evidence_policy */
    const char *title[EVIDENCE_LANGUAGE_COUNT];
};

#define EVIDENCE_THRESHOLD_COUNT 17
extern const struct evidence_threshold evidence_thresholds[EVIDENCE_THRESHOLD_COUNT];

/** Every threshold and every effect at its default. */
void evidence_policy_default(struct evidence_policy *ret_policy);

/** The threshold of that name, or NULL. */
const struct evidence_threshold *evidence_threshold_named(const char *name);

/** Its value in this policy. */
double evidence_policy_get(const struct evidence_policy *policy,
                           const struct evidence_threshold *threshold);

/** @return 0, or -1 when the value is not finite or out of range (the policy is then untouched). */
__attribute__((warn_unused_result)) int
evidence_policy_set(struct evidence_policy *policy, const struct evidence_threshold *threshold,
                    double value);

/** What one finding asks for: its code's effect, or EVIDENCE_ACCEPTED when it is explained. */
enum evidence_verdict evidence_effect_of(const struct evidence_finding *finding,
                                         const struct evidence_policy *policy);

/** The worst effect of all; at least EVIDENCE_NEEDS_REVIEW when findings were dropped. */
enum evidence_verdict evidence_verdict_of(const struct evidence_findings *findings,
                                          const struct evidence_policy *policy);

#endif
