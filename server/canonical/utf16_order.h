/** The order that JavaScript sorts strings by, told from their UTF-8. */
#ifndef FIELDPROOF_SERVER_CANONICAL_UTF16_ORDER_H
#define FIELDPROOF_SERVER_CANONICAL_UTF16_ORDER_H

#include <stdbool.h>
#include <stddef.h>

/** Well-formed by Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
bool utf8_is_well_formed(const char *text, size_t length);

/**
 * Compares two well-formed UTF-8 strings as sequences of UTF-16 code units.
 *
 * @return < 0, 0 or > 0, as memcmp() does.
 */
int utf16_order_compare(const char *a, size_t a_length, const char *b, size_t b_length);

#endif
