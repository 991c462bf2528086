#include "evidence/fix.h"

#include "geo/distance.h"
#include "geo/track.h"

#include <math.h>

/* 0.001 degrees are 111 m: the sea for 500 km around (0,0) is empty but for a weather buoy. */
#define NULL_ISLAND_DEG 0.001

bool evidence_is_null_island(struct geo_point point)
{
    return fabs(point.lat_deg) < NULL_ISLAND_DEG && fabs(point.lon_deg) < NULL_ISLAND_DEG;
}

/* The fix as the rules use it. */
struct placed_fix {
    const struct evidence_fix *sent;
    struct geo_point wgs84;
    double accuracy_m; /* stated, or the policy's assumption */
};

static bool is_stated(double accuracy_m)
{
    return isfinite(accuracy_m) && accuracy_m >= 0;
}

/* States why the position cannot be used; true when it can. */
static bool judge_position(struct placed_fix *fix, struct evidence_findings *findings)
{
    struct evidence_finding *finding = NULL;
    struct geo_point sent = fix->sent->position;

    /* Asked first, and of the point as sent: undoing a datum moves no zero away from the sea. */
    if (evidence_is_null_island(sent)) {
        finding = evidence_findings_add(findings, EVIDENCE_NULL_ISLAND);
    } else if (geo_datum_to_wgs84(fix->sent->datum, sent, &fix->wgs84) < 0) {
        finding = evidence_findings_add(findings, EVIDENCE_FIX_INVALID);
    } else {
        return true;
    }
    evidence_finding_number(finding, "latitude_deg", sent.lat_deg);
    evidence_finding_number(finding, "longitude_deg", sent.lon_deg);
    return false;
}

static void judge_accuracy(struct placed_fix *fix, const struct evidence_site *site,
                           const struct evidence_policy *policy, struct evidence_findings *findings)
{
    double entry_m = site->entry_accuracy_m;
    double low_m = entry_m > 0 && isfinite(entry_m) ? entry_m : policy->low_accuracy_m;
    struct evidence_finding *finding = NULL;

    if (!fix->sent->has_accuracy || !is_stated(fix->sent->accuracy_m)) {
        fix->accuracy_m = policy->assumed_accuracy_m;
        finding = evidence_findings_add(findings, EVIDENCE_ACCURACY_MISSING);
        evidence_finding_number(finding, "assumed_accuracy_m", policy->assumed_accuracy_m);
        return;
    }
    fix->accuracy_m = fix->sent->accuracy_m;
    if (fix->accuracy_m > policy->unusable_accuracy_m) {
        finding = evidence_findings_add(findings, EVIDENCE_FIX_TOO_COARSE);
        evidence_finding_number(finding, "limit_m", policy->unusable_accuracy_m);
    } else if (fix->accuracy_m > low_m) {
        finding = evidence_findings_add(findings, EVIDENCE_LOW_ACCURACY);
        evidence_finding_number(finding, "limit_m", low_m);
    }
    evidence_finding_number(finding, "accuracy_m", fix->accuracy_m);
}

/* A reading of the coordinates that would place the fix inside the fence. */
struct reading {
    enum evidence_code code;
    enum geo_datum datum;
    double distance_m; /* signed, from the fence; the smallest so far */
    bool is_inside;
};

static void try_reading(const struct geo_fence *fence, struct geo_point point,
                        enum evidence_code code, enum geo_datum datum, struct reading *best)
{
    double distance_m = 0;

    if (geo_fence_distance_m(fence, point, &distance_m) < 0 || distance_m > 0)
        return;
    if (!best->is_inside || distance_m < best->distance_m)
        *best = (struct reading){code, datum, distance_m, true};
}

/* Either the fix is in another datum than declared, or the site was entered in another than WGS-84:
 * then the true position looks right only after the shift that the site's coordinates have. */
static struct reading other_reading(const struct placed_fix *fix, const struct geo_fence *fence)
{
    static const enum geo_datum datums[] = {GEO_WGS84, GEO_GCJ02, GEO_BD09};
    struct reading best = {0};

