#include "evidence/quantity.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)

/* 2^53: up to here a double holds every whole number. Larger magnitudes are shown as this. */
#define WHOLE_MAX 9007199254740992.0

static bool ends_in(const char *name, const char *end)
{
    size_t name_length = strlen(name);
    size_t end_length = strlen(end);

    return name_length >= end_length && strcmp(name + name_length - end_length, end) == 0;
}

enum evidence_unit evidence_unit_of(const char *name)
{
    static const struct {
        const char *end;
        enum evidence_unit unit;
    } ends[] = {
        {"_at_ms", EVIDENCE_UNIT_INSTANT},         {"_ms", EVIDENCE_UNIT_MILLISECONDS},
        {"_mps", EVIDENCE_UNIT_METRES_PER_SECOND}, {"_m", EVIDENCE_UNIT_METRES},
        {"_offset_min", EVIDENCE_UNIT_UTC_OFFSET}, {"_deg", EVIDENCE_UNIT_DEGREES},
    };

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (ends_in(name, ends[i].end))
            return ends[i].unit;
    }
    return EVIDENCE_UNIT_NONE;
}

static int64_t whole_of(double value)
{
    return (int64_t)llround(fmax(-WHOLE_MAX, fmin(WHOLE_MAX, value)));
}

/* Printed by hand, not by printf: the digits and the point are the same in every locale. */
static void add_whole(struct evidence_text *text, int64_t value, int least_digits)
{
    char digits[24];
    size_t at = sizeof(digits) - 1;

    digits[at] = '\0';
    for (int count = 0; (value > 0 || count < least_digits) && at > 0; count++) {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    }
    evidence_text_add(text, digits + at);
}

/* At most so many decimals, without zeros at the end. */
static void add_decimal(struct evidence_text *text, double value, int decimals)
{
    int64_t scale = 1;
    int64_t scaled = 0;

    for (int i = 0; i < decimals; i++)
        scale *= 10;
    scaled = whole_of(fabs(value) * (double)scale);
    while (decimals > 0 && scaled % 10 == 0) {
        scaled /= 10;
        scale /= 10;
        decimals--;
    }
    if (value < 0 && scaled != 0)
        evidence_text_add(text, "-");
    add_whole(text, scaled / scale, 1);
    if (decimals > 0) {
        evidence_text_add(text, ".");
        add_whole(text, scaled % scale, decimals);
    }
}

static void add_length(struct evidence_text *text, double metres, enum evidence_language language,
                       int detail)
{
    static const char *const metre[] = {" m", " 米"};
    static const char *const kilometre[] = {" km", " 公里"};
    double magnitude_m = fabs(metres);

    if (magnitude_m < 999.5 || (magnitude_m < 1000 && detail > 0)) {
        add_decimal(text, magnitude_m, (magnitude_m < 9.95 ? 1 : 0) + detail);
        evidence_text_add(text, metre[language]);
    } else {
        add_decimal(text, magnitude_m / 1000, (magnitude_m < 99950 ? 1 : 0) + detail);
        evidence_text_add(text, kilometre[language]);
    }
}

static void add_speed(struct evidence_text *text, double mps, enum evidence_language language,
                      int detail)
{
    static const char *const before[] = {"", "每小时 "};
    static const char *const after[] = {" km/h", " 公里"};

    evidence_text_add(text, before[language]);
    add_decimal(text, fabs(mps) * 3.6, detail);
    evidence_text_add(text, after[language]);
}

/* To what a duration is rounded: two units at most, as people say it. */
static int64_t grain_ms(int64_t duration_ms, int detail)
{
    static const int64_t fine_ms[EVIDENCE_DETAIL_MAX] = {SECOND_MS, 10, 1};

    if (detail > 0)
        return fine_ms[detail - 1];
    if (duration_ms < 10 * SECOND_MS)
        return 100;
    if (duration_ms < 10 * MINUTE_MS)
        return SECOND_MS;
    if (duration_ms < DAY_MS)
        return MINUTE_MS;
    return duration_ms < 10 * DAY_MS ? HOUR_MS : DAY_MS;
}

