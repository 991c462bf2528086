/**
 * Canonical JSON (RFC 8785, "JCS"): one byte sequence for one JSON value.
 *
 * A signature binds to the SHA-256 of these bytes; the phone computes the same ones offline, with
 * JavaScript's own number and string rules.
 */
#ifndef FIELDPROOF_SERVER_CANONICAL_CANONICAL_JSON_H
#define FIELDPROOF_SERVER_CANONICAL_CANONICAL_JSON_H

#include <jansson.h>
#include <stddef.h>

enum canonical_json_error {
    CANONICAL_JSON_NO_MEMORY = -1,
    CANONICAL_JSON_INTEGER_RANGE = -2, /**< an integer that JavaScript cannot hold exactly */
    CANONICAL_JSON_TOO_DEEP = -3,      /**< nested deeper than CANONICAL_JSON_DEPTH_MAX */
    CANONICAL_JSON_TOO_LONG = -4,      /**< more than CANONICAL_JSON_LENGTH_MAX bytes */
    CANONICAL_JSON_NOT_UTF8 = -5,      /**< a string or key that is not well-formed UTF-8 */
    CANONICAL_JSON_NOT_FINITE = -6,    /**< NaN or an infinity */
};

/** Largest magnitude of an integer: 2^53 - 1, I-JSON's bound (RFC 7493, section 2.2). */
#define CANONICAL_JSON_INTEGER_MAX INT64_C(9007199254740991)
/** Arrays and objects inside each other. */
#define CANONICAL_JSON_DEPTH_MAX 64
/** Bytes of output. */
#define CANONICAL_JSON_LENGTH_MAX ((size_t)16 * 1024 * 1024)
/** Bytes that canonical_json_format_number() may write, the terminating NUL included. */
#define CANONICAL_JSON_NUMBER_SIZE 32

/**
 * Writes `value` in canonical form: keys in the order of their UTF-16 code units, no white space,
 * numbers as ECMAScript prints them.
 *
 * @param[out] ret_text NUL-terminated UTF-8, released with free(); may itself hold no NUL, as JSON
 *     escapes it.
 * @param[out] ret_length bytes without the terminating NUL.
 * @return 0, or one of canonical_json_error; the outputs are untouched then.
 */
__attribute__((warn_unused_result)) int canonical_json_dump(const json_t *value, char **ret_text,
                                                            size_t *ret_length);

/**
 * Writes `number` as ECMAScript's Number::toString (ECMA-262, 6.1.6.1.20) does: the fewest digits
 * that read back as the same double, whatever the process's locale; -0 is "0".
 *
 * @param[out] ret_text NUL-terminated ASCII.
 * @return 0, or CANONICAL_JSON_NOT_FINITE.
 */
__attribute__((warn_unused_result)) int
canonical_json_format_number(double number, char ret_text[CANONICAL_JSON_NUMBER_SIZE]);

/** An English phrase for an error of this module, for logs; never NULL. */
const char *canonical_json_describe(int error);

#endif