    for (size_t i = 0; i < sizeof(datums) / sizeof(datums[0]); i++) {
        struct geo_point point = {0};

        if (datums[i] != fix->sent->datum &&
            geo_datum_to_wgs84(datums[i], fix->sent->position, &point) == 0)
            try_reading(fence, point, EVIDENCE_WRONG_DATUM_SUSPECTED, datums[i], &best);
        if (datums[i] != GEO_WGS84 && geo_datum_from_wgs84(datums[i], fix->wgs84, &point) == 0)
            try_reading(fence, point, EVIDENCE_SITE_DATUM_SUSPECTED, datums[i], &best);
    }
    return best;
}

static void judge_datum(const struct placed_fix *fix, const struct geo_fence *fence,
                        struct evidence_finding *outside, double distance_m,
                        struct evidence_findings *findings)
{
    struct reading reading = other_reading(fix, fence);
    struct evidence_finding *finding = NULL;

    if (!reading.is_inside)
        return;
    finding = evidence_findings_add(findings, reading.code);
    evidence_finding_number(finding, "distance_m", distance_m);
    evidence_finding_number(finding, "distance_if_m", reading.distance_m);
    evidence_finding_number(finding, "accuracy_m", fix->accuracy_m);
    evidence_finding_set_text(finding, "declared_datum", geo_datum_name(fix->sent->datum));
    evidence_finding_set_text(finding, "likely_datum", geo_datum_name(reading.datum));
    if (finding != NULL)
        evidence_finding_explain(outside);
}

static int judge_fence(const struct placed_fix *fix, const struct geo_fence *fence,
                       struct evidence_findings *findings)
{
    static const enum evidence_code codes[] = {
        [GEO_INSIDE] = EVIDENCE_GEOFENCE_INSIDE,
        [GEO_OUTSIDE] = EVIDENCE_GEOFENCE_OUTSIDE,
        [GEO_UNCERTAIN] = EVIDENCE_GEOFENCE_UNCERTAIN,
    };
    enum geo_fence_verdict verdict = GEO_UNCERTAIN;
    struct evidence_finding *finding = NULL;
    double distance_m = 0;

    if (fence == NULL)
        return 0;
    if (geo_fence_distance_m(fence, fix->wgs84, &distance_m) < 0)
        return -1;
    verdict = geo_fence_verdict(distance_m, fix->accuracy_m);
    finding = evidence_findings_add(findings, codes[verdict]);
    evidence_finding_number(finding, "distance_m", distance_m);
    evidence_finding_number(finding, "accuracy_m", fix->accuracy_m);
    if (verdict == GEO_OUTSIDE)
        judge_datum(fix, fence, finding, distance_m, findings);
    return 0;
}

static void judge_freshness(const struct evidence_fix *fix, const struct evidence_policy *policy,
                            struct evidence_findings *findings)
{
    int64_t age_ms = evidence_elapsed_ms(fix->fix_time_ms, fix->captured_at_ms);
    struct evidence_finding *finding = NULL;

    if (!fix->has_fix_time)
        return;
    if ((double)age_ms > policy->stale_fix_s * 1000) {
        finding = evidence_findings_add(findings, EVIDENCE_STALE_FIX);
        evidence_finding_ms(finding, "age_ms", age_ms);
        evidence_finding_number(finding, "limit_ms", policy->stale_fix_s * 1000);
    } else if ((double)age_ms < -policy->clock_skew_s * 1000) {
        finding = evidence_findings_add(findings, EVIDENCE_FIX_TIME_AHEAD);
        evidence_finding_ms(finding, "ahead_ms",
                            evidence_elapsed_ms(fix->captured_at_ms, fix->fix_time_ms));
        evidence_finding_number(finding, "limit_ms", policy->clock_skew_s * 1000);
    }
}

static void judge_provider(const struct evidence_fix *fix, struct evidence_findings *findings)
{
    struct evidence_finding *finding = NULL;

    if (!fix->mocked)
        return;
    finding = evidence_findings_add(findings, fix->listed_receiver ? EVIDENCE_EXTERNAL_RECEIVER
                                                                   : EVIDENCE_MOCK_LOCATION);
    evidence_finding_set_text(finding, "provider", fix->provider);
}

