/** What every test of the rules uses: cmocka, a policy, a list of findings, and what must always
 * hold. */
#ifndef FIELDPROOF_TESTS_EVIDENCE_CHECKS_H
#define FIELDPROOF_TESTS_EVIDENCE_CHECKS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "evidence/evidence.h"
#include "evidence/policy.h"

struct bench {
    struct evidence_policy policy;
    struct evidence_findings findings;
};

/** An empty list and the default policy. */
void bench_clear(struct bench *bench);

/**
 * Holds each finding against the table of codes: its numbers are listed there and finite, its
 * sentences are whole in both languages and say nothing that was not filled in.
 */
void check_findings(const struct bench *bench);

/** The only finding of that code; fails when it is not there or not alone. check_findings() too. */
const struct evidence_finding *check_stated(const struct bench *bench, enum evidence_code code);

/** Fails when that code was stated. check_findings() too. */
void check_silent(const struct bench *bench, enum evidence_code code);

/** A number that must be there. */
double check_number(const struct evidence_finding *finding, const char *name);

/** Exactly equal; cmocka's own assert_int_equal would go through an unsigned integer. */
#define assert_number(actual, expected) assert_true((double)(actual) == (double)(expected))

/** Fails when the number is not there or reads otherwise. */
void check_text(const struct evidence_finding *finding, const char *name, const char *expected);

/** Fails when the sentence reads otherwise. */
void check_sentence(const struct evidence_finding *finding, enum evidence_language language,
                    const char *expected);

#endif
