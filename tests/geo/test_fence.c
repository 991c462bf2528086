#include <pthread.h>

#include "expected_fences.h"
#include "geo/distance.h"
#include "geo_test.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The promise is a centimetre; PostGIS itself takes points within 6 micrometres for one. */
static const double ORACLE_TOLERANCE_M = 1e-5;

/* By so much a degree of latitude and one of longitude differ from the sphere's, at most; so much
 * the distance may jump where another edge becomes the nearest. */
static const double SPHERE_ERROR_SHARE = 0.0068;

static struct geo_fence *new_polygons(const struct geo_polygon *polygons, size_t count)
{
    struct geo_fence *fence = NULL;

    assert_int_equal(geo_fence_new_polygons(polygons, count, &fence), 0);
    return fence;
}

static struct geo_fence *new_circle(struct geo_point centre, double radius_m)
{
    struct geo_fence *fence = NULL;

    assert_int_equal(geo_fence_new_circle(centre, radius_m, &fence), 0);
    return fence;
}

static double distance_m(const struct geo_fence *fence, struct geo_point point)
{
    double result_m = NAN;

    assert_int_equal(geo_fence_distance_m(fence, point, &result_m), 0);
    return result_m;
}

static void test_fence__polygon_matches_postgis(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(expected_fence_distances); i++) {
        const struct expected_fence_distance *expected = &expected_fence_distances[i];
        struct geo_fence *fence = new_polygons(expected->polygons, expected->polygon_count);

        if (fabs(distance_m(fence, expected->point) - expected->distance_m) > ORACLE_TOLERANCE_M)
            fail_msg("%s, row %zu: %.9f", expected->name, i, distance_m(fence, expected->point));
        geo_fence_free(fence);
    }
}

static void test_fence__circle_is_geodesic(void **state)
{
    struct geo_point centre = {39.908823, 116.39747};
    struct geo_fence *fence = new_circle(centre, 50);

    (void)state;
    /* echo '39.908823 116.39747 39.909123 116.39797' | geod -I +ellps=WGS84 -F %.6f */
    assert_near(distance_m(fence, (struct geo_point){39.909123, 116.39797}), 4.197922, 1e-6);
    assert_near(distance_m(fence, centre), -50, 0);
    geo_fence_free(fence);
}

static void test_fence__circle_holds_the_pole_and_the_antimeridian(void **state)
{
    struct geo_fence *pole = new_circle((struct geo_point){89.999, 0}, 500);
    struct geo_fence *antimeridian = new_circle((struct geo_point){-16.5, 180}, 500);

    (void)state;
    assert_true(distance_m(pole, (struct geo_point){90, 77}) < 0);
    assert_true(distance_m(pole, (struct geo_point){89.999, 180}) < 0);
    assert_true(distance_m(antimeridian, (struct geo_point){-16.5, -179.999}) < 0);
    assert_true(distance_m(antimeridian, (struct geo_point){-16.5, 179.999}) < 0);
    geo_fence_free(pole);
    geo_fence_free(antimeridian);
}

/* The distance may change no faster than the point moves, across edges, holes and corners. */
static void check_continuity(const struct geo_polygon *polygons, size_t count,
                             struct geo_point from, struct geo_point to)
{
    enum { STEPS = 2000 };
    struct geo_fence *fence = new_polygons(polygons, count);
    struct geo_point last = from;
    double last_m = distance_m(fence, from);
    int sign_changes = 0;

    for (int i = 1; i <= STEPS; i++) {
        struct geo_point at = {from.lat_deg + (to.lat_deg - from.lat_deg) * i / STEPS,
                               from.lon_deg + (to.lon_deg - from.lon_deg) * i / STEPS};
        double at_m = distance_m(fence, at);

        assert_true(fabs(at_m - last_m) <=
                    geo_distance_m(last, at) * 1.01 + fabs(at_m) * SPHERE_ERROR_SHARE + 1e-6);
        sign_changes += (at_m < 0) != (last_m < 0);
        last = at;
        last_m = at_m;
    }
    assert_true(sign_changes > 0 && sign_changes % 2 == 0);
    geo_fence_free(fence);
}