/* False: nothing is stated of the way between the two. */
static bool judge_way(const struct placed_fix *fix, struct geo_fix other,
                      const struct evidence_policy *policy, struct evidence_findings *findings)
{
    struct geo_fix here = {fix->wgs84, fix->accuracy_m, fix->sent->captured_at_ms};
    struct evidence_finding *finding = NULL;
    double distance_m = 0;
    double limit_mps = policy->speed_limit_mps;
    double speed_mps = 0;

    if (!(other.accuracy_m > 0) || !isfinite(other.accuracy_m))
        other.accuracy_m = policy->assumed_accuracy_m;
    if (!geo_point_is_valid(other.point) || evidence_is_null_island(other.point))
        return false;
    distance_m = geo_distance_m(here.point, other.point);
    if (distance_m >= policy->flight_distance_m)
        limit_mps = fmax(policy->flight_speed_limit_mps, policy->speed_limit_mps);
    speed_mps = geo_track_speed_mps(other, here);
    if (distance_m - fix->accuracy_m - other.accuracy_m <= policy->speed_least_distance_m ||
        speed_mps <= limit_mps)
        return false;
    finding = evidence_findings_add(findings, EVIDENCE_IMPOSSIBLE_SPEED);
    evidence_finding_number(finding, "distance_m", distance_m);
    evidence_finding_ms(finding, "elapsed_ms", evidence_elapsed_ms(other.time_ms, here.time_ms));
    evidence_finding_number(finding, "speed_mps", speed_mps);
    evidence_finding_number(finding, "limit_mps", limit_mps);
    evidence_finding_number(finding, "accuracy_m", fix->accuracy_m);
    evidence_finding_number(finding, "previous_accuracy_m", other.accuracy_m);
    return true;
}

/* Of two fixes, whichever comes second is judged by the other, in whatever order they come: nobody
 * escapes by sending backwards. */
static void judge_speed(const struct placed_fix *fix, const struct evidence_fix_history *history,
                        const struct evidence_policy *policy, struct evidence_findings *findings)
{
    struct geo_fix previous = {history->previous, history->previous_accuracy_m,
                               history->previous_captured_at_ms};
    struct geo_fix next = {history->next, history->next_accuracy_m, history->next_captured_at_ms};

    if (history->has_previous && judge_way(fix, previous, policy, findings))
        return;
    if (history->has_next)
        (void)judge_way(fix, next, policy, findings);
}

static void judge_repetition(const struct evidence_fix_history *history,
                             const struct evidence_policy *policy,
                             struct evidence_findings *findings)
{
    struct evidence_finding *finding = NULL;

    if ((double)history->same_coordinates_count < policy->repeated_coordinates_count)
        return;
    finding = evidence_findings_add(findings, EVIDENCE_REPEATED_COORDINATES);
    evidence_finding_number(finding, "same_count", (double)history->same_coordinates_count);
    evidence_finding_number(finding, "limit_count", policy->repeated_coordinates_count);
}

int evidence_fix_judge(const struct evidence_fix *fix, const struct evidence_site *site,
                       const struct evidence_fix_history *history,
                       const struct evidence_policy *policy, struct evidence_findings *findings)
{
    static const struct evidence_fix_history no_history = {0};
    struct placed_fix placed = {.sent = fix};

    if (fix == NULL) {
        (void)evidence_findings_add(findings, EVIDENCE_FIX_MISSING);
        return 0;
    }
    judge_provider(fix, findings);
    if (!judge_position(&placed, findings))
        return 0;
    judge_accuracy(&placed, site, policy, findings);
    judge_freshness(fix, policy, findings);
    judge_speed(&placed, history != NULL ? history : &no_history, policy, findings);
    judge_repetition(history != NULL ? history : &no_history, policy, findings);
    return judge_fence(&placed, site->fence, findings);
}
