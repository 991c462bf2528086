#include "checks.h"

#include "evidence/scan.h"

#include <string.h>

static struct bench bench;

static void judge(const struct evidence_scan *scan)
{
    bench_clear(&bench);
    evidence_scan_judge(scan, &bench.findings);
}

static void test_right_part__says_nothing(void **state)
{
    (void)state;
    judge(&(struct evidence_scan){.symbology = "ean_13", .value = "4006381333931"});
    assert_int_equal(bench.findings.count, 0);
}

static void test_wrong_check_digit__names_the_right_one(void **state)
{
    const struct evidence_finding *finding = NULL;

    (void)state;
    judge(&(struct evidence_scan){.symbology = "ean_13", .value = "4006381333930"});
    finding = check_stated(&bench, EVIDENCE_SCAN_CHECK_DIGIT_WRONG);
    assert_number(check_number(finding, "found_digit"), 0);
    assert_number(check_number(finding, "expected_digit"), 1);
    check_text(finding, "value", "4006381333930");
    check_text(finding, "symbology", "ean_13");
    check_sentence(finding, EVIDENCE_ENGLISH,
                   "The check digit of 4006381333930 (EAN-13) is 0 and should be 1: a digit was "
                   "misread or mistyped; scan it again.");
    check_sentence(
        finding, EVIDENCE_CHINESE,
        "条码 4006381333930（EAN-13）的校验位是 0，应为 1：有数字读错或输错，请重新扫描。");
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_NEEDS_REVIEW);
}

static void test_malformed__is_not_a_wrong_digit(void **state)
{
    (void)state;
    judge(&(struct evidence_scan){.symbology = "ean_8", .value = "123"});
    (void)check_stated(&bench, EVIDENCE_SCAN_MALFORMED);
    check_silent(&bench, EVIDENCE_SCAN_CHECK_DIGIT_WRONG);
}

static void test_asset_of_the_site__is_accepted(void **state)
{
    (void)state;
    judge(&(struct evidence_scan){.symbology = "code_128",
                                  .value = "FP-0012",
                                  .match = EVIDENCE_ASSET_AT_SITE,
                                  .asset = "Chiller 2"});
    check_sentence(check_stated(&bench, EVIDENCE_SCAN_ASSET_MATCHED), EVIDENCE_ENGLISH,
                   "The scan FP-0012 is an asset of this site: Chiller 2.");
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_ACCEPTED);
}

static void test_unknown_asset__needs_review(void **state)
{
    (void)state;
    judge(&(struct evidence_scan){
        .symbology = "qr_code", .value = "FP-9999", .match = EVIDENCE_ASSET_UNKNOWN});
    check_text(check_stated(&bench, EVIDENCE_SCAN_ASSET_UNKNOWN), "value", "FP-9999");
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_NEEDS_REVIEW);
}

static void test_asset_of_another_site__names_both(void **state)
{
    const struct evidence_finding *finding = NULL;

    (void)state;
    judge(&(struct evidence_scan){.symbology = "qr_code",
                                  .value = "FP-0012",
                                  .match = EVIDENCE_ASSET_AT_OTHER_SITE,
                                  .asset = "2 号冷水机组",
                                  .asset_site = "浦东仓库"});
    finding = check_stated(&bench, EVIDENCE_SCAN_ASSET_OTHER_SITE);
    check_sentence(finding, EVIDENCE_CHINESE,
                   "扫码 FP-0012（2 "
                   "号冷水机组）登记在其他站点：浦东仓库；请核对标签，或申请把该资产转到本站点。");
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_NEEDS_REVIEW);
}

static void test_value_of_any_length_and_bytes__is_carried_as_text(void **state)
{
    char value[5000];

    (void)state;
    memset(value, 'x', sizeof(value) - 1);
    value[sizeof(value) - 1] = '\0';
    judge(&(struct evidence_scan){
        .symbology = "code_128", .value = value, .match = EVIDENCE_ASSET_UNKNOWN});
    check_findings(&bench);
    judge(&(struct evidence_scan){
        .symbology = "code_128", .value = "a\x1D\xFF b", .match = EVIDENCE_ASSET_UNKNOWN});
    check_text(check_stated(&bench, EVIDENCE_SCAN_ASSET_UNKNOWN), "value", "a�� b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_right_part__says_nothing),
        cmocka_unit_test(test_wrong_check_digit__names_the_right_one),
        cmocka_unit_test(test_malformed__is_not_a_wrong_digit),
        cmocka_unit_test(test_asset_of_the_site__is_accepted),
        cmocka_unit_test(test_unknown_asset__needs_review),
        cmocka_unit_test(test_asset_of_another_site__names_both),
        cmocka_unit_test(test_value_of_any_length_and_bytes__is_carried_as_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
