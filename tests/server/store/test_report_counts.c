#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "server/store/report_counts.h"

#define ARENA_BYTES ((size_t)64 * 1024)

static struct report_times times_of(const char *added, const char *less)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct report_times times = {-1, -1, -1};
    assert_int_equal(report_times_add_up(arena, added, less, &times), 0);
    arena_free(arena);
    return times;
}

static void expect_times(const char *added, const char *less, int64_t visits,
                         int64_t median_minutes, int64_t p90_minutes)
{
    struct report_times times = times_of(added, less);
    assert_int_equal(times.visits, visits);
    assert_int_equal(times.median_minutes, median_minutes);
    assert_int_equal(times.p90_minutes, p90_minutes);
}

static void test_report_counts__takes_the_nearest_rank(void **state)
{
    (void)state;
    expect_times("7:1 ", NULL, 1, 7, 7);
    expect_times("7:1 8:1 ", NULL, 2, 7, 8);
    expect_times("1:1 2:1 3:1 4:1 5:1 6:1 7:1 8:1 9:1 10:1 ", NULL, 10, 5, 9);
    expect_times("1:1 2:1 3:1 4:1 5:1 6:1 7:1 8:1 9:1 10:1 11:1 ", NULL, 11, 6, 10);
    expect_times("0:3 ", NULL, 3, 0, 0);
}

static void test_report_counts__adds_equal_times_whatever_their_order(void **state)
{
    (void)state;
    expect_times("31:2 45:1 31:4 12:1 45:1 ", NULL, 9, 31, 45);
    expect_times("45:2 31:6 12:1 ", NULL, 9, 31, 45);
}

static void test_report_counts__counts_visits_of_days(void **state)
{
    (void)state;
    expect_times("1439:1 1440:1 90000:1 ", NULL, 3, 1440, 90000);
    expect_times("90000:1 5000:2 90000:3 ", NULL, 6, 90000, 90000);
}

static void test_report_counts__subtracts(void **state)
{
    (void)state;
    expect_times("31:2 45:1 ", "45:1 ", 2, 31, 31);
    expect_times("5000:2 7:1 ", "5000:2 ", 1, 7, 7);
    assert_int_equal(times_of("31:2 ", "31:2 ").visits, 0);
    assert_int_equal(times_of(NULL, NULL).visits, 0);
}

static void test_report_counts__adds_up_findings(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_BYTES);
    struct report_finding *findings;
    size_t count;
    assert_int_equal(report_findings_add_up(
                         arena, "sent_late:0:1 photo_dark:2:1 sent:1:0 sent_late:0:2 gone:1:1 ",
                         "gone:1:1 sent_late:0:1 ", &findings, &count),
                     0);
    assert_int_equal(count, 3);
    assert_string_equal(findings[0].code, "photo_dark");
    assert_int_equal(findings[0].photos, 2);
    assert_int_equal(findings[0].visits, 1);
    assert_string_equal(findings[1].code, "sent");
    assert_string_equal(findings[2].code, "sent_late");
    assert_int_equal(findings[2].visits, 2);
    assert_int_equal(report_findings_add_up(arena, NULL, NULL, &findings, &count), 0);
    assert_int_equal(count, 0);
    arena_free(arena);
}

static void test_report_counts__has_room_for_many_codes(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_BYTES);
    struct report_finding *findings;
    size_t count;
    char text[4096];
    size_t length = 0;
    for (int i = 0; i < 100; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "code_%d:%d:0 ", i, i + 1);
    assert_int_equal(report_findings_add_up(arena, text, NULL, &findings, &count), 0);
    assert_int_equal(count, 100);
    assert_string_equal(findings[0].code, "code_99");
    assert_string_equal(findings[99].code, "code_0");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report_counts__takes_the_nearest_rank),
        cmocka_unit_test(test_report_counts__adds_equal_times_whatever_their_order),
        cmocka_unit_test(test_report_counts__counts_visits_of_days),
        cmocka_unit_test(test_report_counts__subtracts),
        cmocka_unit_test(test_report_counts__adds_up_findings),
        cmocka_unit_test(test_report_counts__has_room_for_many_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
