#include "checks.h"

#include "evidence/fix.h"
#include "geo/distance.h"

#include <math.h>

#define NOON   INT64_C(1795262400000) /* 2026-11-21T12:00:00Z */
#define SECOND INT64_C(1000)

/* People's Square, Shanghai: in the area where GCJ-02 and BD-09 differ from WGS-84. */
static const struct geo_point centre = {31.2304, 121.4737};

static struct bench bench;
static struct geo_fence *fence; /* a circle of 100 m around the centre */
static struct evidence_fix fix;
static struct evidence_site site;
static struct evidence_fix_history history;

static int make_fence(void **state)
{
    (void)state;
    return geo_fence_new_circle(centre, 100, &fence);
}

static int free_fence(void **state)
{
    (void)state;
    geo_fence_free(fence);
    return 0;
}

/* An ordinary good fix in the middle of the site. */
static int reset(void **state)
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

static void judge(void)
{
    evidence_findings_clear(&bench.findings);
    assert_int_equal(evidence_fix_judge(&fix, &site, &history, &bench.policy, &bench.findings), 0);
    check_findings(&bench);
}

static enum evidence_verdict verdict(void)
{
    return evidence_verdict_of(&bench.findings, &bench.policy);
}

static struct geo_point north_of_centre(double metres)
{
    /* A degree of latitude is 110.88 km at 31 degrees north. */
    return (struct geo_point){centre.lat_deg + metres / 110880, centre.lon_deg};
}

static double distance_of(struct geo_point point)
{
    double distance_m = 0;

    assert_int_equal(geo_fence_distance_m(fence, point, &distance_m), 0);
    return distance_m;
}

static void test_good_fix__is_inside_and_accepted(void **state)
{
    const struct evidence_finding *finding = NULL;

    (void)state;
    judge();
    assert_int_equal(bench.findings.count, 1);
    finding = check_stated(&bench, EVIDENCE_GEOFENCE_INSIDE);
    assert_true(fabs(check_number(finding, "distance_m") + 100) < 0.001);
    assert_number(check_number(finding, "accuracy_m"), 12);
    check_sentence(
        finding, EVIDENCE_ENGLISH,
        "The fix is inside the fence of the site, 100 m from its edge (accuracy ±12 m).");
    assert_int_equal(verdict(), EVIDENCE_ACCEPTED);
}

static void test_no_fix__is_reviewed_and_never_worse(void **state)
{
    (void)state;
    assert_int_equal(evidence_fix_judge(NULL, &site, &history, &bench.policy, &bench.findings), 0);
    (void)check_stated(&bench, EVIDENCE_FIX_MISSING);
    assert_int_equal(bench.findings.count, 1);
    assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);
}

static void test_outside__means_farther_than_the_accuracy(void **state)
{
    const struct evidence_finding *finding = NULL;

    (void)state;
    fix.position = north_of_centre(-512);
    fix.accuracy_m = distance_of(fix.position);
    judge();
    (void)check_stated(&bench, EVIDENCE_GEOFENCE_UNCERTAIN);

    fix.accuracy_m = nextafter(fix.accuracy_m, 0);
    judge();
    (void)check_stated(&bench, EVIDENCE_GEOFENCE_OUTSIDE);
    check_silent(&bench, EVIDENCE_GEOFENCE_UNCERTAIN);

    fix.accuracy_m = 12;
    judge();
    finding = check_stated(&bench, EVIDENCE_GEOFENCE_OUTSIDE);
    assert_int_equal(bench.findings.count, 1);
    assert_number(check_number(finding, "distance_m"), distance_of(fix.position));
    check_sentence(finding, EVIDENCE_ENGLISH,
                   "The fix is 412 m outside the fence of the site (accuracy ±12 m).");
    check_sentence(finding, EVIDENCE_CHINESE, "定位点在站点围栏外 412 米（精度 ±12 米）。");
    assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);
}

static void test_inside__means_deeper_than_the_accuracy(void **state)
{
    (void)state;
    fix.position = north_of_centre(60);
    fix.accuracy_m = -distance_of(fix.position);
    judge();
    (void)check_stated(&bench, EVIDENCE_GEOFENCE_INSIDE);
    fix.accuracy_m = nextafter(fix.accuracy_m, 100);
    judge();
    (void)check_stated(&bench, EVIDENCE_GEOFENCE_UNCERTAIN);
    check_silent(&bench, EVIDENCE_GEOFENCE_INSIDE);
}

