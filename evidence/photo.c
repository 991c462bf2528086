#include "evidence/photo.h"

#include "evidence/editing_software.h"
#include "evidence/fix.h"
#include "evidence/text.h"
#include "geo/datum.h"
#include "geo/distance.h"

#include <math.h>

#define MS_PER_MIN     60000
#define OFFSET_MAX_MIN (24 * 60)

static struct evidence_finding *state(const struct evidence_photo *photo, enum evidence_code code,
                                      struct evidence_findings *findings)
{
    struct evidence_finding *finding = evidence_findings_add(findings, code);

    evidence_finding_set_text(finding, "photo_id", photo->photo_id);
    if (finding != NULL)
        finding->is_of_video = photo->is_video;
    return finding;
}

static void judge_time(const struct evidence_photo *photo, const struct evidence_policy *policy,
                       struct evidence_findings *findings)
{
    bool is_zone_known = photo->has_exif_offset && photo->exif_offset_min >= -OFFSET_MAX_MIN &&
                         photo->exif_offset_min <= OFFSET_MAX_MIN;
    int offset_min = is_zone_known ? photo->exif_offset_min : photo->site_utc_offset_min;
    int64_t taken_at_ms =
        evidence_elapsed_ms((int64_t)offset_min * MS_PER_MIN, photo->exif_wall_ms);
    int64_t since_ms = photo->visit_since_ms < photo->captured_at_ms ? photo->visit_since_ms
                                                                     : photo->captured_at_ms;
    int64_t before_ms = evidence_elapsed_ms(taken_at_ms, since_ms);
    int64_t after_ms = evidence_elapsed_ms(photo->captured_at_ms, taken_at_ms);
    bool is_before = before_ms >= after_ms;
    int64_t gap_ms = is_before ? before_ms : after_ms;
    struct evidence_finding *finding = NULL;

    if (!photo->has_exif_time || (double)gap_ms <= policy->photo_time_s * 1000)
        return;
    finding = state(photo, is_before ? EVIDENCE_PHOTO_TAKEN_BEFORE : EVIDENCE_PHOTO_TAKEN_AFTER,
                    findings);
    evidence_finding_ms(finding, "taken_at_ms", taken_at_ms);
    if (is_before)
        evidence_finding_ms(finding, "visit_since_at_ms", since_ms);
    else
        evidence_finding_ms(finding, "captured_at_ms", photo->captured_at_ms);
    evidence_finding_ms(finding, "gap_ms", gap_ms);
    evidence_finding_number(finding, "limit_ms", policy->photo_time_s * 1000);
    evidence_finding_number(finding, "utc_offset_min", photo->site_utc_offset_min);
    if (!is_zone_known)
        evidence_finding_number(finding, "assumed_offset_min", photo->site_utc_offset_min);
}

/* Chinese phones write EXIF positions in WGS-84 or in GCJ-02 and do not say which; some apps give
 * fixes so. The reading that is kindest to the technician counts. */
static double least_distance_m(struct geo_point exif, struct geo_point fix)
{
    static const enum geo_datum shifted[] = {GEO_GCJ02, GEO_BD09};
    double least_m = geo_distance_m(exif, fix);

    for (size_t i = 0; i < sizeof(shifted) / sizeof(shifted[0]); i++) {
        struct geo_point undone = {0};

        if (geo_datum_to_wgs84(shifted[i], exif, &undone) == 0)
            least_m = fmin(least_m, geo_distance_m(undone, fix));
        if (geo_datum_to_wgs84(shifted[i], fix, &undone) == 0)
            least_m = fmin(least_m, geo_distance_m(exif, undone));
    }
    return least_m;
}

static void judge_place(const struct evidence_photo *photo, const struct evidence_policy *policy,
                        struct evidence_findings *findings)
{
    struct geo_point exif = photo->exif_position;
    bool has_accuracy = isfinite(photo->fix_accuracy_m) && photo->fix_accuracy_m > 0;
    double accuracy_m = has_accuracy ? photo->fix_accuracy_m : policy->assumed_accuracy_m;
    double limit_m = policy->photo_distance_m + accuracy_m;
    struct evidence_finding *finding = NULL;
    double distance_m = 0;

