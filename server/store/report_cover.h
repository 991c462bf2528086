/** What sums a report of a period adds up (migrations/0044). */
#ifndef FIELDPROOF_STORE_REPORT_COVER_H
#define FIELDPROOF_STORE_REPORT_COVER_H

#include "server/base/macros.h"

#include <stdbool.h>
#include <stddef.h>

#define REPORT_DAYS_MAX   366
#define REPORT_MONTHS_MAX 13 /**< that as many days can be part of, and more than half of each */
#define REPORT_DAY_BYTES  sizeof "2026-11-22"

typedef char report_day[REPORT_DAY_BYTES]; /**< YYYY-MM-DD */

/** Days that are added or subtracted. */
struct report_span {
    int sign; /**< 1, -1, or 0: there is none, and the texts are empty */
    report_day first;
    report_day last;
};

/** Quarters and months by their first days; no day is in two of them but with both signs. */
struct report_cover {
    report_day quarters[REPORT_MONTHS_MAX];
    size_t quarter_count;
    report_day months[REPORT_MONTHS_MAX];
    size_t month_count;
    struct report_span spans[2];
};

/**
 * Each month of the period by its days; or, when more of its days lie within the period than
 * outside (those after `tomorrow` and after the period, on which nothing has happened, are not
 * counted), as a whole less the days outside; three such months of a quarter as one. Without
 * `has_sums` the days only. The texts are days of the calendar, first ≤ last, REPORT_DAYS_MAX at
 * most; negative if not.
 */
int report_cover_make(const char *first, const char *last, const char *tomorrow, bool has_sums,
                      struct report_cover *ret) MUST_CHECK;

#endif