static void test_uncertain__says_where_and_is_accepted_unless_the_policy_says_so(void **state)
{
    (void)state;
    fix.position = north_of_centre(60);
    fix.accuracy_m = 90;
    judge();
    check_sentence(check_stated(&bench, EVIDENCE_GEOFENCE_UNCERTAIN), EVIDENCE_ENGLISH,
                   "The fix is 40 m inside the fence of the site but accurate only to ±90 m, so it "
                   "cannot tell inside from outside.");
    assert_int_equal(verdict(), EVIDENCE_ACCEPTED);
    fix.position = north_of_centre(140);
    judge();
    check_sentence(check_stated(&bench, EVIDENCE_GEOFENCE_UNCERTAIN), EVIDENCE_CHINESE,
                   "定位点在站点围栏外 40 米，但精度只有 ±90 米，无法判断是否在围栏内。");
    bench.policy.effects[EVIDENCE_GEOFENCE_UNCERTAIN] = EVIDENCE_NEEDS_REVIEW;
    assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);
}

static void test_site_without_fence__says_nothing_of_one(void **state)
{
    (void)state;
    site.fence = NULL;
    judge();
    assert_int_equal(bench.findings.count, 0);
}

static void test_low_accuracy__is_judged_by_the_policy(void **state)
{
    (void)state;
    fix.accuracy_m = 100;
    judge();
    check_silent(&bench, EVIDENCE_LOW_ACCURACY);
    fix.accuracy_m = nextafter(100, 200);
    judge();
    assert_number(check_number(check_stated(&bench, EVIDENCE_LOW_ACCURACY), "limit_m"), 100);
    assert_int_equal(verdict(), EVIDENCE_ACCEPTED);
}

static void test_low_accuracy__is_judged_by_the_site_when_it_has_a_limit(void **state)
{
    (void)state;
    site.entry_accuracy_m = 30;
    fix.accuracy_m = 30;
    judge();
    check_silent(&bench, EVIDENCE_LOW_ACCURACY);
    fix.accuracy_m = 30.4;
    judge();
    check_sentence(
        check_stated(&bench, EVIDENCE_LOW_ACCURACY), EVIDENCE_CHINESE,
        "定位精度只有 ±30.4 米（要求 ±30 米以内）；在室内和地下属正常情况，到室外几秒内就会变好。");
    site.entry_accuracy_m = NAN;
    judge();
    check_silent(&bench, EVIDENCE_LOW_ACCURACY);
}

/* It must not be better to send a useless fix than none. */
static void test_fix_too_coarse__is_reviewed_like_no_fix(void **state)
{
    (void)state;
    fix.accuracy_m = 1000;
    judge();
    check_silent(&bench, EVIDENCE_FIX_TOO_COARSE);
    (void)check_stated(&bench, EVIDENCE_LOW_ACCURACY);
    fix.accuracy_m = nextafter(1000, 2000);
    judge();
    (void)check_stated(&bench, EVIDENCE_FIX_TOO_COARSE);
    (void)check_stated(&bench, EVIDENCE_GEOFENCE_UNCERTAIN);
    check_silent(&bench, EVIDENCE_LOW_ACCURACY);
    assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);
}

static void test_missing_accuracy__is_assumed_and_said(void **state)
{
    static const double not_accuracies[] = {-1, -INFINITY, INFINITY};

    (void)state;
    fix.has_accuracy = false;
    fix.accuracy_m = 5000;
    fix.position = north_of_centre(149);
    judge();
    assert_true(
        check_number(check_stated(&bench, EVIDENCE_ACCURACY_MISSING), "assumed_accuracy_m") == 50);
    (void)check_stated(&bench, EVIDENCE_GEOFENCE_UNCERTAIN);
    fix.position = north_of_centre(151);
    judge();
    (void)check_stated(&bench, EVIDENCE_GEOFENCE_OUTSIDE);

    fix.has_accuracy = true;
    for (size_t i = 0; i < 3; i++) {
        fix.accuracy_m = not_accuracies[i];
        judge();
        (void)check_stated(&bench, EVIDENCE_ACCURACY_MISSING);
    }
    fix.accuracy_m = NAN;
    judge();
    (void)check_stated(&bench, EVIDENCE_ACCURACY_MISSING);
    fix.accuracy_m = 0;
    judge();
    check_silent(&bench, EVIDENCE_ACCURACY_MISSING);
}

