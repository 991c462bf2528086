#include <stdio.h>
#include <string.h>

#include "geo/datum.h"
#include "geo/distance.h"
#include "geo_test.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Published pairs, given to 9 to 14 decimals. */
static const double PUBLISHED_TOLERANCE_DEG = 1e-9;

struct pair {
    struct geo_point wgs84;
    struct geo_point shifted;
};

/* github.com/googollee/eviltransform, python/test.py, TESTS; the last from the README of
 * github.com/wandergis/coordtransform, wgs84togcj02(116.404, 39.915). */
static const struct pair gcj02_pairs[] = {
    {{31.1774276, 121.5272106}, {31.17530398364597, 121.531541859215}},
    {{22.543847, 113.912316}, {22.540796131694766, 113.9171764808363}},
    {{39.911954, 116.377817}, {39.91334545536069, 116.38404722455657}},
    {{39.915, 116.404}, {39.91640428150164, 116.41024449916938}},
};

/* wgs84togcj02 then gcj02tobd09 of coordtransform, as several ports of it publish for (116.404,
 * 39.915): 116.41662724378733, 39.922699552216216. */
static const struct pair bd09_pairs[] = {
    {{39.915, 116.404}, {39.922699552216216, 116.41662724378733}},
};

static struct geo_point from_wgs84(enum geo_datum datum, struct geo_point wgs84)
{
    struct geo_point point;

    assert_int_equal(geo_datum_from_wgs84(datum, wgs84, &point), 0);
    return point;
}

static struct geo_point to_wgs84(enum geo_datum datum, struct geo_point point)
{
    struct geo_point wgs84;

    assert_int_equal(geo_datum_to_wgs84(datum, point, &wgs84), 0);
    return wgs84;
}

static void assert_point_equal(struct geo_point actual, struct geo_point expected,
                               double tolerance_deg)
{
    assert_near(actual.lat_deg, expected.lat_deg, tolerance_deg);
    assert_near(actual.lon_deg, expected.lon_deg, tolerance_deg);
}

static void check_pairs(enum geo_datum datum, const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_point_equal(from_wgs84(datum, pairs[i].wgs84), pairs[i].shifted,
                           PUBLISHED_TOLERANCE_DEG);
        assert_point_equal(to_wgs84(datum, pairs[i].shifted), pairs[i].wgs84,
                           PUBLISHED_TOLERANCE_DEG);
    }
}

static void test_datum__matches_published_pairs(void **state)
{
    (void)state;
    check_pairs(GEO_GCJ02, gcj02_pairs, COUNT(gcj02_pairs));
    check_pairs(GEO_BD09, bd09_pairs, COUNT(bd09_pairs));
}

/* coordtransform's README: gcj02tobd09(116.404, 39.915) = 116.41036949371029, 39.92133699351021. */
/* The desk's own port is held to the same file. */
static void check_vector(const char *line)
{
    char name[8];
    struct geo_point wgs84, shifted;
    enum geo_datum datum = GEO_WGS84;

    assert_int_equal(sscanf(line, "%7s %lf %lf %lf %lf", name, &wgs84.lat_deg, &wgs84.lon_deg,
                            &shifted.lat_deg, &shifted.lon_deg),
                     5);
    assert_int_equal(geo_datum_parse(name, &datum), 0);
    assert_point_equal(from_wgs84(datum, wgs84), shifted, 1e-12);
    assert_point_equal(to_wgs84(datum, shifted), wgs84, 2e-11);
}

static void test_datum__gives_what_the_vectors_say(void **state)
{
    char line[160];
    size_t count = 0;
    FILE *file = fopen(DATUM_VECTORS, "r");

    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#')
            continue;
        check_vector(line);
        count++;
    }
    fclose(file);
    assert_int_equal(count, 50);
}

static void test_datum__bd09_is_a_shift_of_gcj02(void **state)
{
    struct geo_point wgs84 = to_wgs84(GEO_GCJ02, (struct geo_point){39.915, 116.404});

    (void)state;
    assert_point_equal(from_wgs84(GEO_BD09, wgs84),
                       (struct geo_point){39.92133699351021, 116.41036949371029},
                       PUBLISHED_TOLERANCE_DEG);
}

static void check_round_trip(enum geo_datum datum, struct geo_point wgs84)
{
    struct geo_point shifted = from_wgs84(datum, wgs84);
    struct geo_point back = to_wgs84(datum, shifted);

    assert_true(geo_distance_m(back, wgs84) < 1e-5);
    assert_point_equal(from_wgs84(datum, back), shifted, 2e-11);
}

