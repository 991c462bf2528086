/** Adds up the texts in which a report's rows keep what sums cannot tell (migrations/0044). */
#ifndef FIELDPROOF_STORE_REPORT_COUNTS_H
#define FIELDPROOF_STORE_REPORT_COUNTS_H

#include "server/base/arena.h"

#include <stdint.h>

struct report_times {
    int64_t visits;         /**< with arrival and departure; 0: the others say nothing */
    int64_t median_minutes; /**< the least time that half of the visits did not exceed */
    int64_t p90_minutes;    /**< the same of nine of ten */
};

/** `added` and `less` are as "31:2 45:1 ", minutes and how many visits took so long, in any order
 * and often the same; NULL is nothing. Negative: no memory. */
int report_times_add_up(struct arena *arena, const char *added, const char *less,
                        struct report_times *ret) MUST_CHECK;

struct report_finding {
    const char *code; /**< the arena's */
    int64_t photos;
    int64_t visits;
};

/** The same for "sent_late:4:1 ", code, photos and visits. Those that were found most in photos,
 * then in visits, come first; the arena's. Negative: no memory. */
int report_findings_add_up(struct arena *arena, const char *added, const char *less,
                           struct report_finding **ret, size_t *ret_count) MUST_CHECK;

#endif
