#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/clock.h"

#include <string.h>

static int64_t parsed(const char *text)
{
    int64_t time_ms = -1;
    assert_int_equal(clock_parse_rfc3339(text, &time_ms), 0);
    return time_ms;
}

/* Oracle: date -d TEXT +%s%3N */
static void test_clock__reads_every_form_of_rfc_3339(void **state)
{
    (void)state;
    assert_int_equal(parsed("1970-01-01T00:00:00Z"), 0);
    assert_int_equal(parsed("2026-11-21T08:30:00.417+08:00"), 1795221000417);
    assert_int_equal(parsed("2024-02-29t12:00:00.9999z"), 1709208000999);
    assert_int_equal(parsed("1969-12-31 23:59:59.5-00:30"), 1799500);
    assert_int_equal(parsed("2016-12-31T23:59:60Z"),
                     1483228799999); /* the last moment of its day */
}

static void test_clock__refuses_what_is_no_instant(void **state)
{
    static const char *const texts[] = {
        "",
        "2026-11-21",
        "2026-11-21T08:30:00",
        "2026-02-29T08:30:00Z",
        "2026-13-01T08:30:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T08:60:00Z",
        "2026-11-21T08:30:61Z",
        "2026-11-21T08:30:00.Z",
        "2026-11-21T08:30:00+16:00",
        "2026-11-21T08:30:00-23:59",
        "2026-11-21T08:30:00Z ",
        "0000-12-31T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "9999-12-31T23:59:59.999999999Z",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        int64_t time_ms = 7;
        assert_int_equal(clock_parse_rfc3339(texts[i], &time_ms), -1);
        assert_int_equal(time_ms, 7);
    }
}

static void test_clock__writes_what_it_reads(void **state)
{
    static const char *const texts[] = {"0001-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z",
                                        "2026-11-21T08:30:00.417Z", "9999-12-31T23:59:59.998Z"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char text[CLOCK_TEXT_BYTES];
        clock_format_rfc3339(parsed(texts[i]), text);
        assert_string_equal(text, texts[i]);
    }
}

static void test_clock__writes_the_nearest_time_it_can(void **state)
{
    char text[CLOCK_TEXT_BYTES];
    (void)state;
    clock_format_rfc3339(INT64_MAX, text);
    assert_string_equal(text, "9999-12-31T23:59:59.999Z");
    clock_format_rfc3339(INT64_MIN, text);
    assert_string_equal(text, "0001-01-01T00:00:00.000Z");
}

static int64_t milliseconds(struct timespec time)
{
    assert_in_range(time.tv_nsec, 0, 999999999);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void test_clock__says_when_a_wait_is_over(void **state)
{
    static const int64_t waits_ms[] = {0, 1, 999, 1000, 1001, 86400000, 2147483647};
    (void)state;
    for (size_t i = 0; i < sizeof waits_ms / sizeof *waits_ms; i++) {
        int64_t before_ms = clock_monotonic_us() / 1000;
        int64_t over_ms = milliseconds(clock_deadline(waits_ms[i]));
        int64_t after_ms = clock_monotonic_us() / 1000;
        assert_true(over_ms >= before_ms + waits_ms[i] && over_ms <= after_ms + waits_ms[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clock__reads_every_form_of_rfc_3339),
        cmocka_unit_test(test_clock__refuses_what_is_no_instant),
        cmocka_unit_test(test_clock__writes_what_it_reads),
        cmocka_unit_test(test_clock__writes_the_nearest_time_it_can),
        cmocka_unit_test(test_clock__says_when_a_wait_is_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
