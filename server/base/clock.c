#include "server/base/clock.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define FIRST_MS INT64_C(-62135596800000) /* 0001-01-01T00:00:00Z */
/* RFC 3339 would allow 23, no place has more than 14, PostgreSQL reads no more than this. */
#define OFFSET_HOURS_MAX 15
#define LAST_MS          INT64_C(253402300799999) /* 9999-12-31T23:59:59.999Z */

int64_t clock_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

struct timespec clock_deadline(int64_t wait_ms)
{
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += wait_ms / 1000;
    deadline.tv_nsec += wait_ms % 1000 * 1000000;
    if (deadline.tv_nsec >= 1000000000) {
        deadline.tv_sec++;
        deadline.tv_nsec -= 1000000000;
    }
    return deadline;
}

void clock_format_rfc3339(int64_t time_ms, char ret_text[CLOCK_TEXT_BYTES])
{
    int64_t clamped = time_ms < FIRST_MS ? FIRST_MS : time_ms > LAST_MS ? LAST_MS : time_ms;
    int64_t milliseconds = ((clamped % 1000) + 1000) % 1000;
    time_t seconds = (time_t)((clamped - milliseconds) / 1000);
    struct tm utc;
    gmtime_r(&seconds, &utc);
    /* The remainders tell the compiler, too, that every field keeps its width. */
    snprintf(ret_text, CLOCK_TEXT_BYTES, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ",
             (unsigned)(utc.tm_year + 1900) % 10000, (unsigned)(utc.tm_mon + 1) % 100,
             (unsigned)utc.tm_mday % 100, (unsigned)utc.tm_hour % 100, (unsigned)utc.tm_min % 100,
             (unsigned)utc.tm_sec % 100, (unsigned)milliseconds % 1000);
}

/* Reads exactly `digits` decimal digits at *cursor and the separator after them ('\0': none). */
static bool read_number(const char **cursor, int digits, char separator, int *ret)
{
    int value = 0;
    for (int i = 0; i < digits; i++, (*cursor)++) {
        if (**cursor < '0' || **cursor > '9')
            return false;
        value = value * 10 + (**cursor - '0');
    }
    if (separator != '\0' && *(*cursor)++ != separator)
        return false;
    *ret = value;
    return true;
}

static int read_milliseconds(const char **cursor)
{
    int milliseconds = 0;
    int scale = 100;
    while (**cursor >= '0' && **cursor <= '9') {
        milliseconds += (**cursor - '0') * scale;
        scale /= 10;
        (*cursor)++;
    }
    return milliseconds;
}

static bool read_offset_minutes(const char **cursor, int *ret)
{
    int hours;
    int minutes;
    if (**cursor == 'Z' || **cursor == 'z') {
        (*cursor)++;
        *ret = 0;
        return true;
    }
    int sign = **cursor == '-' ? -1 : 1;
    if (**cursor != '+' && **cursor != '-')
        return false;
    (*cursor)++;
    if (!read_number(cursor, 2, ':', &hours) || !read_number(cursor, 2, '\0', &minutes))
        return false;
    if (hours > OFFSET_HOURS_MAX || minutes > 59)
        return false;
    *ret = sign * (hours * 60 + minutes);
    return true;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* Days since 1970-01-01; Howard Hinnant, "chrono-compatible low-level date algorithms". */
static int64_t days_from_civil(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static bool is_date_time_separator(char c)
{
    return c == 'T' || c == 't' || c == ' ';
}

int clock_parse_rfc3339(const char *text, int64_t *ret_time_ms)
{
    const char *cursor = text;
    int year, month, day, hour, minute, second, offset_minutes;
    int milliseconds = 0;
    if (!read_number(&cursor, 4, '-', &year) || !read_number(&cursor, 2, '-', &month) ||
        !read_number(&cursor, 2, '\0', &day) || !is_date_time_separator(*cursor))
        return -1;
    cursor++;
    if (!read_number(&cursor, 2, ':', &hour) || !read_number(&cursor, 2, ':', &minute) ||
        !read_number(&cursor, 2, '\0', &second))
        return -1;
    if (*cursor == '.') {
        cursor++;
        if (*cursor < '0' || *cursor > '9')
            return -1;
        milliseconds = read_milliseconds(&cursor);
    }
    if (!read_offset_minutes(&cursor, &offset_minutes) || *cursor != '\0')
        return -1;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) ||
        hour > 23 || minute > 59 || second > 60)
        return -1;
    if (second == 60) {
        second = 59;
        milliseconds = 999;
    }
    int64_t minutes =
        days_from_civil(year, month, day) * 1440 + hour * 60LL + minute - offset_minutes;
    int64_t time_ms = (minutes * 60 + second) * 1000 + milliseconds;
    /* In another year by its offset, or where PostgreSQL rounds finer digits up to year 10000. */
    if (time_ms < FIRST_MS || time_ms >= LAST_MS)
        return -1;
    *ret_time_ms = time_ms;
    return 0;
}
