#include "checks.h"

#include "evidence/clock.h"

#define NOON    INT64_C(1795262400000) /* 2026-11-21T12:00:00Z */
#define SECOND  INT64_C(1000)
#define HOUR    (3600 * SECOND)
#define SKEW_MS (300 * SECOND)

static struct bench bench;

/* Times relative to `received`. */
static void judge(int64_t captured_ms, int64_t sent_ms)
{
    bench_clear(&bench);
    evidence_clock_judge(&(struct evidence_clock){.captured_at_ms = NOON + captured_ms,
                                                  .has_sent_at = true,
                                                  .sent_at_ms = NOON + sent_ms,
                                                  .received_at_ms = NOON},
                         &bench.policy, &bench.findings);
}

static void judge_without_sent(int64_t captured_ms)
{
    bench_clear(&bench);
    evidence_clock_judge(&(struct evidence_clock){.captured_at_ms = NOON + captured_ms,
                                                  .sent_at_ms = NOON + 999 * HOUR,
                                                  .received_at_ms = NOON},
                         &bench.policy, &bench.findings);
}

static void test_right_clock__says_nothing(void **state)
{
    (void)state;
    judge(-30 * SECOND, -2 * SECOND);
    assert_int_equal(bench.findings.count, 0);
}

static void test_skew__is_stated_beyond_the_tolerance_both_ways(void **state)
{
    (void)state;
    judge(SKEW_MS, SKEW_MS);
    assert_int_equal(bench.findings.count, 0);
    judge(-SKEW_MS, -SKEW_MS);
    assert_int_equal(bench.findings.count, 0);

    judge(0, SKEW_MS + 1);
    assert_number(check_number(check_stated(&bench, EVIDENCE_CLOCK_SKEW), "skew_ms"), SKEW_MS + 1);
    assert_number(check_number(check_stated(&bench, EVIDENCE_CLOCK_SKEW), "limit_ms"), SKEW_MS);
    judge(-SKEW_MS - 1, -SKEW_MS - 1);
    assert_number(check_number(check_stated(&bench, EVIDENCE_CLOCK_SKEW), "skew_ms"), -SKEW_MS - 1);
}

static void test_skew__reads_which_way(void **state)
{
    (void)state;
    judge(-40 * 60 * SECOND, -40 * 60 * SECOND);
    check_sentence(
        check_stated(&bench, EVIDENCE_CLOCK_SKEW), EVIDENCE_ENGLISH,
        "The phone's clock is 40 min behind the server's (tolerance 5 min); set the phone "
        "to automatic time.");
    judge(2 * HOUR, 2 * HOUR);
    check_sentence(check_stated(&bench, EVIDENCE_CLOCK_SKEW), EVIDENCE_CHINESE,
                   "手机时钟比服务器快 2 小时（允许 5 分钟），请将手机设为自动校时。");
}

static void test_future__is_stated_beyond_the_tolerance(void **state)
{
    (void)state;
    judge_without_sent(SKEW_MS);
    assert_int_equal(bench.findings.count, 0);
    judge_without_sent(SKEW_MS + 1);
    assert_number(check_number(check_stated(&bench, EVIDENCE_CAPTURED_IN_FUTURE), "ahead_ms"),
                  SKEW_MS + 1);
    assert_int_equal(bench.findings.count, 1);
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_NEEDS_REVIEW);
}

/* One cause, one finding that counts. */
static void test_future__is_explained_by_a_clock_that_is_ahead(void **state)
{
    (void)state;
    judge(HOUR, HOUR + 10 * SECOND);
    assert_true(check_stated(&bench, EVIDENCE_CAPTURED_IN_FUTURE)->explained);
    assert_false(check_stated(&bench, EVIDENCE_CLOCK_SKEW)->explained);
    check_silent(&bench, EVIDENCE_CAPTURED_AFTER_SENT);

    judge(SKEW_MS + 100 * SECOND, SKEW_MS - 50 * SECOND);
    assert_false(check_stated(&bench, EVIDENCE_CAPTURED_IN_FUTURE)->explained);
    assert_int_equal(bench.findings.count, 1);

    judge(3 * HOUR, HOUR);
    assert_false(check_stated(&bench, EVIDENCE_CAPTURED_IN_FUTURE)->explained);
    (void)check_stated(&bench, EVIDENCE_CAPTURED_AFTER_SENT);
}

static void test_captured_after_sent__is_judged_by_the_phones_clock_alone(void **state)
{
    (void)state;
    judge(-HOUR + SKEW_MS, -HOUR);
    check_silent(&bench, EVIDENCE_CAPTURED_AFTER_SENT);
    judge(-HOUR + SKEW_MS + 1, -HOUR);
    assert_number(check_number(check_stated(&bench, EVIDENCE_CAPTURED_AFTER_SENT), "after_ms"),
                  SKEW_MS + 1);
    judge_without_sent(HOUR);
    check_silent(&bench, EVIDENCE_CAPTURED_AFTER_SENT);
}

static void test_offline_day__is_noted_and_accepted(void **state)
{
    (void)state;
    judge(-12 * HOUR, 0);
    assert_int_equal(bench.findings.count, 0);
    judge(-12 * HOUR - 1, 0);
    assert_number(check_number(check_stated(&bench, EVIDENCE_SENT_LATE), "delay_ms"),
                  12 * HOUR + 1);
    assert_number(check_number(check_stated(&bench, EVIDENCE_SENT_LATE), "limit_ms"), 12 * HOUR);
    assert_int_equal(evidence_verdict_of(&bench.findings, &bench.policy), EVIDENCE_ACCEPTED);
    judge_without_sent(-13 * HOUR);
    (void)check_stated(&bench, EVIDENCE_SENT_LATE);
    /* The wait is the phone's own, so a wrong clock does not make it longer. */
    judge(-13 * HOUR, -13 * HOUR);
    check_silent(&bench, EVIDENCE_SENT_LATE);
}

static void test_extreme_times__are_defined(void **state)
{
    static const int64_t times[] = {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};

    (void)state;
    for (size_t i = 0; i < 7 * 7 * 7; i++) {
        bench_clear(&bench);
        evidence_clock_judge(&(struct evidence_clock){.captured_at_ms = times[i % 7],
                                                      .has_sent_at = true,
                                                      .sent_at_ms = times[i / 7 % 7],
                                                      .received_at_ms = times[i / 49]},
                             &bench.policy, &bench.findings);
        check_findings(&bench);
    }
    bench_clear(&bench);
    evidence_clock_judge(&(struct evidence_clock){INT64_MAX, true, INT64_MAX, INT64_MIN},
                         &bench.policy, &bench.findings);
    (void)check_stated(&bench, EVIDENCE_CLOCK_SKEW);
    assert_int_equal(evidence_elapsed_ms(INT64_MIN, INT64_MAX), INT64_MAX);
    assert_int_equal(evidence_elapsed_ms(INT64_MAX, INT64_MIN), INT64_MIN);
    assert_int_equal(evidence_elapsed_ms(-2, 3), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_right_clock__says_nothing),
        cmocka_unit_test(test_skew__is_stated_beyond_the_tolerance_both_ways),
        cmocka_unit_test(test_skew__reads_which_way),
        cmocka_unit_test(test_future__is_stated_beyond_the_tolerance),
        cmocka_unit_test(test_future__is_explained_by_a_clock_that_is_ahead),
        cmocka_unit_test(test_captured_after_sent__is_judged_by_the_phones_clock_alone),
        cmocka_unit_test(test_offline_day__is_noted_and_accepted),
        cmocka_unit_test(test_extreme_times__are_defined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
