#include <stdbool.h>
#include <string.h>

#include "geo/fence.h"
#include "geo_test.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Rings are drawn in units of 0.001 degrees (some 100 m) east and north of here. */
static const struct geo_point DRAWING_ORIGIN = {31.23, 121.47};
static const double DRAWING_UNIT_DEG = 0.001;

enum { DRAWING_POINTS_MAX = 8, DRAWING_RINGS_MAX = 3 };

struct drawn_ring {
    size_t point_count;
    double points[DRAWING_POINTS_MAX][2]; /* east, north */
};

/* One polygon of rings, or if `separate` one polygon a ring. */
struct drawing {
    const char *name;
    enum geo_fence_error error; /* 0 if it is fine */
    bool separate;
    size_t ring_count;
    struct drawn_ring rings[DRAWING_RINGS_MAX];
};

#define SQUARE(west, south, size)                                                                  \
    {                                                                                              \
        4,                                                                                         \
        {                                                                                          \
            {west, south}, {(west) + (size), south}, {(west) + (size), (south) + (size)},          \
            {                                                                                      \
                west, (south) + (size)                                                             \
            }                                                                                      \
        }                                                                                          \
    }

static const struct drawing drawings[] = {
    {"square with a hole", 0, false, 2, {SQUARE(0, 0, 10), SQUARE(2, 2, 3)}},
    {"square with two holes", 0, false, 3, {SQUARE(0, 0, 10), SQUARE(2, 2, 3), SQUARE(6, 6, 3)}},
    {"two squares", 0, true, 2, {SQUARE(0, 0, 10), SQUARE(12, 0, 3)}},
    {"island in a lake", 0, true, 2, {SQUARE(0, 0, 10), SQUARE(20, 2, 3)}},
    {"two squares touching at a corner", 0, true, 2, {SQUARE(0, 0, 10), SQUARE(10, 10, 3)}},
    {"bow tie",
     GEO_FENCE_ERROR_SELF_INTERSECTION,
     false,
     1,
     {{4, {{0, 0}, {10, 10}, {10, 0}, {0, 8}}}}},
    {"spike",
     GEO_FENCE_ERROR_SELF_INTERSECTION,
     false,
     1,
     {{5, {{0, 0}, {10, 0}, {10, 10}, {20, 20}, {10, 10}}}}},
    {"ring touching itself",
     GEO_FENCE_ERROR_SELF_INTERSECTION,
     false,
     1,
     {{6, {{0, 0}, {10, 0}, {5, 5}, {10, 10}, {0, 10}, {5, 5}}}}},
    {"hole that crosses the outer ring",
     GEO_FENCE_ERROR_SELF_INTERSECTION,
     false,
     2,
     {SQUARE(0, 0, 10), SQUARE(8, 4, 4)}},
    {"hole as large as the outer ring",
     GEO_FENCE_ERROR_SELF_INTERSECTION,
     false,
     2,
     {SQUARE(0, 0, 10), SQUARE(0, 0, 10)}},
    {"hole beside the outer ring",
     GEO_FENCE_ERROR_HOLE_OUTSIDE,
     false,
     2,
     {SQUARE(0, 0, 10), SQUARE(20, 0, 4)}},
    {"hole around the outer ring",
     GEO_FENCE_ERROR_HOLE_OUTSIDE,
     false,
     2,
     {SQUARE(2, 2, 4), SQUARE(0, 0, 10)}},
    {"hole in a hole",
     GEO_FENCE_ERROR_HOLES_NESTED,
     false,
     3,
     {SQUARE(0, 0, 10), SQUARE(1, 1, 6), SQUARE(2, 2, 2)}},
    {"holes that cut off a corner",
     GEO_FENCE_ERROR_DISCONNECTED,
     false,
     2,
     {SQUARE(0, 0, 10), {4, {{0, 0}, {6, 4}, {10, 10}, {4, 6}}}}},
    {"overlapping squares",
     GEO_FENCE_ERROR_POLYGONS_OVERLAP,
     true,
     2,
     {SQUARE(0, 0, 10), SQUARE(5, 5, 10)}},
    {"square in a square",
     GEO_FENCE_ERROR_POLYGONS_OVERLAP,
     true,
     2,
     {SQUARE(0, 0, 10), SQUARE(2, 2, 3)}},
    {"squares sharing an edge",
     GEO_FENCE_ERROR_POLYGONS_OVERLAP,
     true,
     2,
     {SQUARE(0, 0, 10), SQUARE(10, 0, 10)}},
    {"figure of eight of equal lobes",
     GEO_FENCE_ERROR_SELF_INTERSECTION,
     false,
     1,
     {{4, {{0, 0}, {10, 10}, {10, 0}, {0, 10}}}}},
    {"line there and back",
     GEO_FENCE_ERROR_SELF_INTERSECTION,
     false,
     1,
     {{4, {{0, 0}, {0, 5}, {0, 10}, {0, 5}}}}},
    {"hole of 0.3 m", GEO_FENCE_ERROR_TOO_SMALL, false, 2, {SQUARE(0, 0, 10), SQUARE(2, 2, 0.003)}},
    {"two points", GEO_FENCE_ERROR_TOO_FEW_POINTS, false, 1, {{2, {{0, 0}, {10, 0}}}}},
    {"closed line", GEO_FENCE_ERROR_TOO_FEW_POINTS, false, 1, {{3, {{0, 0}, {10, 0}, {0, 0}}}}},
    {"two points, one twice",
     GEO_FENCE_ERROR_TOO_FEW_POINTS,
     false,
     1,
     {{3, {{0, 0}, {0, 0}, {10, 0}}}}},
    {"one point four times",
     GEO_FENCE_ERROR_TOO_FEW_POINTS,
     false,
     1,
     {{4, {{1, 1}, {1, 1}, {1, 1}, {1, 1}}}}},
    {"hole of two points",
     GEO_FENCE_ERROR_TOO_FEW_POINTS,
     false,
     2,
     {SQUARE(0, 0, 10), {2, {{2, 2}, {3, 3}}}}},
    {"no ring", GEO_FENCE_ERROR_EMPTY, false, 0, {{0, {{0, 0}}}}},
    {"second polygon without a point",
     GEO_FENCE_ERROR_TOO_FEW_POINTS,
     true,
     2,
     {SQUARE(0, 0, 10), {0, {{0, 0}}}}},
    {"off the map", GEO_FENCE_ERROR_POINT_INVALID, false, 1, {{3, {{0, 0}, {60000, 0}, {0, 10}}}}},
    {"over 200 km",
     GEO_FENCE_ERROR_TOO_LARGE,
     false,
     1,
     {{4, {{0, 0}, {4000, 0}, {4000, 3000}, {0, 3000}}}}},
};