static void test_null_island__is_no_position(void **state)
{
    (void)state;
    fix.position = (struct geo_point){-0.0, 0.000999};
    judge();
    (void)check_stated(&bench, EVIDENCE_NULL_ISLAND);
    assert_int_equal(bench.findings.count, 1);
    assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);
    fix.position.lon_deg = 0.001;
    judge();
    check_silent(&bench, EVIDENCE_NULL_ISLAND);
    (void)check_stated(&bench, EVIDENCE_GEOFENCE_OUTSIDE);
    fix.position = (struct geo_point){-0.001, 0};
    judge();
    check_silent(&bench, EVIDENCE_NULL_ISLAND);
    fix.position = (struct geo_point){0, 121};
    judge();
    check_silent(&bench, EVIDENCE_NULL_ISLAND);
}

static void test_impossible_coordinates__are_refused_as_a_fix(void **state)
{
    static const struct geo_point impossible[] = {{90.001, 0},    {-91, 10},       {10, 180.001},
                                                  {INFINITY, 10}, {10, -INFINITY}, {1e300, 1e300}};

    (void)state;
    for (size_t i = 0; i < sizeof(impossible) / sizeof(impossible[0]); i++) {
        fix.position = impossible[i];
        judge();
        (void)check_stated(&bench, EVIDENCE_FIX_INVALID);
        assert_int_equal(bench.findings.count, 1);
    }
    fix.position = (struct geo_point){NAN, NAN};
    judge();
    check_sentence(check_stated(&bench, EVIDENCE_FIX_INVALID), EVIDENCE_ENGLISH,
                   "The coordinates of the fix do not exist on Earth; check in again.");
}

static void test_age__is_judged_by_the_policy(void **state)
{
    (void)state;
    fix.fix_time_ms = NOON - 300 * SECOND;
    judge();
    check_silent(&bench, EVIDENCE_STALE_FIX);
    fix.fix_time_ms--;
    judge();
    assert_number(check_number(check_stated(&bench, EVIDENCE_STALE_FIX), "age_ms"), 300001);
    check_sentence(check_stated(&bench, EVIDENCE_STALE_FIX), EVIDENCE_ENGLISH,
                   "The fix was 5 min 0.001 s old when the check-in was made (limit 5 min), so it "
                   "shows where the phone was then.");
    fix.has_fix_time = false;
    judge();
    check_silent(&bench, EVIDENCE_STALE_FIX);
}

static void test_fix_dated_ahead__tells_of_the_phones_clock_only(void **state)
{
    (void)state;
    fix.fix_time_ms = NOON + 300 * SECOND;
    judge();
    check_silent(&bench, EVIDENCE_FIX_TIME_AHEAD);
    fix.fix_time_ms++;
    judge();
    assert_number(check_number(check_stated(&bench, EVIDENCE_FIX_TIME_AHEAD), "ahead_ms"), 300001);
    assert_number(check_number(check_stated(&bench, EVIDENCE_FIX_TIME_AHEAD), "limit_ms"),
                  300 * SECOND);
    assert_int_equal(verdict(), EVIDENCE_ACCEPTED);
}

static void test_mock__is_rejected_unless_a_listed_receiver_feeds_it(void **state)
{
    (void)state;
    fix.mocked = true;
    judge();
    check_text(check_stated(&bench, EVIDENCE_MOCK_LOCATION), "provider", "gps");
    assert_int_equal(verdict(), EVIDENCE_REJECTED);
    fix.listed_receiver = true;
    judge();
    check_silent(&bench, EVIDENCE_MOCK_LOCATION);
    (void)check_stated(&bench, EVIDENCE_EXTERNAL_RECEIVER);
    assert_int_equal(verdict(), EVIDENCE_ACCEPTED);
    fix.mocked = false;
    judge();
    check_silent(&bench, EVIDENCE_EXTERNAL_RECEIVER);
    fix = (struct evidence_fix){.mocked = true};
    judge();
    check_sentence(check_stated(&bench, EVIDENCE_MOCK_LOCATION), EVIDENCE_CHINESE,
                   "手机显示该位置由应用模拟；请关闭模拟定位后重新签到。");
}

