#include "server/resources/snapshot_text.h"

#include "server/base/clock.h"

#include <stdint.h>
#include <stdlib.h>

bool moment_is_valid(const char *text)
{
    int64_t time_ms;
    return clock_parse_rfc3339(text, &time_ms) == 0;
}

/* Reads a transaction's number and the character after it. */
static bool read_number(const char **at, unsigned long long *ret, char *ret_after)
{
    char *end;
    if (**at < '0' || **at > '9')
        return false;
    *ret = strtoull(*at, &end, 10);
    *ret_after = *end;
    *at = *end ? end + 1 : end;
    return *ret <= INT64_MAX;
}

/*
 * "xmin:xmax:xip,…" as PostgreSQL reads it: xmin <= xip < xmax, rising. The lower half of a number
 * that ever was given to a transaction is not 0.
 */
bool snapshot_is_valid(const char *text)
{
    unsigned long long least, most, number, before = 0;
    char after;
    if (!read_number(&text, &least, &after) || after != ':' || !(uint32_t)least ||
        !read_number(&text, &most, &after) || after != ':' || !(uint32_t)most || most < least)
        return false;
    for (after = *text ? ',' : '\0'; after == ','; before = number)
        if (!read_number(&text, &number, &after) || number < least || number >= most ||
            number <= before)
            return false;
    return after == '\0';
}
