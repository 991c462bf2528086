/** The limit on attempts to log in: by password, or with a code. */
#ifndef FIELDPROOF_RESOURCES_ATTEMPTS_H
#define FIELDPROOF_RESOURCES_ATTEMPTS_H

#include "server/http/request.h"
#include "server/store/session.h"

/**
 * Whose attempt it is: the address, and the account, which is `kind` with two texts. Letters of
 * ASCII count alike in both cases, so that spelling does not matter.
 */
void attempts_name(const struct request *request, const char *kind, const char *a, const char *b,
                   struct log_in_subjects *ret);

/** Counts one, in the open transaction: before anything is checked, and to be committed. */
int attempts_count(struct request *request, const struct log_in_subjects *subjects,
                   struct log_in_attempts *ret) MUST_CHECK;

/** TOO_MANY_REQUESTS when one of the counts is too high. */
int attempts_check(struct request *request, const struct log_in_attempts *attempts) MUST_CHECK;

#endif
