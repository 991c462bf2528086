/** Why two policies judge one thing differently. */
#ifndef FIELDPROOF_RESOURCES_POLICY_REASONS_H
#define FIELDPROOF_RESOURCES_POLICY_REASONS_H

#include "server/http/request.h"
#include "server/store/judgement.h"

/**
 * What one policy finds and the other does not, and what weighs otherwise: a new reference to
 * [{code, change, sentence}], in the reader's language.
 */
json_t *policy_reasons(struct request *request, const struct judgement *judged_before,
                       const char *overrides_before, const struct judgement *judged_after,
                       const char *overrides_after) MUST_CHECK;

#endif