static void test_fix_in_another_datum__explains_being_outside(void **state)
{
    static const enum geo_datum datums[] = {GEO_WGS84, GEO_GCJ02, GEO_BD09};

    (void)state;
    for (size_t i = 0; i < 9; i++) {
        enum geo_datum real = datums[i / 3];

        fix.datum = datums[i % 3];
        assert_int_equal(geo_datum_from_wgs84(real, centre, &fix.position), 0);
        judge();
        if (real == fix.datum) {
            (void)check_stated(&bench, EVIDENCE_GEOFENCE_INSIDE);
            assert_int_equal(bench.findings.count, 1);
            continue;
        }
        check_text(check_stated(&bench, EVIDENCE_WRONG_DATUM_SUSPECTED), "likely_datum",
                   geo_datum_name(real));
        check_text(check_stated(&bench, EVIDENCE_WRONG_DATUM_SUSPECTED), "declared_datum",
                   geo_datum_name(fix.datum));
        assert_true(check_stated(&bench, EVIDENCE_GEOFENCE_OUTSIDE)->explained);
        check_silent(&bench, EVIDENCE_SITE_DATUM_SUSPECTED);
        assert_int_equal(verdict(), EVIDENCE_ACCEPTED);
        bench.policy.effects[EVIDENCE_WRONG_DATUM_SUSPECTED] = EVIDENCE_NEEDS_REVIEW;
        assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);
        bench.policy.effects[EVIDENCE_WRONG_DATUM_SUSPECTED] = EVIDENCE_ACCEPTED;
    }
}

/* Undoing GCJ-02 goes half the way of undoing BD-09: in a large site both end inside. */
static void test_fix_in_another_datum__is_the_one_that_fits_best(void **state)
{
    struct geo_point half = {0};
    struct geo_fence *large = NULL;

    (void)state;
    assert_int_equal(geo_datum_from_wgs84(GEO_BD09, centre, &fix.position), 0);
    assert_int_equal(geo_datum_to_wgs84(GEO_GCJ02, fix.position, &half), 0);
    assert_int_equal(geo_fence_new_circle(centre, geo_distance_m(centre, half) + 20, &large), 0);
    site.fence = large;
    judge();
    check_text(check_stated(&bench, EVIDENCE_WRONG_DATUM_SUSPECTED), "likely_datum", "bd09");
    geo_fence_free(large);
}

static void test_fix_outside_in_every_datum__is_just_outside(void **state)
{
    (void)state;
    fix.position = north_of_centre(5000);
    judge();
    (void)check_stated(&bench, EVIDENCE_GEOFENCE_OUTSIDE);
    assert_int_equal(bench.findings.count, 1);
    assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);
}

/* The site was picked on a Chinese map and entered as WGS-84. */
static void test_site_in_another_datum__explains_being_outside(void **state)
{
    static const enum geo_datum datums[] = {GEO_GCJ02, GEO_BD09};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(geo_datum_to_wgs84(datums[i], centre, &fix.position), 0);
        judge();
        check_text(check_stated(&bench, EVIDENCE_SITE_DATUM_SUSPECTED), "likely_datum",
                   geo_datum_name(datums[i]));
        assert_true(check_stated(&bench, EVIDENCE_GEOFENCE_OUTSIDE)->explained);
        check_silent(&bench, EVIDENCE_WRONG_DATUM_SUSPECTED);
        assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);
    }
}

/* 50 km in 400 s: 125 m/s. */
static void travel(double metres, int64_t elapsed_ms)
{
    history.has_previous = true;
    history.previous = north_of_centre(-metres);
    history.previous_accuracy_m = 5;
    history.previous_captured_at_ms = NOON - elapsed_ms;
    judge();
}

