#include "evidence/clock.h"

/* Thresholds are whole or fractional seconds; times are whole milliseconds. */
static bool is_over(int64_t elapsed_ms, double limit_s)
{
    return (double)elapsed_ms > limit_s * 1000;
}

static bool judge_skew(const struct evidence_clock *clock, double limit_s,
                       struct evidence_findings *findings)
{
    int64_t skew_ms = evidence_elapsed_ms(clock->received_at_ms, clock->sent_at_ms);
    struct evidence_finding *finding = NULL;

    if (!is_over(skew_ms, limit_s) && !((double)skew_ms < -limit_s * 1000))
        return false;
    finding = evidence_findings_add(findings, EVIDENCE_CLOCK_SKEW);
    evidence_finding_ms(finding, "skew_ms", skew_ms);
    evidence_finding_number(finding, "limit_ms", limit_s * 1000);
    return true;
}

static struct evidence_finding *state_elapsed(struct evidence_findings *findings,
                                              enum evidence_code code, const char *name,
                                              int64_t elapsed_ms, double limit_s)
{
    struct evidence_finding *finding = evidence_findings_add(findings, code);

    evidence_finding_ms(finding, name, elapsed_ms);
    evidence_finding_number(finding, "limit_ms", limit_s * 1000);
    return finding;
}

void evidence_clock_judge(const struct evidence_clock *clock, const struct evidence_policy *policy,
                          struct evidence_findings *findings)
{
    double skew_limit_s = policy->clock_skew_s;
    int64_t sent_at_ms = clock->has_sent_at ? clock->sent_at_ms : clock->received_at_ms;
    int64_t ahead_ms = evidence_elapsed_ms(clock->received_at_ms, clock->captured_at_ms);
    int64_t waited_ms = evidence_elapsed_ms(clock->captured_at_ms, sent_at_ms);
    bool is_after_sent = clock->has_sent_at && (double)waited_ms < -skew_limit_s * 1000;
    bool is_skewed = clock->has_sent_at && judge_skew(clock, skew_limit_s, findings);

    if (is_over(ahead_ms, skew_limit_s)) {
        struct evidence_finding *finding = state_elapsed(findings, EVIDENCE_CAPTURED_IN_FUTURE,
                                                         "ahead_ms", ahead_ms, skew_limit_s);

        if (is_skewed && !is_after_sent)
            evidence_finding_explain(finding);
    }
    if (is_after_sent)
        (void)state_elapsed(findings, EVIDENCE_CAPTURED_AFTER_SENT, "after_ms",
                            evidence_elapsed_ms(sent_at_ms, clock->captured_at_ms), skew_limit_s);
    if (is_over(waited_ms, policy->sent_late_s))
        (void)state_elapsed(findings, EVIDENCE_SENT_LATE, "delay_ms", waited_ms,
                            policy->sent_late_s);
}
