#include "checks.h"

#include "evidence/visit.h"

#include <math.h>
#include <string.h>

#define MORNING INT64_C(1795251600000)
#define MINUTE  INT64_C(60000)

static struct bench bench;

static void judge(const struct evidence_visit *visit)
{
    bench_clear(&bench);
    evidence_visit_judge(visit, &bench.policy, &bench.findings);
    check_findings(&bench);
}

static struct evidence_visit visit_of(int64_t length_ms)
{
    return (struct evidence_visit){.has_arrival = true,
                                   .arrived_at_ms = MORNING,
                                   .has_departure = true,
                                   .departed_at_ms = MORNING + length_ms};
}

static void test_whole_visit__says_nothing(void **state)
{
    struct evidence_visit visit = visit_of(45 * MINUTE);

    (void)state;
    judge(&visit);
    assert_int_equal(bench.findings.count, 0);
}

static void test_length__is_judged_by_the_policy(void **state)
{
    struct evidence_visit visit = visit_of(3 * MINUTE);
    const struct evidence_finding *finding = NULL;

    (void)state;
    judge(&visit);
    assert_int_equal(bench.findings.count, 0);
    visit.departed_at_ms--;
    judge(&visit);
    finding = check_stated(&bench, EVIDENCE_TIME_ON_SITE_SHORT);
    assert_number(check_number(finding, "length_ms"), 3 * MINUTE - 1);
    assert_number(check_number(finding, "limit_ms"), 3 * MINUTE);
    check_sentence(finding, EVIDENCE_ENGLISH,
                   "The visit lasted 2 min 59.999 s, less than the expected 3 min.");
}

static void test_length__is_judged_by_the_site_when_it_has_a_limit(void **state)
{
    struct evidence_visit visit = visit_of(10 * MINUTE);

    (void)state;
    visit.least_time_on_site_s = 600;
    judge(&visit);
    assert_int_equal(bench.findings.count, 0);
    visit.least_time_on_site_s = 601;
    judge(&visit);
    (void)check_stated(&bench, EVIDENCE_TIME_ON_SITE_SHORT);
    visit.least_time_on_site_s = NAN;
    judge(&visit);
    assert_int_equal(bench.findings.count, 0);
}

static void test_departure_before_arrival__is_no_short_visit(void **state)
{
    struct evidence_visit visit = visit_of(0);

    (void)state;
    judge(&visit);
    (void)check_stated(&bench, EVIDENCE_TIME_ON_SITE_SHORT);
    visit.departed_at_ms--;
    judge(&visit);
    check_silent(&bench, EVIDENCE_TIME_ON_SITE_SHORT);
    assert_number(
        check_number(check_stated(&bench, EVIDENCE_DEPARTURE_BEFORE_ARRIVAL), "before_ms"), 1);
}

static void test_missing_ends__are_told_apart(void **state)
{
    (void)state;
    judge(&(struct evidence_visit){.has_departure = true, .departed_at_ms = MORNING});
    (void)check_stated(&bench, EVIDENCE_DEPARTURE_WITHOUT_ARRIVAL);
    assert_int_equal(bench.findings.count, 1);
    judge(&(struct evidence_visit){0});
    (void)check_stated(&bench, EVIDENCE_ARRIVAL_MISSING);
    assert_int_equal(bench.findings.count, 1);
    judge(&(struct evidence_visit){.has_arrival = true, .arrived_at_ms = MORNING});
    assert_int_equal(bench.findings.count, 0);
}

static void test_signed_evidence__that_never_came_is_counted(void **state)
{
    struct evidence_visit visit = visit_of(45 * MINUTE);
    const struct evidence_finding *finding = NULL;

    (void)state;
    visit.signed_missing_count = 3;
    judge(&visit);
    finding = check_stated(&bench, EVIDENCE_SIGNED_EVIDENCE_MISSING);
    assert_number(check_number(finding, "missing_count"), 3);
    assert_int_equal(bench.findings.count, 1);
    visit.signed_missing_count = 0;
    judge(&visit);
    assert_int_equal(bench.findings.count, 0);
}

