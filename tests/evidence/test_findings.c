#include "checks.h"

#include <math.h>
#include <string.h>

static struct bench bench;

static void test_full_list__counts_what_it_drops(void **state)
{
    struct evidence_finding *finding = NULL;

    (void)state;
    bench_clear(&bench);
    for (size_t i = 0; i < EVIDENCE_FINDINGS_MAX; i++)
        (void)evidence_findings_add(&bench.findings, EVIDENCE_STALE_FIX);
    finding = evidence_findings_add(&bench.findings, EVIDENCE_STALE_FIX);
    assert_null(finding);
    evidence_finding_number(finding, "age_ms", 1);
    evidence_finding_ms(finding, "age_ms", 1);
    evidence_finding_set_text(finding, "provider", "gps");
    evidence_finding_explain(finding);
    assert_int_equal(bench.findings.count, EVIDENCE_FINDINGS_MAX);
    assert_int_equal(bench.findings.dropped_count, 1);
    evidence_findings_clear(&bench.findings);
    assert_int_equal(bench.findings.dropped_count, 0);
}

static void test_numbers__that_json_cannot_carry_are_left_out(void **state)
{
    struct evidence_finding *finding = NULL;

    (void)state;
    bench_clear(&bench);
    finding = evidence_findings_add(&bench.findings, EVIDENCE_LOW_ACCURACY);
    evidence_finding_number(finding, "accuracy_m", NAN);
    evidence_finding_number(finding, "accuracy_m", -INFINITY);
    assert_int_equal(finding->number_count, 0);
    evidence_finding_number(finding, "accuracy_m", 1e308);
    assert_int_equal(finding->number_count, 1);
    assert_null(evidence_finding_get(finding, "limit_m"));
}

static void test_texts__stand_beside_each_other_and_survive_a_copy(void **state)
{
    struct evidence_finding *finding = NULL;
    struct evidence_finding copy;

    (void)state;
    bench_clear(&bench);
    finding = evidence_findings_add(&bench.findings, EVIDENCE_SCAN_ASSET_OTHER_SITE);
    evidence_finding_set_text(finding, "value", "A");
    evidence_finding_set_text(finding, "asset", NULL);
    evidence_finding_set_text(finding, "asset_site", "浦东\x01仓库\xE6\xB5");
    copy = *finding;
    memset(finding, 'x', sizeof(*finding));
    assert_int_equal(copy.number_count, 2);
    check_text(&copy, "value", "A");
    check_text(&copy, "asset_site", "浦东\uFFFD仓库\uFFFD\uFFFD");
    assert_string_equal(
        evidence_finding_text(&copy, &(struct evidence_number){.name = "n", .value = 1}), "");
}

static void test_texts__are_cut_at_a_character_and_then_left_out(void **state)
{
    struct evidence_finding *finding = NULL;
    char longest[2 * EVIDENCE_TEXT_MAX];
    size_t length = 0;

    (void)state;
    while (length + 4 < sizeof(longest)) {
        memcpy(longest + length, "\xE7\xAB\x99", 4);
        length += 3;
    }
    bench_clear(&bench);
    finding = evidence_findings_add(&bench.findings, EVIDENCE_SCAN_ASSET_OTHER_SITE);
    evidence_finding_set_text(finding, "value", longest);
    length = strlen(evidence_finding_text(finding, evidence_finding_get(finding, "value")));
    assert_int_equal(length, (EVIDENCE_TEXT_MAX - 1) / 3 * 3);
    for (int i = 0; i < 3; i++)
        evidence_finding_set_text(finding, "asset", "x");
    assert_true(finding->text_used_bytes <= EVIDENCE_TEXT_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_list__counts_what_it_drops),
        cmocka_unit_test(test_numbers__that_json_cannot_carry_are_left_out),
        cmocka_unit_test(test_texts__stand_beside_each_other_and_survive_a_copy),
        cmocka_unit_test(test_texts__are_cut_at_a_character_and_then_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