static void add_duration(struct evidence_text *text, double milliseconds,
                         enum evidence_language language, int detail)
{
    static const struct {
        int64_t length_ms;
        const char *one[EVIDENCE_LANGUAGE_COUNT];
        const char *many[EVIDENCE_LANGUAGE_COUNT];
    } units[] = {
        {DAY_MS, {" day", " 天"}, {" days", " 天"}},
        {HOUR_MS, {" h", " 小时"}, {" h", " 小时"}},
        {MINUTE_MS, {" min", " 分钟"}, {" min", " 分钟"}},
    };
    static const char *const second[] = {" s", " 秒"};
    int64_t left_ms = whole_of(fabs(milliseconds));
    int64_t grain = grain_ms(left_ms, detail);
    bool is_empty = true;

    left_ms = (left_ms + grain / 2) / grain * grain;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        int64_t count = left_ms / units[i].length_ms;

        left_ms %= units[i].length_ms;
        if (count == 0)
            continue;
        evidence_text_add(text, is_empty ? "" : " ");
        add_whole(text, count, 1);
        evidence_text_add(text, count == 1 ? units[i].one[language] : units[i].many[language]);
        is_empty = false;
    }
    if (left_ms > 0 || is_empty) {
        evidence_text_add(text, is_empty ? "" : " ");
        add_decimal(text, (double)left_ms / SECOND_MS, 3);
        evidence_text_add(text, second[language]);
    }
}

static void add_offset(struct evidence_text *text, double minutes)
{
    int64_t magnitude_min = whole_of(fabs(minutes));

    evidence_text_add(text, "UTC");
    if (magnitude_min == 0)
        return;
    evidence_text_add(text, minutes < 0 ? "-" : "+");
    add_whole(text, magnitude_min / 60, 1);
    if (magnitude_min % 60 != 0) {
        evidence_text_add(text, ":");
        add_whole(text, magnitude_min % 60, 2);
    }
}

/* Gregorian date of a day count since 1970-01-01: H. Hinnant, "chrono-compatible low-level date
 * algorithms", civil_from_days. */
static void add_date(struct evidence_text *text, int64_t day)
{
    int64_t shifted = day + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * day_of_year + 2) / 153;
    int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    int64_t year = year_of_era + era * 400 + (month <= 2);

    add_whole(text, year, 4);
    evidence_text_add(text, "-");
    add_whole(text, month, 2);
    evidence_text_add(text, "-");
    add_whole(text, day_of_year - (153 * shifted_month + 2) / 5 + 1, 2);
}

static void add_instant(struct evidence_text *text, double at_ms, double utc_offset_min,
                        enum evidence_language language)
{
    static const char *const unknown[] = {"an unknown time", "未知时间"};
    /* 0001-01-01 to 9999-12-31, as RFC 3339 can write them. */
    double local_ms = at_ms + utc_offset_min * MINUTE_MS;
    int64_t whole_ms = 0;
    int64_t day = 0;
    int64_t minute = 0;

    if (!(local_ms >= -62135596800000.0 && local_ms < 253402300800000.0)) {
        evidence_text_add(text, unknown[language]);
        return;
    }
    whole_ms = (int64_t)floor(local_ms);
    day = (whole_ms >= 0 ? whole_ms : whole_ms - (DAY_MS - 1)) / DAY_MS;
    minute = (whole_ms - day * DAY_MS) / MINUTE_MS;
    add_date(text, day);
    evidence_text_add(text, " ");
    add_whole(text, minute / 60, 2);
    evidence_text_add(text, ":");
    add_whole(text, minute % 60, 2);
    evidence_text_add(text, " ");
    add_offset(text, utc_offset_min);
}

void evidence_quantity_add(struct evidence_text *text, enum evidence_unit unit, double value,
                           double utc_offset_min, enum evidence_language language, int detail)
{
    switch (unit) {
    case EVIDENCE_UNIT_NONE:
        add_decimal(text, value, 1 + detail);
        return;
    case EVIDENCE_UNIT_DEGREES:
        add_decimal(text, value, 6);
        return;
    case EVIDENCE_UNIT_METRES:
        add_length(text, value, language, detail);
        return;
    case EVIDENCE_UNIT_METRES_PER_SECOND:
        add_speed(text, value, language, detail);
        return;
    case EVIDENCE_UNIT_MILLISECONDS:
        add_duration(text, value, language, detail);
        return;
    case EVIDENCE_UNIT_INSTANT:
        add_instant(text, value, utc_offset_min, language);
        return;
    case EVIDENCE_UNIT_UTC_OFFSET:
        add_offset(text, value);
        return;
    }
}
