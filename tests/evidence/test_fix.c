#include "fix_case.h"

#include <math.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_good_fix__is_inside_and_accepted, fix_case_reset),
        cmocka_unit_test_setup(test_no_fix__is_reviewed_and_never_worse, fix_case_reset),
        cmocka_unit_test_setup(test_outside__means_farther_than_the_accuracy, fix_case_reset),
        cmocka_unit_test_setup(test_inside__means_deeper_than_the_accuracy, fix_case_reset),
        cmocka_unit_test_setup(test_uncertain__says_where_and_is_accepted_unless_the_policy_says_so,
                               fix_case_reset),
        cmocka_unit_test_setup(test_site_without_fence__says_nothing_of_one, fix_case_reset),
        cmocka_unit_test_setup(test_low_accuracy__is_judged_by_the_policy, fix_case_reset),
        cmocka_unit_test_setup(test_low_accuracy__is_judged_by_the_site_when_it_has_a_limit,
                               fix_case_reset),
        cmocka_unit_test_setup(test_fix_too_coarse__is_reviewed_like_no_fix, fix_case_reset),
        cmocka_unit_test_setup(test_missing_accuracy__is_assumed_and_said, fix_case_reset),
        cmocka_unit_test_setup(test_null_island__is_no_position, fix_case_reset),
        cmocka_unit_test_setup(test_impossible_coordinates__are_refused_as_a_fix, fix_case_reset),
        cmocka_unit_test_setup(test_age__is_judged_by_the_policy, fix_case_reset),
        cmocka_unit_test_setup(test_fix_dated_ahead__tells_of_the_phones_clock_only,
                               fix_case_reset),
        cmocka_unit_test_setup(test_mock__is_rejected_unless_a_listed_receiver_feeds_it,
                               fix_case_reset),
    };

    return cmocka_run_group_tests(tests, fix_case_make_fence, fix_case_free_fence);
}
