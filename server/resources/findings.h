/** Findings on their way to the database, and an organisation's policy on its way from there. */
#ifndef FIELDPROOF_RESOURCES_FINDINGS_H
#define FIELDPROOF_RESOURCES_FINDINGS_H

#include "evidence/policy.h"
#include "server/base/arena.h"
#include "server/store/judgement.h"

#include <jansson.h>
#include <stdbool.h>

/**
 * The policy that the organisation's overrides make of the default one.
 *
 * @param overrides JSON {"thresholds": {name: number}, "verdicts": {code: verdict}}, as stored;
 * what is not understood (a threshold of another version) is left at its default.
 */
void findings_policy(const char *overrides, struct evidence_policy *ret_policy);

/** Whether the organisation listed this device as a GNSS receiver, which phones report as "mock".
 */
bool findings_lists_receiver(const char *overrides, const char *device_id);

/**
 * Verdict, findings with their numbers and sentences in every language, and codes, all in the
 * arena.
 * @return 0, or -1 when the arena or the memory is exhausted.
 */
int findings_judgement(struct arena *arena, const struct evidence_findings *findings,
                       const struct evidence_policy *policy, struct judgement *ret) MUST_CHECK;

/** What a stored finding ({code, explained, …}) asks for by this policy. */
enum evidence_verdict findings_effect(const json_t *finding, const struct evidence_policy *policy);

/** The verdict that stored findings have by this policy: the worst effect of all. */
enum evidence_verdict findings_verdict(const json_t *findings,
                                       const struct evidence_policy *policy);

/** As findings_judgement, of findings as they are stored; their codes are texts of `findings`. */
int findings_judgement_of_stored(struct arena *arena, const json_t *findings,
                                 const struct evidence_policy *policy,
                                 struct judgement *ret) MUST_CHECK;

/** An empty list in the arena: it is too large for a request thread's stack. NULL: exhausted. */
struct evidence_findings *findings_list(struct arena *arena) MUST_CHECK;

#endif
