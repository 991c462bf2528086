#include "server/store/report_cover.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY_S 86400

/* Days since 1970-01-01, by the calendar of the C library. */
static int64_t day_of(int year, int month)
{
    struct tm first = {.tm_year = year - 1900, .tm_mon = month, .tm_mday = 1};
    return timegm(&first) / DAY_S;
}

static int read_day(const char *text, int64_t *ret)
{
    struct tm day = {0};
    const char *end = strptime(text, "%Y-%m-%d", &day);
    if (!end || *end)
        return -1;
    *ret = timegm(&day) / DAY_S;
    return 0;
}

static void write_day(int64_t day, report_day ret)
{
    time_t moment = (time_t)(day * DAY_S);
    struct tm calendar;
    gmtime_r(&moment, &calendar);
    strftime(ret, REPORT_DAY_BYTES, "%Y-%m-%d", &calendar);
}

static void add_span(struct report_cover *cover, int sign, int64_t first, int64_t last)
{
    struct report_span *span = &cover->spans[cover->spans[0].sign != 0];
    if (first > last)
        return;
    span->sign = sign;
    write_day(first, span->first);
    write_day(last, span->last);
}

/* The months from `from` on that belong to a quarter which is there as a whole. */
static bool is_quarter(const bool *is_whole, int month)
{
    return month % 3 == 0 && is_whole[0] && is_whole[1] && is_whole[2];
}

/* is_whole[i]: the i-th month after January of `year`. */
static void add_months(struct report_cover *cover, int year, const bool *is_whole, int count)
{
    for (int month = 0; month < count; month++) {
        if (is_quarter(is_whole + month, month)) {
            write_day(day_of(year, month), cover->quarters[cover->quarter_count++]);
            month += 2;
        } else if (is_whole[month]) {
            write_day(day_of(year, month), cover->months[cover->month_count++]);
        }
    }
}

static int64_t least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

static int64_t most(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

/* Whether the month goes in as a whole; adds the days that must be added or subtracted. */
static bool cover_month(struct report_cover *cover, int64_t begins, int64_t ends, int64_t first,
                        int64_t last, int64_t tomorrow)
{
    int64_t from = most(first, begins), to = least(last, ends);
    int64_t days_so_far = least(ends, most(last, tomorrow)) - begins + 1;
    bool is_whole = 2 * (to - from + 1) > days_so_far;
    if (is_whole) {
        add_span(cover, -1, begins, from - 1);
        add_span(cover, -1, to + 1, ends);
    } else {
        add_span(cover, 1, from, to);
    }
    return is_whole;
}

int report_cover_make(const char *first_text, const char *last_text, const char *tomorrow_text,
                      bool has_sums, struct report_cover *ret)
{
    int64_t first, last, tomorrow;
    bool is_whole[12 + REPORT_MONTHS_MAX + 2] = {false};
    if (read_day(first_text, &first) < 0 || read_day(last_text, &last) < 0 ||
        read_day(tomorrow_text, &tomorrow) < 0 || first > last || last - first >= REPORT_DAYS_MAX)
        return -1;
    *ret = (struct report_cover){0};
    if (!has_sums) {
        add_span(ret, 1, first, last);
        return 0;
    }
    struct tm calendar;
    gmtime_r(&(time_t){(time_t)(first * DAY_S)}, &calendar);
    int year = calendar.tm_year + 1900, month = calendar.tm_mon;
    for (; day_of(year, month) <= last; month++)
        is_whole[month] = cover_month(ret, day_of(year, month), day_of(year, month + 1) - 1, first,
                                      last, tomorrow);
    add_months(ret, year, is_whole, month);
    return 0;
}