static void test_fence__distance_is_continuous(void **state)
{
    (void)state;
    check_continuity(building_with_courtyard, 1, (struct geo_point){39.9080, 116.3965},
                     (struct geo_point){39.9105, 116.3996});
    check_continuity(l_shaped_yard, 1, (struct geo_point){31.2345, 121.4690},
                     (struct geo_point){31.2295, 121.4745});
    check_continuity(campus_clockwise, 1, (struct geo_point){22.53, 113.92},
                     (struct geo_point){22.58, 113.97});
    check_continuity(southern_pair, 2, (struct geo_point){-33.845, 151.195},
                     (struct geo_point){-33.875, 151.231});
}

/* The nearest of points laid densely along the ring; straight in degrees is near enough at 500 m.
 */
static double nearest_of_samples_m(const struct geo_point *corners, size_t corner_count,
                                   struct geo_point point)
{
    enum { SAMPLES = 300 };
    double nearest_m = INFINITY;

    for (size_t i = 0; i < corner_count; i++) {
        struct geo_point from = corners[i];
        struct geo_point to = corners[(i + 1) % corner_count];

        for (int j = 0; j < SAMPLES; j++) {
            struct geo_point sample = {from.lat_deg + (to.lat_deg - from.lat_deg) * j / SAMPLES,
                                       from.lon_deg + (to.lon_deg - from.lon_deg) * j / SAMPLES};

            nearest_m = fmin(nearest_m, geo_distance_m(sample, point));
        }
    }
    return nearest_m;
}

static void test_fence__distance_is_that_of_the_nearest_boundary_point(void **state)
{
    struct geo_fence *fence = new_polygons(l_shaped_yard, 1);

    (void)state;
    for (int i = 0; i < 60; i++) {
        struct geo_point point = {31.2290 + 0.0001 * i, 121.4690 + 0.0001 * ((i * 17) % 60)};
        double nearest_m = nearest_of_samples_m(l_shaped_yard_0_0, COUNT(l_shaped_yard_0_0), point);

        assert_near(fabs(distance_m(fence, point)), nearest_m,
                    nearest_m * SPHERE_ERROR_SHARE + 0.5);
    }
    geo_fence_free(fence);
}

static void test_fence__is_continuous_into_the_far_side_of_the_earth(void **state)
{
    struct geo_fence *fence = new_polygons(building_with_courtyard, 1);
    struct geo_point middle = {39.90925, 116.398};

    (void)state;
    for (int lon_deg = -180; lon_deg <= 180; lon_deg += 3) {
        for (int lat_deg = -90; lat_deg <= 90; lat_deg += 3) {
            struct geo_point point = {lat_deg, lon_deg};

            assert_near(distance_m(fence, point), geo_distance_m(middle, point), 150);
        }
    }
    geo_fence_free(fence);
}

static void test_fence__corner_is_at_zero(void **state)
{
    struct geo_fence *fence = new_polygons(campus_clockwise, 1);

    (void)state;
    for (size_t i = 0; i < COUNT(campus_clockwise_0_0); i++)
        assert_near(distance_m(fence, campus_clockwise_0_0[i]), 0, 1e-6);
    geo_fence_free(fence);
}

/* Other ways to write the same ring: other direction, other start, closed, points repeated. */
static void test_fence__ring_can_be_written_in_any_way(void **state)
{
    enum { CORNERS = COUNT(campus_clockwise_0_0), POINTS = 2 * CORNERS + 1 };
    struct geo_fence *fence = new_polygons(campus_clockwise, 1);
    struct geo_point point = {22.552, 113.9462};
    double expected_m = distance_m(fence, point);

    (void)state;
    for (size_t start = 0; start < CORNERS; start++) {
        struct geo_point points[POINTS];
        struct geo_ring ring = {points, POINTS};
        struct geo_polygon polygon = {&ring, 1};
        struct geo_fence *other;

        for (size_t i = 0; i <= CORNERS; i++) {
            points[2 * i] = campus_clockwise_0_0[(start + CORNERS - i) % CORNERS];
            if (i < CORNERS)
                points[2 * i + 1] = points[2 * i];
        }
        points[POINTS - 1] = points[0];
        other = new_polygons(&polygon, 1);
        assert_near(distance_m(other, point), expected_m, 1e-9);
        geo_fence_free(other);
    }
    geo_fence_free(fence);
}

static void test_fence__antimeridian_and_pole_have_many_names(void **state)
{
    struct geo_fence *antimeridian = new_polygons(across_antimeridian, 1);
    struct geo_fence *pole = new_polygons(around_north_pole, 1);

    (void)state;
    assert_near(distance_m(antimeridian, (struct geo_point){-16.77, 180}),
                distance_m(antimeridian, (struct geo_point){-16.77, -180}), 1e-6);
    assert_near(distance_m(pole, (struct geo_point){90, 0}),
                distance_m(pole, (struct geo_point){90, 123}), 1e-6);
    geo_fence_free(antimeridian);
    geo_fence_free(pole);
}