    if (!photo->has_exif_position || !photo->has_fix || !geo_point_is_valid(exif) ||
        !geo_point_is_valid(photo->fix) || evidence_is_null_island(exif) ||
        evidence_is_null_island(photo->fix))
        return;
    distance_m = least_distance_m(exif, photo->fix);
    if (distance_m <= limit_m)
        return;
    finding = state(photo, EVIDENCE_PHOTO_TAKEN_ELSEWHERE, findings);
    evidence_finding_number(finding, "distance_m", distance_m);
    evidence_finding_number(finding, "limit_m", limit_m);
    evidence_finding_number(finding, "accuracy_m", accuracy_m);
}

static void judge_twin(const struct evidence_photo *photo, struct evidence_findings *findings)
{
    const struct evidence_photo_twin *twin = photo->twin;
    struct evidence_finding *finding = NULL;

    if (twin == NULL)
        return;
    finding = state(photo, twin->same_visit ? EVIDENCE_PHOTO_SENT_TWICE : EVIDENCE_PHOTO_REUSED,
                    findings);
    evidence_finding_set_text(finding, "earlier_photo_id", twin->photo_id);
    evidence_finding_set_text(finding, "earlier_visit", twin->visit);
    evidence_finding_ms(finding, "earlier_at_ms", twin->captured_at_ms);
    evidence_finding_number(finding, "utc_offset_min", photo->site_utc_offset_min);
}

static void judge_origin(const struct evidence_photo *photo, struct evidence_findings *findings)
{
    struct evidence_finding *finding = NULL;

    if (photo->software != NULL && evidence_is_editing_software(photo->software)) {
        finding = state(photo, EVIDENCE_PHOTO_EDITED, findings);
        evidence_finding_set_text(finding, "software", photo->software);
    }
    if (photo->camera != NULL && photo->usual_camera != NULL && photo->camera[0] != '\0' &&
        photo->usual_camera[0] != '\0' &&
        !evidence_text_agrees(photo->camera, photo->usual_camera, SIZE_MAX)) {
        finding = state(photo, EVIDENCE_PHOTO_OTHER_CAMERA, findings);
        evidence_finding_set_text(finding, "camera", photo->camera);
        evidence_finding_set_text(finding, "usual_camera", photo->usual_camera);
    }
}

static void judge_looks(const struct evidence_photo *photo, const struct evidence_policy *policy,
                        struct evidence_findings *findings)
{
    uint32_t side_px = photo->width_px < photo->height_px ? photo->width_px : photo->height_px;
    struct evidence_finding *finding = NULL;

    if (side_px > 0 && side_px < policy->photo_least_side_px) {
        finding = state(photo, EVIDENCE_PHOTO_TOO_SMALL, findings);
        evidence_finding_number(finding, "width_px", photo->width_px);
        evidence_finding_number(finding, "height_px", photo->height_px);
        evidence_finding_number(finding, "limit_px", policy->photo_least_side_px);
    }
    if (!photo->has_looks)
        return;
    if (photo->mean_luminance < policy->photo_least_luminance) {
        finding = state(photo, EVIDENCE_PHOTO_TOO_DARK, findings);
        evidence_finding_number(finding, "mean_luminance", photo->mean_luminance);
        evidence_finding_number(finding, "limit_luminance", policy->photo_least_luminance);
    } else if (photo->sharpness < policy->photo_least_sharpness) {
        /* A dark picture has no edges either: one reason is enough to take it again. */
        finding = state(photo, EVIDENCE_PHOTO_BLURRED, findings);
        evidence_finding_number(finding, "sharpness", photo->sharpness);
        evidence_finding_number(finding, "limit_sharpness", policy->photo_least_sharpness);
    }
}

void evidence_photo_judge(const struct evidence_photo *photo, const struct evidence_policy *policy,
                          struct evidence_findings *findings)
{
    judge_time(photo, policy, findings);
    judge_place(photo, policy, findings);
    judge_twin(photo, findings);
    judge_origin(photo, findings);
    judge_looks(photo, policy, findings);
}