static void test_datum__round_trips_over_the_whole_rectangle(void **state)
{
    (void)state;
    for (int i = 0; i < 120; i++) {
        for (int j = 0; j < 115; j++) {
            struct geo_point wgs84 = {0.85 + 0.4567 * i, 72.03 + 0.5678 * j};

            check_round_trip(GEO_GCJ02, wgs84);
            check_round_trip(GEO_BD09, wgs84);
            check_round_trip(GEO_WGS84, wgs84);
        }
    }
}

static void test_datum__shifts_by_hundreds_of_metres_in_china(void **state)
{
    struct geo_point beijing = {39.908823, 116.397470};
    double gcj02_m = geo_distance_m(beijing, from_wgs84(GEO_GCJ02, beijing));
    double bd09_m = geo_distance_m(beijing, from_wgs84(GEO_BD09, beijing));

    (void)state;
    assert_true(gcj02_m > 100 && gcj02_m < 700);
    assert_true(bd09_m > gcj02_m && bd09_m < 2000);
}

static void test_datum__is_the_same_outside_the_rectangle(void **state)
{
    static const struct geo_point outside[] = {
        {48.8566, 2.3522}, {-33.8568, 151.2153}, {55.82711, 100}, {0.8292, 100},
        {30, 72.0039},     {30, 137.83471},      {90, 0},         {0, -180}};

    (void)state;
    for (size_t i = 0; i < COUNT(outside); i++) {
        assert_false(geo_datum_is_shifted_at(outside[i]));
        for (int datum = GEO_WGS84; datum <= GEO_BD09; datum++) {
            assert_point_equal(from_wgs84((enum geo_datum)datum, outside[i]), outside[i], 0);
            assert_point_equal(to_wgs84((enum geo_datum)datum, outside[i]), outside[i], 0);
        }
    }
}

static void test_datum__converges_at_the_border(void **state)
{
    static const struct geo_point corners[] = {
        {0.8293, 72.004}, {0.8293, 137.8347}, {55.8271, 72.004}, {55.8271, 137.8347}};

    (void)state;
    for (size_t i = 0; i < COUNT(corners); i++) {
        assert_true(geo_datum_is_shifted_at(corners[i]));
        assert_true(geo_distance_m(to_wgs84(GEO_GCJ02, corners[i]), corners[i]) < 2000);
        assert_true(geo_distance_m(to_wgs84(GEO_BD09, corners[i]), corners[i]) < 3000);
    }
}

static void test_datum__refuses_invalid_points(void **state)
{
    struct geo_point result = {1, 2};

    (void)state;
    for (int datum = GEO_WGS84; datum <= GEO_BD09; datum++) {
        struct geo_point invalid = {91, 0};

        assert_true(geo_datum_to_wgs84((enum geo_datum)datum, invalid, &result) < 0);
        invalid = (struct geo_point){0, NAN};
        assert_true(geo_datum_from_wgs84((enum geo_datum)datum, invalid, &result) < 0);
    }
    assert_point_equal(result, (struct geo_point){1, 2}, 0);
}

static void test_datum__names_parse_back(void **state)
{
    static const char *const unknown[] = {"", "WGS84", "wgs84 ", "gcj-02", "wgs8", NULL};
    enum geo_datum parsed = GEO_BD09;

    (void)state;
    for (size_t i = 0; i < COUNT(unknown); i++)
        assert_true(geo_datum_parse(unknown[i], &parsed) < 0);
    assert_int_equal(parsed, GEO_BD09);
    for (int datum = GEO_WGS84; datum <= GEO_BD09; datum++) {
        assert_int_equal(geo_datum_parse(geo_datum_name((enum geo_datum)datum), &parsed), 0);
        assert_int_equal(parsed, datum);
    }
    assert_string_equal(geo_datum_name(GEO_GCJ02), "gcj02");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_datum__matches_published_pairs),
        cmocka_unit_test(test_datum__gives_what_the_vectors_say),
        cmocka_unit_test(test_datum__bd09_is_a_shift_of_gcj02),
        cmocka_unit_test(test_datum__round_trips_over_the_whole_rectangle),
        cmocka_unit_test(test_datum__shifts_by_hundreds_of_metres_in_china),
        cmocka_unit_test(test_datum__is_the_same_outside_the_rectangle),
        cmocka_unit_test(test_datum__converges_at_the_border),
        cmocka_unit_test(test_datum__refuses_invalid_points),
        cmocka_unit_test(test_datum__names_parse_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
