#include "geo/track.h"
#include "geo_test.h"

/* 54.197922 m apart: echo '39.908823 116.39747 39.909123 116.39797' | geod -I +ellps=WGS84 -F %.6f
 */
static const double APART_M = 54.197922;

static struct geo_fix here(double accuracy_m, int64_t time_ms)
{
    return (struct geo_fix){{39.908823, 116.39747}, accuracy_m, time_ms};
}

static struct geo_fix there(double accuracy_m, int64_t time_ms)
{
    return (struct geo_fix){{39.909123, 116.39797}, accuracy_m, time_ms};
}

static void test_track__speed_of_exact_fixes_is_distance_over_time(void **state)
{
    (void)state;
    assert_near(geo_track_speed_mps(here(0, 0), there(0, 10000)), APART_M / 10, 1e-6);
    assert_near(geo_track_speed_mps(here(0, 1500), there(0, 5500)), APART_M / 4, 1e-6);
}

static void test_track__accuracies_count_in_favour_of_the_fixes(void **state)
{
    (void)state;
    assert_near(geo_track_speed_mps(here(10, 0), there(20, 2000)), (APART_M - 30) / 2, 1e-6);
    assert_near(geo_track_speed_mps(here(30, 0), there(30, 2000)), 0, 0);
    assert_near(geo_track_speed_mps(here(INFINITY, 0), there(0, 2000)), 0, 0);
}

static void test_track__order_does_not_matter(void **state)
{
    (void)state;
    assert_near(geo_track_speed_mps(here(5, 9000), there(1, 2000)),
                geo_track_speed_mps(there(1, 2000), here(5, 9000)), 1e-12);
    assert_near(geo_track_speed_mps(here(5, 9000), there(1, 2000)), (APART_M - 6) / 7, 1e-6);
}

static void test_track__less_than_a_second_counts_as_one(void **state)
{
    (void)state;
    assert_near(geo_track_speed_mps(here(0, 7), there(0, 7)), APART_M, 1e-6);
    assert_near(geo_track_speed_mps(here(0, 7), there(0, 8)), APART_M, 1e-6);
    assert_near(geo_track_speed_mps(here(0, 7), here(0, 7)), 0, 0);
}

static void test_track__extreme_times_do_not_overflow(void **state)
{
    double speed_mps = geo_track_speed_mps(here(0, INT64_MIN), there(0, INT64_MAX));

    (void)state;
    assert_true(speed_mps > 0 && speed_mps < 1e-12);
}

static void test_track__says_nothing_of_unusable_fixes(void **state)
{
    struct geo_fix nowhere = {{NAN, 0}, 0, 0};

    (void)state;
    assert_near(geo_track_speed_mps(here(0, 0), nowhere), 0, 0);
    assert_near(geo_track_speed_mps(nowhere, here(0, 0)), 0, 0);
    assert_near(geo_track_speed_mps(here(-1, 0), there(0, 1000)), 0, 0);
    assert_near(geo_track_speed_mps(here(0, 0), there(NAN, 1000)), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_track__speed_of_exact_fixes_is_distance_over_time),
        cmocka_unit_test(test_track__accuracies_count_in_favour_of_the_fixes),
        cmocka_unit_test(test_track__order_does_not_matter),
        cmocka_unit_test(test_track__less_than_a_second_counts_as_one),
        cmocka_unit_test(test_track__extreme_times_do_not_overflow),
        cmocka_unit_test(test_track__says_nothing_of_unusable_fixes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
