/** What the clocks tell: the phone's against ours, and how long a check-in waited to be sent. */
#ifndef FIELDPROOF_EVIDENCE_CLOCK_H
#define FIELDPROOF_EVIDENCE_CLOCK_H

#include "evidence/policy.h"

/** The times of one check-in, milliseconds since the epoch. */
struct evidence_clock {
    int64_t captured_at_ms; /**< the phone's clock, when the check-in was made */
    bool has_sent_at;
    int64_t sent_at_ms;     /**< the phone's clock, when this request was begun */
    int64_t received_at_ms; /**< our clock, when this request's first byte was here */
};

/** States what the clocks tell. Waiting offline is normal and never counts against anyone. */
void evidence_clock_judge(const struct evidence_clock *clock, const struct evidence_policy *policy,
                          struct evidence_findings *findings);

#endif
