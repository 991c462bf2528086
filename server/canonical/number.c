#include "server/canonical/canonical_json.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A double needs at most 17 significant digits to be read back (IEEE 754, binary64). */
#define DIGITS_MAX 17
/* "d.dddde+308" with a locale's decimal point of up to a few bytes. */
#define SCIENTIFIC_SIZE 48

/* number = 0.d1d2d3... x 10^point, as ECMA-262 names them: n is `point`, k is `count`. */
struct decimal {
    char digits[DIGITS_MAX + 1];
    int count;
    int point;
};

/*
 * snprintf and strtod agree on the decimal point, so that the round trip works in any locale; the
 * digits are then picked out one by one, whatever stands between them.
 */
static void decimal_read(const char *scientific, struct decimal *ret)
{
    const char *c = scientific;

    ret->count = 0;
    for (; *c && *c != 'e'; c++)
        if (*c >= '0' && *c <= '9' && ret->count < DIGITS_MAX)
            ret->digits[ret->count++] = *c;
    ret->point = (*c == 'e' ? (int)strtol(c + 1, NULL, 10) : 0) + 1;
    while (ret->count > 1 && ret->digits[ret->count - 1] == '0')
        ret->count--;
    ret->digits[ret->count] = '\0';
}

/* Adds one to the last digit before the exponent, in place; false when it carries out of them all.
 */
static bool scientific_increment(char *scientific)
{
    char *c = strchr(scientific, 'e');

    if (!c)
        return false;
    while (c-- > scientific) {
        if (*c < '0' || *c > '9')
            continue;
        if (*c < '9') {
            ++*c;
            return true;
        }
        *c = '0';
    }
    return false;
}

/* Writes `whole` without its trailing zeros. */
static void decimal_from_integer(uint64_t whole, int places, struct decimal *ret)
{
    int count = snprintf(ret->digits, sizeof ret->digits, "%" PRIu64, whole);

    ret->point = count - places;
    while (count > 1 && ret->digits[count - 1] == '0')
        count--;
    ret->digits[count] = '\0';
    ret->count = count;
}

/*
 * Most numbers of the field are decimals of a few places: whole / 10^places. Both are exact as
 * doubles, so that their quotient is the double that this decimal reads as (Clinger 1990, "How to
 * read floating point numbers accurately"). No other decimal of at most 15 digits reads as the same
 * one, so that this is the shortest.
 */
static bool decimal_of_few_places(double magnitude, struct decimal *ret)
{
    static const double powers[] = {1e0, 1e1, 1e2, 1e3,  1e4,  1e5, 1e6,
                                    1e7, 1e8, 1e9, 1e10, 1e11, 1e12};

    for (int places = 0; places < (int)(sizeof powers / sizeof *powers); places++) {
        const double whole = rint(magnitude * powers[places]);

        if (whole >= 1e15)
            return false;
        if (whole / powers[places] == magnitude) {
            decimal_from_integer((uint64_t)whole, places, ret);
            return true;
        }
    }
    return false;
}

/*
 * The fewest digits that read back. The nearest decimal of that length is tried first; below a
 * power of two the doubles lie twice as dense as above, so that the nearest one can fail (2^-44)
 * while the next one up still reads back, and ECMAScript wants that shorter one.
 */
static void decimal_shortest(double magnitude, struct decimal *ret)
{
    char text[SCIENTIFIC_SIZE];

    for (int precision = 0; precision < DIGITS_MAX; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, magnitude);
        if (strtod(text, NULL) == magnitude)
            break;
        if (scientific_increment(text) && strtod(text, NULL) == magnitude)
            break;
    }
    decimal_read(text, ret);
}

static char *append_zeros(char *out, int count)
{
    while (count-- > 0)
        *out++ = '0';
    return out;
}

static char *append_digits(char *out, const struct decimal *decimal, int from, int to)
{
    for (int i = from; i < to; i++)
        *out++ = decimal->digits[i];
    return out;
}

/* ECMA-262, 6.1.6.1.20 Number::toString, steps 6 to 10, for radix 10. */
static char *append_decimal(char *out, const struct decimal *decimal)
{
    const int n = decimal->point, k = decimal->count;

    if (k <= n && n <= 21)
        return append_zeros(append_digits(out, decimal, 0, k), n - k);
    if (0 < n && n <= 21) {
        out = append_digits(out, decimal, 0, n);
        *out++ = '.';
        return append_digits(out, decimal, n, k);
    }
    if (-6 < n && n <= 0) {
        *out++ = '0';
        *out++ = '.';
        return append_digits(append_zeros(out, -n), decimal, 0, k);
    }
    *out++ = decimal->digits[0];
    if (k > 1) {
        *out++ = '.';
        out = append_digits(out, decimal, 1, k);
    }
    return out + snprintf(out, sizeof "e-324", "e%+d", n - 1);
}

int canonical_json_format_number(double number, char ret_text[CANONICAL_JSON_NUMBER_SIZE])
{
    struct decimal decimal;
    char *out = ret_text;

    if (!isfinite(number))
        return CANONICAL_JSON_NOT_FINITE;
    if (number == 0) {
        memcpy(ret_text, "0", sizeof "0");
        return 0;
    }
    if (number < 0)
        *out++ = '-';
    if (!decimal_of_few_places(fabs(number), &decimal))
        decimal_shortest(fabs(number), &decimal);
    *append_decimal(out, &decimal) = '\0';
    return 0;
}
