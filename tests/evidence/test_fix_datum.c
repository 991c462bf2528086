/** Positions that were measured in one datum and entered as another. */
#include "fix_case.h"

#include "geo/distance.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_fix_in_another_datum__explains_being_outside, fix_case_reset),
        cmocka_unit_test_setup(test_fix_in_another_datum__is_the_one_that_fits_best,
                               fix_case_reset),
        cmocka_unit_test_setup(test_fix_outside_in_every_datum__is_just_outside, fix_case_reset),
        cmocka_unit_test_setup(test_site_in_another_datum__explains_being_outside, fix_case_reset),
    };

    return cmocka_run_group_tests(tests, fix_case_make_fence, fix_case_free_fence);
}
