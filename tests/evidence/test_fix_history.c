/** A fix beside the fixes before and after it. */
#include "fix_case.h"

#include "geo/distance.h"

#include <math.h>

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
        cmocka_unit_test_setup(test_speed__allows_for_both_accuracies, fix_case_reset),
        cmocka_unit_test_setup(test_speed__does_not_care_which_came_first, fix_case_reset),
        cmocka_unit_test_setup(test_speed__is_judged_of_the_way_onwards_too, fix_case_reset),
        cmocka_unit_test_setup(test_speed__lets_people_fly, fix_case_reset),
        cmocka_unit_test_setup(test_speed__ignores_jumps_that_errors_can_make, fix_case_reset),
        cmocka_unit_test_setup(test_speed__is_not_judged_from_a_fix_that_was_none, fix_case_reset),
        cmocka_unit_test_setup(test_repetition__is_judged_by_the_policy, fix_case_reset),
        cmocka_unit_test_setup(test_no_history__is_like_an_empty_one, fix_case_reset),
        cmocka_unit_test_setup(test_extreme_times__are_defined, fix_case_reset),
    };

    return cmocka_run_group_tests(tests, fix_case_make_fence, fix_case_free_fence);
}
