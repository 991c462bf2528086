#include "server/canonical/utf16_order.h"

#include <string.h>

static bool is_continuation(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

/* Length of the well-formed sequence at `c`, or 0. */
static size_t sequence_length(const unsigned char *c, size_t left)
{
    if (c[0] < 0x80)
        return 1;
    if (c[0] >= 0xc2 && c[0] <= 0xdf)
        return left >= 2 && is_continuation(c[1]) ? 2 : 0;
    if (c[0] >= 0xe0 && c[0] <= 0xef) {
        if (left < 3 || !is_continuation(c[1]) || !is_continuation(c[2]))
            return 0;
        if ((c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xed && c[1] > 0x9f))
            return 0;
        return 3;
    }
    if (c[0] >= 0xf0 && c[0] <= 0xf4) {
        if (left < 4 || !is_continuation(c[1]) || !is_continuation(c[2]) || !is_continuation(c[3]))
            return 0;
        if ((c[0] == 0xf0 && c[1] < 0x90) || (c[0] == 0xf4 && c[1] > 0x8f))
            return 0;
        return 4;
    }
    return 0;
}

bool utf8_is_well_formed(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t step = sequence_length((const unsigned char *)text + i, length - i);

        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

/*
 * UTF-8 sorts by code point already; only what UTF-16 writes with surrogates (D800..DFFF, lead
 * bytes F0..F4) moves below U+E000..U+FFFF (lead bytes EE and EF).
 */
static unsigned lead_rank(unsigned char c)
{
    if (c == 0xee || c == 0xef)
        return c + 0x10u;
    return c;
}

int utf16_order_compare(const char *a, size_t a_length, const char *b, size_t b_length)
{
    const size_t shorter = a_length < b_length ? a_length : b_length;

    for (size_t i = 0; i < shorter; i++) {
        if (a[i] != b[i])
            return (int)lead_rank((unsigned char)a[i]) - (int)lead_rank((unsigned char)b[i]);
    }
    return (a_length > b_length) - (a_length < b_length);
}
