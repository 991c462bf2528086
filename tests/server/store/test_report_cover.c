#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "server/store/report_cover.h"

/* "Q2026-01-01 M2026-04-01 -2026-04-29..2026-04-30 " */
static const char *cover_of(const char *first, const char *last, const char *tomorrow,
                            bool has_sums)
{
    static char text[1024];
    struct report_cover cover;
    size_t length = 0;
    text[0] = '\0';
    assert_int_equal(report_cover_make(first, last, tomorrow, has_sums, &cover), 0);
    for (size_t i = 0; i < cover.quarter_count; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "Q%s ", cover.quarters[i]);
    for (size_t i = 0; i < cover.month_count; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "M%s ", cover.months[i]);
    for (size_t i = 0; i < 2; i++)
        if (cover.spans[i].sign != 0)
            length += (size_t)snprintf(text + length, sizeof text - length, "%c%s..%s ",
                                       cover.spans[i].sign > 0 ? '+' : '-', cover.spans[i].first,
                                       cover.spans[i].last);
    return text;
}

#define LATER "2030-01-01"

static void test_report_cover__takes_whole_months_and_quarters(void **state)
{
    (void)state;
    assert_string_equal(cover_of("2026-02-01", "2026-02-28", LATER, true), "M2026-02-01 ");
    assert_string_equal(cover_of("2026-01-01", "2026-12-31", LATER, true),
                        "Q2026-01-01 Q2026-04-01 Q2026-07-01 Q2026-10-01 ");
    assert_string_equal(cover_of("2025-11-01", "2026-04-30", LATER, true),
                        "Q2026-01-01 M2025-11-01 M2025-12-01 M2026-04-01 ");
}

static void test_report_cover__takes_days_of_the_lesser_part(void **state)
{
    (void)state;
    assert_string_equal(cover_of("2026-03-30", "2026-05-02", LATER, true),
                        "M2026-04-01 +2026-03-30..2026-03-31 +2026-05-01..2026-05-02 ");
    assert_string_equal(cover_of("2026-04-10", "2026-04-12", LATER, true),
                        "+2026-04-10..2026-04-12 ");
}

static void test_report_cover__subtracts_days_of_the_greater_part(void **state)
{
    (void)state;
    assert_string_equal(cover_of("2026-01-03", "2026-03-29", LATER, true),
                        "Q2026-01-01 -2026-01-01..2026-01-02 -2026-03-30..2026-03-31 ");
    assert_string_equal(cover_of("2026-04-02", "2026-04-29", LATER, true),
                        "M2026-04-01 -2026-04-01..2026-04-01 -2026-04-30..2026-04-30 ");
}

static void test_report_cover__knows_that_nothing_happens_in_the_future(void **state)
{
    (void)state;
    assert_string_equal(cover_of("2026-11-01", "2026-11-05", "2026-11-06", true),
                        "M2026-11-01 -2026-11-06..2026-11-30 ");
    assert_string_equal(cover_of("2026-11-01", "2026-11-05", LATER, true),
                        "+2026-11-01..2026-11-05 ");
}

static void test_report_cover__can_take_days_only(void **state)
{
    (void)state;
    assert_string_equal(cover_of("2026-01-01", "2026-12-31", LATER, false),
                        "+2026-01-01..2026-12-31 ");
}

static void test_report_cover__refuses_what_is_too_long_or_no_period(void **state)
{
    (void)state;
    struct report_cover cover;
    assert_string_equal(cover_of("2028-01-01", "2028-12-31", LATER, true),
                        "Q2028-01-01 Q2028-04-01 Q2028-07-01 Q2028-10-01 ");
    assert_true(report_cover_make("2026-01-01", "2027-01-02", LATER, true, &cover) < 0);
    assert_true(report_cover_make("2026-01-02", "2026-01-01", LATER, true, &cover) < 0);
    assert_true(report_cover_make("2026-01-0x", "2026-01-01", LATER, true, &cover) < 0);
}

#define DAYS      800
#define FIRST_DAY 20454 /* 2026-01-01 since 1970-01-01 */

static int index_of(const char *day)
{
    struct tm calendar = {0};
    strptime(day, "%Y-%m-%d", &calendar);
    return (int)(timegm(&calendar) / 86400 - FIRST_DAY);
}

static void write_day(int index, report_day ret)
{
    time_t moment = ((time_t)index + FIRST_DAY) * 86400;
    struct tm calendar;
    gmtime_r(&moment, &calendar);
    strftime(ret, REPORT_DAY_BYTES, "%Y-%m-%d", &calendar);
}

static void add_days(int *times, const char *first, int count, int sign)
{
    for (int day = index_of(first); day < index_of(first) + count; day++)
        if (day >= 0 && day < DAYS)
            times[day] += sign;
}

static int length_of(const char *first, int months)
{
    struct tm next = {.tm_year = (int)strtol(first, NULL, 10) - 1900,
                      .tm_mon = (int)strtol(first + 5, NULL, 10) - 1 + months,
                      .tm_mday = 1};
    return (int)(timegm(&next) / 86400 - FIRST_DAY) - index_of(first);
}

/* Whatever the period: each of its days counts once, no other day counts. */
static void test_report_cover__counts_each_day_of_a_period_once(void **state)
{
    (void)state;
    for (int first = 31; first < 200; first += 7)
        for (int last = first; last < first + REPORT_DAYS_MAX; last += 5) {
            struct report_cover cover;
            int times[DAYS] = {0};
            report_day from, to;
            write_day(first, from);
            write_day(last, to);
            assert_int_equal(report_cover_make(from, to, "2026-07-20", true, &cover), 0);
            for (size_t i = 0; i < cover.quarter_count; i++)
                add_days(times, cover.quarters[i], length_of(cover.quarters[i], 3), 1);
            for (size_t i = 0; i < cover.month_count; i++)
                add_days(times, cover.months[i], length_of(cover.months[i], 1), 1);
            for (size_t i = 0; i < 2; i++)
                if (cover.spans[i].sign != 0)
                    add_days(times, cover.spans[i].first,
                             index_of(cover.spans[i].last) - index_of(cover.spans[i].first) + 1,
                             cover.spans[i].sign);
            for (int day = 0; day < DAYS; day++)
                assert_int_equal(times[day], day >= first && day <= last);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report_cover__takes_whole_months_and_quarters),
        cmocka_unit_test(test_report_cover__takes_days_of_the_lesser_part),
        cmocka_unit_test(test_report_cover__subtracts_days_of_the_greater_part),
        cmocka_unit_test(test_report_cover__knows_that_nothing_happens_in_the_future),
        cmocka_unit_test(test_report_cover__can_take_days_only),
        cmocka_unit_test(test_report_cover__refuses_what_is_too_long_or_no_period),
        cmocka_unit_test(test_report_cover__counts_each_day_of_a_period_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
