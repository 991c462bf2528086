#include "server/resources/byte_range.h"

#include <stdbool.h>
#include <string.h>

/* Digits at *cursor; -1 when there are none. Numbers past 10^17 are held there: no file is larger.
 */
static int64_t read_number(const char **cursor)
{
    if (**cursor < '0' || **cursor > '9')
        return -1;
    int64_t value = 0;
    for (; **cursor >= '0' && **cursor <= '9'; (*cursor)++)
        if (value < INT64_C(100000000000000000))
            value = value * 10 + (**cursor - '0');
    return value;
}

static bool read_bounds(const char *header, int64_t *ret_first, int64_t *ret_last)
{
    const char *cursor = header + strlen("bytes=");
    int64_t first = read_number(&cursor);
    if (*cursor++ != '-')
        return false;
    int64_t last = read_number(&cursor);
    if (*cursor != '\0' || (first < 0 && last < 0) || (first >= 0 && last >= 0 && last < first))
        return false;
    *ret_first = first;
    *ret_last = last;
    return true;
}

enum byte_range_result byte_range_parse(const char *header, int64_t bytes, struct byte_range *ret)
{
    int64_t first;
    int64_t last;
    if (!header || strncmp(header, "bytes=", strlen("bytes=")) != 0 ||
        !read_bounds(header, &first, &last))
        return BYTE_RANGE_WHOLE;
    if (first < 0) { /* the last so many bytes */
        if (last == 0 || bytes == 0)
            return BYTE_RANGE_NOT_SATISFIABLE;
        first = last < bytes ? bytes - last : 0;
        last = bytes - 1;
    }
    if (first >= bytes)
        return BYTE_RANGE_NOT_SATISFIABLE;
    if (last < 0 || last >= bytes)
        last = bytes - 1;
    *ret = (struct byte_range){first, last - first + 1};
    return BYTE_RANGE_PART;
}