static void test_fence__refuses_to_measure_an_invalid_point(void **state)
{
    struct geo_fence *fence = new_circle((struct geo_point){0, 0}, 100);
    double result_m = 7;

    (void)state;
    assert_true(geo_fence_distance_m(fence, (struct geo_point){NAN, 0}, &result_m) < 0);
    assert_true(geo_fence_distance_m(fence, (struct geo_point){0, 181}, &result_m) < 0);
    assert_near(result_m, 7, 0);
    geo_fence_free(fence);
}

static void test_fence__verdict_is_three_way(void **state)
{
    (void)state;
    assert_int_equal(geo_fence_verdict(-20, 10), GEO_INSIDE);
    assert_int_equal(geo_fence_verdict(-10, 10), GEO_INSIDE);
    assert_int_equal(geo_fence_verdict(-9.99, 10), GEO_UNCERTAIN);
    assert_int_equal(geo_fence_verdict(0, 10), GEO_UNCERTAIN);
    assert_int_equal(geo_fence_verdict(10, 10), GEO_UNCERTAIN);
    assert_int_equal(geo_fence_verdict(10.01, 10), GEO_OUTSIDE);
    assert_int_equal(geo_fence_verdict(0, 0), GEO_INSIDE);
    assert_int_equal(geo_fence_verdict(0.01, 0), GEO_OUTSIDE);
}

static void test_fence__verdict_without_accuracy_is_uncertain(void **state)
{
    (void)state;
    assert_int_equal(geo_fence_verdict(-100, -1), GEO_UNCERTAIN);
    assert_int_equal(geo_fence_verdict(100, NAN), GEO_UNCERTAIN);
    assert_int_equal(geo_fence_verdict(NAN, 10), GEO_UNCERTAIN);
    assert_int_equal(geo_fence_verdict(-100, INFINITY), GEO_UNCERTAIN);
}

static void *ask_many_times(void *argument)
{
    const struct geo_fence *fence = argument;
    const double expected_m = -22.20633214; /* first row of expected_fence_distances */

    for (int i = 0; i < 2000; i++) {
        struct geo_fence *own;
        double result_m;

        if (geo_fence_distance_m(fence, (struct geo_point){39.9087, 116.3973}, &result_m) < 0 ||
            fabs(result_m - expected_m) > ORACLE_TOLERANCE_M)
            return argument;
        if (i % 20 == 0) {
            if (geo_fence_new_polygons(campus_clockwise, 1, &own) < 0)
                return argument;
            geo_fence_free(own);
        }
    }
    return NULL;
}

static void test_fence__threads_share_a_fence(void **state)
{
    struct geo_fence *fence = new_polygons(building_with_courtyard, 1);
    pthread_t threads[8];

    (void)state;
    for (size_t i = 0; i < COUNT(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_many_times, fence), 0);
    for (size_t i = 0; i < COUNT(threads); i++) {
        void *failed = fence;

        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    geo_fence_free(fence);
}

static void test_fence__free_accepts_null(void **state)
{
    (void)state;
    geo_fence_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fence__polygon_matches_postgis),
        cmocka_unit_test(test_fence__circle_is_geodesic),
        cmocka_unit_test(test_fence__circle_holds_the_pole_and_the_antimeridian),
        cmocka_unit_test(test_fence__distance_is_continuous),
        cmocka_unit_test(test_fence__distance_is_that_of_the_nearest_boundary_point),
        cmocka_unit_test(test_fence__is_continuous_into_the_far_side_of_the_earth),
        cmocka_unit_test(test_fence__corner_is_at_zero),
        cmocka_unit_test(test_fence__ring_can_be_written_in_any_way),
        cmocka_unit_test(test_fence__antimeridian_and_pole_have_many_names),
        cmocka_unit_test(test_fence__refuses_to_measure_an_invalid_point),
        cmocka_unit_test(test_fence__verdict_is_three_way),
        cmocka_unit_test(test_fence__verdict_without_accuracy_is_uncertain),
        cmocka_unit_test(test_fence__threads_share_a_fence),
        cmocka_unit_test(test_fence__free_accepts_null),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