static void test_checklist__names_what_is_missing(void **state)
{
    static const struct evidence_checklist_item items[] = {
        {"铭牌照片", true, false},
        {"更换前照片", true, true},
        {"客户意见", false, false},
        {"扫描 2 号机组", true, false},
    };
    struct evidence_visit visit = visit_of(45 * MINUTE);
    const struct evidence_finding *finding = NULL;

    (void)state;
    visit.items = items;
    visit.item_count = 4;
    judge(&visit);
    finding = check_stated(&bench, EVIDENCE_CHECKLIST_INCOMPLETE);
    assert_number(check_number(finding, "missing_count"), 2);
    assert_number(check_number(finding, "required_count"), 3);
    check_text(finding, "missing_labels", "铭牌照片\n扫描 2 号机组");
    check_sentence(finding, EVIDENCE_CHINESE,
                   "必备凭证共 3 项，缺 2 项：铭牌照片、扫描 2 号机组。");
    check_sentence(finding, EVIDENCE_ENGLISH,
                   "Required evidence is missing, 2 of 3: 铭牌照片, 扫描 2 号机组.");
}

static void test_checklist__is_not_held_against_an_open_or_complete_visit(void **state)
{
    static const struct evidence_checklist_item missing[] = {{"after", true, false}};
    static const struct evidence_checklist_item done[] = {{"after", true, true},
                                                          {"damage", false, false}};
    struct evidence_visit visit = visit_of(45 * MINUTE);

    (void)state;
    visit.items = done;
    visit.item_count = 2;
    judge(&visit);
    assert_int_equal(bench.findings.count, 0);
    visit.items = missing;
    visit.item_count = 1;
    visit.has_departure = false;
    judge(&visit);
    assert_int_equal(bench.findings.count, 0);
}

static void test_checklist__keeps_whole_labels_when_there_are_too_many(void **state)
{
    struct evidence_checklist_item items[60];
    struct evidence_visit visit = visit_of(45 * MINUTE);
    const struct evidence_finding *finding = NULL;
    const char *text = NULL;

    (void)state;
    for (size_t i = 0; i < 60; i++)
        items[i] = (struct evidence_checklist_item){"十个字的检查项目名称", true, false};
    visit.items = items;
    visit.item_count = 60;
    judge(&visit);
    finding = check_stated(&bench, EVIDENCE_CHECKLIST_INCOMPLETE);
    assert_number(check_number(finding, "missing_count"), 60);
    text = evidence_finding_text(finding, evidence_finding_get(finding, "missing_labels"));
    assert_string_equal(text + strlen(text) - strlen("名称\n…"), "名称\n…");
}

static void test_checklist__cuts_one_label_that_is_too_long(void **state)
{
    char label[2000];
    struct evidence_checklist_item item = {label, true, false};
    struct evidence_visit visit = visit_of(45 * MINUTE);
    const struct evidence_finding *finding = NULL;
    const char *text = NULL;

    (void)state;
    memset(label, 'x', sizeof(label) - 1);
    label[sizeof(label) - 1] = '\0';
    visit.items = &item;
    visit.item_count = 1;
    judge(&visit);
    finding = check_stated(&bench, EVIDENCE_CHECKLIST_INCOMPLETE);
    text = evidence_finding_text(finding, evidence_finding_get(finding, "missing_labels"));
    assert_string_equal(text + strlen(text) - strlen("xx…"), "xx…");
}

static void test_extreme_times__are_defined(void **state)
{
    struct evidence_visit visit = {true,      INT64_MIN,     true,
                                   INT64_MAX, .items = NULL, .item_count = 0};

    (void)state;
    judge(&visit);
    assert_int_equal(bench.findings.count, 0);
    visit.arrived_at_ms = INT64_MAX;
    visit.departed_at_ms = INT64_MIN;
    judge(&visit);
    (void)check_stated(&bench, EVIDENCE_DEPARTURE_BEFORE_ARRIVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_visit__says_nothing),
        cmocka_unit_test(test_length__is_judged_by_the_policy),
        cmocka_unit_test(test_length__is_judged_by_the_site_when_it_has_a_limit),
        cmocka_unit_test(test_departure_before_arrival__is_no_short_visit),
        cmocka_unit_test(test_missing_ends__are_told_apart),
        cmocka_unit_test(test_signed_evidence__that_never_came_is_counted),
        cmocka_unit_test(test_checklist__names_what_is_missing),
        cmocka_unit_test(test_checklist__is_not_held_against_an_open_or_complete_visit),
        cmocka_unit_test(test_checklist__keeps_whole_labels_when_there_are_too_many),
        cmocka_unit_test(test_checklist__cuts_one_label_that_is_too_long),
        cmocka_unit_test(test_extreme_times__are_defined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
