#include "fix_case.h"

const struct geo_point centre = {31.2304, 121.4737};

struct bench bench;
struct geo_fence *fence;
struct evidence_fix fix;
struct evidence_site site;
struct evidence_fix_history history;

int fix_case_make_fence(void **state)
{
    (void)state;
    return geo_fence_new_circle(centre, 100, &fence);
}

int fix_case_free_fence(void **state)
{
    (void)state;
    geo_fence_free(fence);
    return 0;
}

int fix_case_reset(void **state)
{
    (void)state;
    bench_clear(&bench);
    fix = (struct evidence_fix){.position = centre,
                                .datum = GEO_WGS84,
                                .has_accuracy = true,
                                .accuracy_m = 12,
                                .provider = "gps",
                                .has_fix_time = true,
                                .fix_time_ms = NOON - 2 * SECOND,
                                .captured_at_ms = NOON};
    site = (struct evidence_site){.fence = fence};
    history = (struct evidence_fix_history){0};
    return 0;
}

void judge(void)
{
    evidence_findings_clear(&bench.findings);
    assert_int_equal(evidence_fix_judge(&fix, &site, &history, &bench.policy, &bench.findings), 0);
    check_findings(&bench);
}

enum evidence_verdict verdict(void)
{
    return evidence_verdict_of(&bench.findings, &bench.policy);
}

struct geo_point north_of_centre(double metres)
{
    /* A degree of latitude is 110.88 km at 31 degrees north. */
    return (struct geo_point){centre.lat_deg + metres / 110880, centre.lon_deg};
}

double distance_of(struct geo_point point)
{
    double distance_m = 0;

    assert_int_equal(geo_fence_distance_m(fence, point, &distance_m), 0);
    return distance_m;
}