static void test_speed__allows_for_both_accuracies(void **state)
{
    const struct evidence_finding *finding = NULL;
    double speed_mps = 0;

    (void)state;
    travel(50000, 400 * SECOND);
    finding = check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
    speed_mps = check_number(finding, "speed_mps");
    assert_true(fabs(speed_mps - (check_number(finding, "distance_m") - 12 - 5) / 400) < 0.001);
    assert_number(check_number(finding, "elapsed_ms"), 400 * SECOND);
    assert_number(check_number(finding, "limit_mps"), 100);
    assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);

    bench.policy.speed_limit_mps = speed_mps;
    judge();
    check_silent(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
    bench.policy.speed_limit_mps = nextafter(speed_mps, 0);
    judge();
    (void)check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
}

static void test_speed__does_not_care_which_came_first(void **state)
{
    (void)state;
    travel(50000, -400 * SECOND);
    assert_number(check_number(check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED), "elapsed_ms"),
                  -400 * SECOND);
    travel(50000, 0);
    check_sentence(
        check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED), EVIDENCE_CHINESE,
        "这次定位与时间上相邻的一次相距 50 公里、相隔 0 秒，扣除两次的精度误差后仍需每小时 179922 "
        "公里（上限为每小时 360 公里）。");
    travel(50000, 600 * SECOND);
    check_silent(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
}

static void test_speed__is_judged_of_the_way_onwards_too(void **state)
{
    (void)state;
    history.has_next = true;
    history.next = north_of_centre(50000);
    history.next_accuracy_m = 5;
    history.next_captured_at_ms = NOON + 400 * SECOND;
    judge();
    assert_number(check_number(check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED), "elapsed_ms"),
                  -400 * SECOND);
    check_sentence(
        check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED), EVIDENCE_ENGLISH,
        "This fix is 50 km from the one next to it in time and 6 min 40 s apart from it; "
        "even with both accuracies deducted that takes 450 km/h (possible: 360 km/h).");
    /* Both ways are impossible: the earlier one is told, once. */
    travel(60000, 400 * SECOND);
    assert_number(check_number(check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED), "elapsed_ms"),
                  400 * SECOND);
    history.has_previous = false;
    history.next_captured_at_ms = NOON + 600 * SECOND;
    judge();
    check_silent(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
}