static void make_drawing(const struct drawing *drawing,
                         struct geo_point points[][DRAWING_POINTS_MAX], struct geo_ring *rings)
{
    for (size_t i = 0; i < drawing->ring_count; i++) {
        const struct drawn_ring *drawn = &drawing->rings[i];

        for (size_t j = 0; j < drawn->point_count; j++)
            points[i][j] = (struct geo_point){
                DRAWING_ORIGIN.lat_deg + drawn->points[j][1] * DRAWING_UNIT_DEG,
                DRAWING_ORIGIN.lon_deg + drawn->points[j][0] * DRAWING_UNIT_DEG,
            };
        rings[i] = (struct geo_ring){points[i], drawn->point_count};
    }
}

static int draw(const struct drawing *drawing, struct geo_fence **ret_fence)
{
    struct geo_point points[DRAWING_RINGS_MAX][DRAWING_POINTS_MAX];
    struct geo_ring rings[DRAWING_RINGS_MAX];
    struct geo_polygon together = {rings, drawing->ring_count};
    struct geo_polygon separate[DRAWING_RINGS_MAX];

    make_drawing(drawing, points, rings);
    if (!drawing->separate)
        return geo_fence_new_polygons(&together, 1, ret_fence);
    for (size_t i = 0; i < drawing->ring_count; i++)
        separate[i] = (struct geo_polygon){&rings[i], 1};
    return geo_fence_new_polygons(separate, drawing->ring_count, ret_fence);
}

static void test_fence_refusal__names_what_is_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(drawings); i++) {
        struct geo_fence *fence = NULL;
        int result = draw(&drawings[i], &fence);

        if (result != -(int)drawings[i].error)
            fail_msg("%s: %s", drawings[i].name, geo_fence_error_describe(result));
        assert_true((result == 0) == (fence != NULL));
        geo_fence_free(fence);
    }
}

static void test_fence_refusal__polygon_without_rings(void **state)
{
    static const struct geo_point points[] = {{31, 121}, {31, 121.1}, {31.1, 121}};
    static const struct geo_ring ring = {points, 3};
    static const struct geo_polygon polygons[] = {{&ring, 1}, {NULL, 0}};
    struct geo_fence *fence = NULL;

    (void)state;
    assert_int_equal(geo_fence_new_polygons(NULL, 0, &fence), -GEO_FENCE_ERROR_EMPTY);
    assert_int_equal(geo_fence_new_polygons(polygons, 2, &fence), -GEO_FENCE_ERROR_EMPTY);
    assert_null(fence);
}

