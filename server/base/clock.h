/** Our own clock, in milliseconds, and RFC 3339 texts. */
#ifndef FIELDPROOF_BASE_CLOCK_H
#define FIELDPROOF_BASE_CLOCK_H

#include "server/base/macros.h"

#include <stdint.h>
#include <time.h>

#define CLOCK_TEXT_BYTES 32

/** UTC, milliseconds since 1970-01-01T00:00:00Z. */
int64_t clock_now_ms(void);

/** A clock that only goes forward, for durations and deadlines; its zero means nothing. */
int64_t clock_monotonic_us(void);

/** When `wait_ms` (0 or more) are over, on CLOCK_MONOTONIC: for the waits that take a point in
 * time. */
struct timespec clock_deadline(int64_t wait_ms);

/** "2026-05-04T07:31:22.417Z"; years 0001 to 9999, anything else is clamped to them. */
void clock_format_rfc3339(int64_t time_ms, char ret_text[CLOCK_TEXT_BYTES]);

/**
 * Reads an RFC 3339 date-time with an offset or Z, fraction optional (digits past milliseconds are
 * dropped), leap second :60 taken as :59.999. The offset is less than 16 hours. Negative when the
 * text is not one, or lies outside of the years 0001 to 9999 or in the very last millisecond of
 * them.
 */
int clock_parse_rfc3339(const char *text, int64_t *ret_time_ms) MUST_CHECK;

#endif
