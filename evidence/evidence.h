/**
 * Findings and verdicts.
 *
 * A rule looks at facts and states findings; a policy turns findings into a verdict. Everything here
 * is a pure function of its arguments: no clock, no files, no database, no allocation.
 */
#ifndef FIELDPROOF_EVIDENCE_EVIDENCE_H
#define FIELDPROOF_EVIDENCE_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum evidence_severity { EVIDENCE_INFO, EVIDENCE_WARN, EVIDENCE_FAIL };

enum evidence_verdict { EVIDENCE_ACCEPTED, EVIDENCE_NEEDS_REVIEW, EVIDENCE_REJECTED };

enum evidence_language { EVIDENCE_ENGLISH, EVIDENCE_CHINESE };

#define EVIDENCE_NUMBERS_MAX  6
#define EVIDENCE_TEXT_MAX     64
#define EVIDENCE_SENTENCE_MAX 512
#define EVIDENCE_FINDINGS_MAX 32

/** One fact a finding rests on. `text` is used when `is_text`; the value otherwise. */
struct evidence_number {
    const char *name; /**< static, snake_case with its unit: "distance_m" */
    double value;
    bool is_text;
    char text[EVIDENCE_TEXT_MAX]; /**< UTF-8, NUL-terminated, cut at a character boundary */
};

/** What a rule states. `code` is one of the codes in evidence/codes.h and is static. */
struct evidence_finding {
    const char *code;
    enum evidence_severity severity;
    size_t number_count;
    struct evidence_number numbers[EVIDENCE_NUMBERS_MAX];
};

/** Findings in the order the rules stated them; a full list drops nothing silently (see add). */
struct evidence_findings {
    size_t count;
    bool truncated;
    struct evidence_finding items[EVIDENCE_FINDINGS_MAX];
};

#endif