static void test_fence_refusal__cut_at_the_antimeridian(void **state)
{
    static const struct geo_point west[] = {{-17, 179.9}, {-17, 180}, {-16.9, 180}, {-16.9, 179.9}};
    static const struct geo_point east[] = {
        {-17, -180}, {-17, -179.9}, {-16.9, -179.9}, {-16.9, -180}};
    static const struct geo_ring rings[] = {{west, 4}, {east, 4}};
    static const struct geo_polygon polygons[] = {{&rings[0], 1}, {&rings[1], 1}};
    struct geo_fence *fence = NULL;

    (void)state;
    assert_int_equal(geo_fence_new_polygons(polygons, 2, &fence),
                     -GEO_FENCE_ERROR_POLYGONS_OVERLAP);
}

static int new_polygon_of_many(size_t point_count, bool closed, struct geo_fence **ret_fence)
{
    static struct geo_point points[GEO_FENCE_POINTS_MAX + 2];
    struct geo_ring ring = {points, point_count + closed};
    struct geo_polygon polygon = {&ring, 1};

    for (size_t i = 0; i < point_count; i++) {
        double angle = 2 * M_PI * (double)i / (double)point_count;

        points[i] = (struct geo_point){45 + 0.01 * sin(angle), 10 + 0.01 * cos(angle)};
    }
    points[point_count] = points[0];
    return geo_fence_new_polygons(&polygon, 1, ret_fence);
}

static void test_fence_refusal__points_have_a_ceiling(void **state)
{
    struct geo_fence *fence = NULL;

    (void)state;
    assert_int_equal(new_polygon_of_many(GEO_FENCE_POINTS_MAX + 1, false, &fence),
                     -GEO_FENCE_ERROR_TOO_MANY_POINTS);
    assert_null(fence);
    assert_int_equal(new_polygon_of_many(GEO_FENCE_POINTS_MAX, false, &fence), 0);
    geo_fence_free(fence);
    assert_int_equal(new_polygon_of_many(GEO_FENCE_POINTS_MAX, true, &fence), 0);
    geo_fence_free(fence);
}

static void test_fence_refusal__claimed_size_is_not_allocated(void **state)
{
    struct geo_point point = {0, 0};
    struct geo_ring rings[] = {{&point, SIZE_MAX}, {&point, SIZE_MAX}};
    struct geo_polygon polygon = {rings, 2};
    struct geo_fence *fence = NULL;

    (void)state;
    assert_int_equal(geo_fence_new_polygons(&polygon, 1, &fence), -GEO_FENCE_ERROR_TOO_MANY_POINTS);
}

static void test_fence_refusal__circle_needs_a_sound_centre_and_radius(void **state)
{
    const double radii_m[] = {0, -1, GEO_FENCE_RADIUS_MAX_M * 1.0001, NAN, INFINITY};
    struct geo_fence *fence = NULL;

    (void)state;
    for (size_t i = 0; i < COUNT(radii_m); i++)
        assert_int_equal(geo_fence_new_circle(DRAWING_ORIGIN, radii_m[i], &fence),
                         -GEO_FENCE_ERROR_RADIUS_INVALID);
    assert_int_equal(geo_fence_new_circle((struct geo_point){0, 181}, 10, &fence),
                     -GEO_FENCE_ERROR_POINT_INVALID);
    assert_null(fence);
}

static void test_fence_refusal__every_error_has_its_own_sentence(void **state)
{
    (void)state;
    for (int error = GEO_FENCE_ERROR_NO_MEMORY; error <= GEO_FENCE_ERROR_OTHER; error++) {
        const char *sentence = geo_fence_error_describe(-error);

        assert_non_null(sentence);
        assert_string_equal(sentence, geo_fence_error_describe(error));
        for (int other = GEO_FENCE_ERROR_NO_MEMORY; other < error; other++)
            assert_string_not_equal(sentence, geo_fence_error_describe(other));
    }
    assert_non_null(geo_fence_error_describe(INT32_MIN));
    assert_non_null(geo_fence_error_describe(INT32_MAX));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fence_refusal__names_what_is_wrong),
        cmocka_unit_test(test_fence_refusal__polygon_without_rings),
        cmocka_unit_test(test_fence_refusal__cut_at_the_antimeridian),
        cmocka_unit_test(test_fence_refusal__points_have_a_ceiling),
        cmocka_unit_test(test_fence_refusal__claimed_size_is_not_allocated),
        cmocka_unit_test(test_fence_refusal__circle_needs_a_sound_centre_and_radius),
        cmocka_unit_test(test_fence_refusal__every_error_has_its_own_sentence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
