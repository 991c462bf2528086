#include "checks.h"

#include <math.h>
#include <string.h>

static struct bench bench;

static void test_thresholds__cover_every_double_of_the_policy_once(void **state)
{
    size_t doubles = offsetof(struct evidence_policy, effects) / sizeof(double);
    bool seen[EVIDENCE_THRESHOLD_COUNT] = {false};

    (void)state;
    assert_int_equal(doubles, EVIDENCE_THRESHOLD_COUNT);
    for (size_t i = 0; i < EVIDENCE_THRESHOLD_COUNT; i++) {
        size_t field = evidence_thresholds[i].offset / sizeof(double);

        assert_int_equal(evidence_thresholds[i].offset % sizeof(double), 0);
        assert_true(field < doubles);
        assert_false(seen[field]);
        seen[field] = true;
    }
}

static void test_thresholds__are_within_their_own_range_and_named_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < EVIDENCE_THRESHOLD_COUNT; i++) {
        const struct evidence_threshold *threshold = &evidence_thresholds[i];

        assert_true(threshold->min <= threshold->standard && threshold->standard <= threshold->max);
        assert_ptr_equal(evidence_threshold_named(threshold->name), threshold);
        assert_true(strlen(threshold->title[EVIDENCE_ENGLISH]) > 0);
        assert_true(strlen(threshold->title[EVIDENCE_CHINESE]) > 0);
    }
    assert_null(evidence_threshold_named(""));
    assert_null(evidence_threshold_named("low_accuracy"));
}

static void test_set__takes_the_range_with_both_ends_and_nothing_else(void **state)
{
    const struct evidence_threshold *threshold = evidence_threshold_named("low_accuracy_m");

    (void)state;
    bench_clear(&bench);
    assert_int_equal(evidence_policy_set(&bench.policy, threshold, threshold->min), 0);
    assert_true(bench.policy.low_accuracy_m == threshold->min);
    assert_int_equal(evidence_policy_set(&bench.policy, threshold, threshold->max), 0);
    assert_true(evidence_policy_get(&bench.policy, threshold) == threshold->max);
    assert_int_equal(evidence_policy_set(&bench.policy, threshold, nextafter(threshold->min, 0)),
                     -1);
    assert_int_equal(
        evidence_policy_set(&bench.policy, threshold, nextafter(threshold->max, INFINITY)), -1);
    assert_int_equal(evidence_policy_set(&bench.policy, threshold, NAN), -1);
    assert_int_equal(evidence_policy_set(&bench.policy, threshold, INFINITY), -1);
    assert_true(bench.policy.low_accuracy_m == threshold->max);
}

static void test_default__is_what_the_tables_say(void **state)
{
    (void)state;
    bench_clear(&bench);
    for (size_t i = 0; i < EVIDENCE_THRESHOLD_COUNT; i++)
        assert_true(evidence_policy_get(&bench.policy, &evidence_thresholds[i]) ==
                    evidence_thresholds[i].standard);
    for (size_t i = 0; i < EVIDENCE_CODE_COUNT; i++)
        assert_int_equal(bench.policy.effects[i], evidence_codes[i].effect);
    assert_true(bench.policy.unusable_accuracy_m > bench.policy.low_accuracy_m);
    assert_true(bench.policy.flight_speed_limit_mps > bench.policy.speed_limit_mps);
}

static void test_verdict__is_the_worst_effect(void **state)
{
    (void)state;
    bench_clear(&bench);
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_ACCEPTED);
    (void)evidence_findings_add(&bench.findings, EVIDENCE_PHOTO_REUSED);
    (void)evidence_findings_add(&bench.findings, EVIDENCE_STALE_FIX);
    (void)evidence_findings_add(&bench.findings, EVIDENCE_GEOFENCE_INSIDE);
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_REJECTED);
    bench.policy.effects[EVIDENCE_PHOTO_REUSED] = EVIDENCE_ACCEPTED;
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_NEEDS_REVIEW);
    bench.policy.effects[EVIDENCE_STALE_FIX] = EVIDENCE_ACCEPTED;
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_ACCEPTED);
    bench.policy.effects[EVIDENCE_GEOFENCE_INSIDE] = EVIDENCE_REJECTED;
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_REJECTED);
}

static void test_verdict__passes_over_what_is_explained(void **state)
{
    struct evidence_finding *finding = NULL;

    (void)state;
    bench_clear(&bench);
    finding = evidence_findings_add(&bench.findings, EVIDENCE_PHOTO_REUSED);
    evidence_finding_explain(finding);
    assert_int_equal(finding->severity, EVIDENCE_INFO);
    assert_int_equal(evidence_effect_of(finding, &bench.policy), EVIDENCE_ACCEPTED);
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_ACCEPTED);
}

static void test_verdict__of_a_list_that_overflowed_is_never_accepted(void **state)
{
    (void)state;
    bench_clear(&bench);
    for (size_t i = 0; i < EVIDENCE_FINDINGS_MAX; i++)
        assert_non_null(evidence_findings_add(&bench.findings, EVIDENCE_GEOFENCE_INSIDE));
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_ACCEPTED);
    assert_null(evidence_findings_add(&bench.findings, EVIDENCE_GEOFENCE_INSIDE));
    assert_int_equal(bench.findings.dropped_count, 1);
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_NEEDS_REVIEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_thresholds__cover_every_double_of_the_policy_once),
        cmocka_unit_test(test_thresholds__are_within_their_own_range_and_named_once),
        cmocka_unit_test(test_set__takes_the_range_with_both_ends_and_nothing_else),
        cmocka_unit_test(test_default__is_what_the_tables_say),
        cmocka_unit_test(test_verdict__is_the_worst_effect),
        cmocka_unit_test(test_verdict__passes_over_what_is_explained),
        cmocka_unit_test(test_verdict__of_a_list_that_overflowed_is_never_accepted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