static void test_speed__lets_people_fly(void **state)
{
    (void)state;
    travel(150000, 1000 * SECOND);
    (void)check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
    travel(250000, 1000 * SECOND);
    check_silent(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
    travel(300000, 1000 * SECOND);
    assert_number(check_number(check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED), "limit_mps"), 280);
    /* The exact distance from which flying counts. */
    travel(250000, 1000 * SECOND);
    bench.policy.flight_distance_m = geo_distance_m(centre, history.previous);
    judge();
    check_silent(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
    bench.policy.flight_distance_m = nextafter(bench.policy.flight_distance_m, INFINITY);
    judge();
    (void)check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
}

static void test_speed__ignores_jumps_that_errors_can_make(void **state)
{
    (void)state;
    travel(2010, SECOND);
    check_silent(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
    bench.policy.speed_least_distance_m =
        geo_distance_m(centre, history.previous) - fix.accuracy_m - history.previous_accuracy_m;
    judge();
    check_silent(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
    bench.policy.speed_least_distance_m = nextafter(bench.policy.speed_least_distance_m, 0);
    judge();
    (void)check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
}

static void test_speed__is_not_judged_from_a_fix_that_was_none(void **state)
{
    (void)state;
    travel(50000, SECOND);
    history.previous = (struct geo_point){0, 0};
    judge();
    check_silent(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
    history.previous = (struct geo_point){NAN, 121};
    judge();
    check_silent(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
    history.previous = north_of_centre(50000);
    history.previous_accuracy_m = INFINITY;
    judge();
    (void)check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
    history.previous_accuracy_m = 0;
    judge();
    assert_true(
        check_number(check_stated(&bench, EVIDENCE_IMPOSSIBLE_SPEED), "previous_accuracy_m") == 50);
    history.has_previous = false;
    judge();
    check_silent(&bench, EVIDENCE_IMPOSSIBLE_SPEED);
}

static void test_repetition__is_judged_by_the_policy(void **state)
{
    (void)state;
    history.same_coordinates_count = 2;
    judge();
    check_silent(&bench, EVIDENCE_REPEATED_COORDINATES);
    history.same_coordinates_count = 3;
    judge();
    assert_number(check_number(check_stated(&bench, EVIDENCE_REPEATED_COORDINATES), "same_count"),
                  3);
    assert_int_equal(verdict(), EVIDENCE_NEEDS_REVIEW);
    history.same_coordinates_count = SIZE_MAX;
    judge();
    (void)check_stated(&bench, EVIDENCE_REPEATED_COORDINATES);
}

static void test_no_history__is_like_an_empty_one(void **state)
{
    (void)state;
    assert_int_equal(evidence_fix_judge(&fix, &site, NULL, &bench.policy, &bench.findings), 0);
    assert_int_equal(bench.findings.count, 1);
}

static void test_extreme_times__are_defined(void **state)
{
    static const int64_t times[] = {INT64_MIN, -1, 0, INT64_MAX};

    (void)state;
    history.has_previous = true;
    history.previous = north_of_centre(30000);
    for (size_t i = 0; i < 64; i++) {
        fix.fix_time_ms = times[i % 4];
        fix.captured_at_ms = times[i / 4 % 4];
        history.previous_captured_at_ms = times[i / 16];
        judge();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_good_fix__is_inside_and_accepted, reset),
        cmocka_unit_test_setup(test_no_fix__is_reviewed_and_never_worse, reset),
        cmocka_unit_test_setup(test_outside__means_farther_than_the_accuracy, reset),
        cmocka_unit_test_setup(test_inside__means_deeper_than_the_accuracy, reset),
        cmocka_unit_test_setup(test_uncertain__says_where_and_is_accepted_unless_the_policy_says_so,
                               reset),
        cmocka_unit_test_setup(test_site_without_fence__says_nothing_of_one, reset),
        cmocka_unit_test_setup(test_low_accuracy__is_judged_by_the_policy, reset),
        cmocka_unit_test_setup(test_low_accuracy__is_judged_by_the_site_when_it_has_a_limit, reset),
        cmocka_unit_test_setup(test_fix_too_coarse__is_reviewed_like_no_fix, reset),
        cmocka_unit_test_setup(test_missing_accuracy__is_assumed_and_said, reset),
        cmocka_unit_test_setup(test_null_island__is_no_position, reset),
        cmocka_unit_test_setup(test_impossible_coordinates__are_refused_as_a_fix, reset),
        cmocka_unit_test_setup(test_age__is_judged_by_the_policy, reset),
        cmocka_unit_test_setup(test_fix_dated_ahead__tells_of_the_phones_clock_only, reset),
        cmocka_unit_test_setup(test_mock__is_rejected_unless_a_listed_receiver_feeds_it, reset),
        cmocka_unit_test_setup(test_fix_in_another_datum__explains_being_outside, reset),
        cmocka_unit_test_setup(test_fix_in_another_datum__is_the_one_that_fits_best, reset),
        cmocka_unit_test_setup(test_fix_outside_in_every_datum__is_just_outside, reset),
        cmocka_unit_test_setup(test_site_in_another_datum__explains_being_outside, reset),
        cmocka_unit_test_setup(test_speed__allows_for_both_accuracies, reset),
        cmocka_unit_test_setup(test_speed__does_not_care_which_came_first, reset),
        cmocka_unit_test_setup(test_speed__is_judged_of_the_way_onwards_too, reset),
        cmocka_unit_test_setup(test_speed__lets_people_fly, reset),
        cmocka_unit_test_setup(test_speed__ignores_jumps_that_errors_can_make, reset),
        cmocka_unit_test_setup(test_speed__is_not_judged_from_a_fix_that_was_none, reset),
        cmocka_unit_test_setup(test_repetition__is_judged_by_the_policy, reset),
        cmocka_unit_test_setup(test_no_history__is_like_an_empty_one, reset),
        cmocka_unit_test_setup(test_extreme_times__are_defined, reset),
    };

    return cmocka_run_group_tests(tests, make_fence, free_fence);
}
