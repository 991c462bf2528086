/** A check-in as JSON, made from what was just stored instead of reading it back. */
#ifndef FIELDPROOF_RESOURCES_CHECK_IN_ANSWER_H
#define FIELDPROOF_RESOURCES_CHECK_IN_ANSWER_H

#include "server/resources/check_in_judgement.h"

/**
 * The contract's CheckIn of a new one without photos and scans, as check_in_answers (SQL) reads it;
 * a test compares the two. The arena's; NULL when memory is exhausted.
 */
const char *check_in_answer(struct request *request, const struct check_in_body *body,
                            const struct check_in_context *context,
                            const struct check_in_verdict *verdict);

#endif
