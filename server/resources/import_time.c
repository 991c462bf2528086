#include "server/resources/import_time.h"

#include "server/base/clock.h"

#include <stdbool.h>
#include <string.h>

/* Reads one or two digits, or as many as `least` and `most` say, and the character after them. */
static const char *read_number(const char *text, int least, int most, const char *ends, int *ret)
{
    int digits = (int)strspn(text, "0123456789");
    if (!text[0] || digits < least || digits > most || !strchr(ends, text[digits]))
        return NULL;
    *ret = 0;
    for (int i = 0; i < digits; i++)
        *ret = *ret * 10 + text[i] - '0';
    return text + digits;
}

struct local_time {
    int year, month, day, hour, minute, second;
};

/* strchr() also finds the NUL, where a text may end. */
static bool read_time(const char *text, struct local_time *time)
{
    const char *rest = read_number(text, 4, 4, "-/", &time->year);
    char between[] = {rest ? *rest : '\0', '\0'};
    if (!rest || !*rest || !(rest = read_number(rest + 1, 1, 2, between, &time->month)) || !*rest ||
        !(rest = read_number(rest + 1, 1, 2, " T", &time->day)) || !*rest ||
        !(rest = read_number(rest + 1, 1, 2, ":", &time->hour)) || !*rest ||
        !(rest = read_number(rest + 1, 2, 2, ":", &time->minute)))
        return false;
    return !*rest || ((rest = read_number(rest + 1, 2, 2, "", &time->second)) && !*rest);
}

const char *import_time_local(struct arena *arena, const char *cell)
{
    struct local_time time = {0};
    int64_t time_ms;
    if (!read_time(cell, &time))
        return NULL;
    const char *text = arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", time.year, time.month,
                                    time.day, time.hour, time.minute, time.second);
    if (!text || clock_parse_rfc3339(text, &time_ms) < 0)
        return NULL;
    return arena_printf(arena, "%.19s", text);
}
