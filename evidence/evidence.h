/**
 * Findings and verdicts.
 *
 * A rule looks at facts and states findings; a policy turns findings into a verdict. Everything
 * here is a pure function of its arguments: no clock, no files, no database, no allocation.
 *
 *     struct evidence_policy policy;                 // 1 KB
 *     struct evidence_findings *findings = …;        // 40 KB: not on a request thread's stack
 *     evidence_policy_default(&policy);
 *     evidence_findings_clear(findings);
 *     evidence_clock_judge(&clock, &policy, findings);
 *     evidence_photo_judge(&photo, &policy, findings);
 *     verdict = evidence_verdict_of(findings, &policy);
 *     evidence_sentence(&findings->items[0], EVIDENCE_CHINESE, text, sizeof(text));
 */
#ifndef FIELDPROOF_EVIDENCE_EVIDENCE_H
#define FIELDPROOF_EVIDENCE_EVIDENCE_H

#include "evidence/codes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EVIDENCE_NUMBERS_MAX  8
#define EVIDENCE_TEXT_MAX     384
#define EVIDENCE_SENTENCE_MAX 1024
#define EVIDENCE_FINDINGS_MAX 64

/**
 * One fact a finding rests on. The name ends in its unit, which is also how a sentence prints it:
 * `_m` metres, `_ms` milliseconds of duration, `_at_ms` milliseconds since the epoch, `_mps` metres
 * a second, `_px` pixels, `_min` minutes of UTC offset; anything else is a plain number.
 */
struct evidence_number {
    const char *name; /**< static, snake_case */
    double value;     /**< finite; 0 for a text */
    bool is_text;     /**< read it with evidence_finding_text() */
    uint16_t text_at; /**< where in the finding's text it begins */
};

/** What a rule states. Copied freely: it points at static data only. */
struct evidence_finding {
    enum evidence_code code;
    /** As in the table of codes, but EVIDENCE_INFO when `explained`. */
    enum evidence_severity severity;
    /** Another finding of the same check-in says why; this one is shown and does not count. */
    bool explained;
    /** Of a video: its sentence says so. */
    bool is_of_video;
    size_t number_count;
    struct evidence_number numbers[EVIDENCE_NUMBERS_MAX];
    size_t text_used_bytes;
    char text[EVIDENCE_TEXT_MAX]; /**< NUL-terminated UTF-8 texts, one after the other */
};

/** Findings in the order the rules stated them. */
struct evidence_findings {
    size_t count;
    /** How many did not fit. They are not lost silently: the verdict is then never "accepted". */
    size_t dropped_count;
    struct evidence_finding items[EVIDENCE_FINDINGS_MAX];
};

/** An empty list; only the counts are written. */
void evidence_findings_clear(struct evidence_findings *findings);

/**
 * States a finding with the severity of its code.
 *
 * @return the finding, to be given its numbers; borrowed from the list. NULL when the list is full:
 *         every function below takes NULL and does nothing.
 */
struct evidence_finding *evidence_findings_add(struct evidence_findings *findings,
                                               enum evidence_code code);

/** The first finding of that code, or NULL. */
const struct evidence_finding *evidence_findings_find(const struct evidence_findings *findings,
                                                      enum evidence_code code);

/** Adds a number. A value that is not finite is left out: JSON cannot carry it, nor a sentence. */
void evidence_finding_number(struct evidence_finding *finding, const char *name, double value);

/** Adds a duration or an instant, exact up to 2^53 ms. */
void evidence_finding_ms(struct evidence_finding *finding, const char *name, int64_t value_ms);

/**
 * Adds a text (a list: one entry a line). NULL is left out. Cut at a character boundary where the
 * finding's text is full; bytes that are not UTF-8 and control characters become U+FFFD.
 */
void evidence_finding_set_text(struct evidence_finding *finding, const char *name,
                               const char *text);

/** Marks it as explained by another finding: severity info, no effect on the verdict. */
void evidence_finding_explain(struct evidence_finding *finding);

/** The number of that name, or NULL. */
const struct evidence_number *evidence_finding_get(const struct evidence_finding *finding,
                                                   const char *name);

/** The text of a number of this very finding; "" when it is not a text. */
const char *evidence_finding_text(const struct evidence_finding *finding,
                                  const struct evidence_number *number);

/** b - a in milliseconds, held at INT64_MIN and INT64_MAX instead of overflowing. */
int64_t evidence_elapsed_ms(int64_t from_ms, int64_t to_ms);

#endif
