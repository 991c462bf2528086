#include "expected_distances.h"
#include "geo/distance.h"
#include "geo_test.h"

static const double MILLIMETRE = 0.001;

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_distance__matches_proj(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(expected_distances); i++) {
        const struct expected_distance *expected = &expected_distances[i];

        assert_near(geo_distance_m(expected->from, expected->to), expected->distance_m,
                    MILLIMETRE / 1000);
    }
}

static void test_distance__is_symmetric_and_zero_to_itself(void **state)
{
    (void)state;
    for (int lat_deg = -90; lat_deg <= 90; lat_deg += 15) {
        for (int lon_deg = -180; lon_deg <= 180; lon_deg += 30) {
            struct geo_point here = {lat_deg, lon_deg};
            struct geo_point there = {7 - lat_deg / 2.0, 11 + lon_deg / 3.0};

            assert_near(geo_distance_m(here, here), 0, 0);
            assert_near(geo_distance_m(here, there), geo_distance_m(there, here),
                        MILLIMETRE / 1000);
        }
    }
}

static void test_distance__offset_matches_proj(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(expected_offsets); i++) {
        const struct expected_offset *expected = &expected_offsets[i];
        double east_m;
        double north_m;

        geo_local_offset_m(expected->origin, expected->point, &east_m, &north_m);
        assert_near(east_m, expected->east_m, MILLIMETRE);
        assert_near(north_m, expected->north_m, MILLIMETRE);
    }
}

static void test_distance__offset_is_as_long_as_the_distance(void **state)
{
    (void)state;
    for (int step = 0; step < 360; step += 7) {
        struct geo_point origin = {31.23, 121.47};
        struct geo_point point = {31.23 + 0.1 * cos(step), 121.47 + 0.1 * sin(step)};
        double east_m;
        double north_m;

        geo_local_offset_m(origin, point, &east_m, &north_m);
        assert_near(hypot(east_m, north_m), geo_distance_m(origin, point), MILLIMETRE);
        assert_true((east_m > 0) == (point.lon_deg > origin.lon_deg));
    }
}

static void test_distance__point_validity(void **state)
{
    static const struct geo_point valid[] = {{0, 0}, {90, 180}, {-90, -180}, {-0.0, -0.0}};
    const struct geo_point invalid[] = {{90.0000001, 0},   {-90.0000001, 0}, {0, 180.0000001},
                                        {0, -180.0000001}, {NAN, 0},         {0, NAN},
                                        {INFINITY, 0},     {0, -INFINITY},   {1e300, 1e300}};

    (void)state;
    for (size_t i = 0; i < COUNT(valid); i++)
        assert_true(geo_point_is_valid(valid[i]));
    for (size_t i = 0; i < COUNT(invalid); i++)
        assert_false(geo_point_is_valid(invalid[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distance__matches_proj),
        cmocka_unit_test(test_distance__is_symmetric_and_zero_to_itself),
        cmocka_unit_test(test_distance__offset_matches_proj),
        cmocka_unit_test(test_distance__offset_is_as_long_as_the_distance),
        cmocka_unit_test(test_distance__point_validity),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
