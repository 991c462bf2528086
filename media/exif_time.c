#include "media/exif_time.h"

#include <string.h>

/** Days since 1970-01-01; Howard Hinnant, "chrono-compatible low-level date algorithms". */
static int64_t days_from_civil(int year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

int64_t media_exif_time_to_ms(int year, int month, int day, int hour, int minute, int second)
{
    return ((days_from_civil(year, month, day) * 24 + hour) * 60 + minute) * 60000 +
           (int64_t)second * 1000;
}

/** Exactly `count` digits. @return their value, or -1. */
static int digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static int days_in_month(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool media_exif_date_parse(const char *text, int *ret_year, int *ret_month, int *ret_day)
{
    if (strnlen(text, 10) < 10 || strchr(":-/", text[4]) == NULL || text[7] != text[4])
        return false;
    int year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return false;
    *ret_year = year;
    *ret_month = month;
    *ret_day = day;
    return true;
}

bool media_exif_time_parse(const char *text, int64_t *ret_local_ms)
{
    int year = 0, month = 0, day = 0;
    if (strnlen(text, 19) < 19 || !media_exif_date_parse(text, &year, &month, &day) ||
        (text[10] != ' ' && text[10] != 'T') || text[13] != ':' || text[16] != ':')
        return false;
    int hour = digits(text + 11, 2), minute = digits(text + 14, 2), second = digits(text + 17, 2);
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60 ||
        (hour == 24 && (minute > 0 || second > 0)))
        return false;
    *ret_local_ms = media_exif_time_to_ms(year, month, day, hour, minute, second);
    return true;
}

bool media_exif_offset_parse(const char *text, int32_t *ret_offset_min)
{
    if (strcmp(text, "Z") == 0) {
        *ret_offset_min = 0;
        return true;
    }
    if (strlen(text) != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return false;
    int hours = digits(text + 1, 2), minutes = digits(text + 4, 2);
    if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 14 * 60)
        return false;
    *ret_offset_min = (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

int64_t media_exif_subsecond_ms(const char *text)
{
    int64_t value = 0;
    for (int i = 0; i < 3; i++) {
        bool is_digit = *text >= '0' && *text <= '9';
        value = value * 10 + (is_digit ? *text++ - '0' : 0);
    }
    return value;
}
