/**
 * The schema: forward-only migrations, each in a transaction of its own, and the check before
 * serving.
 */
#ifndef FIELDPROOF_STORE_MIGRATE_H
#define FIELDPROOF_STORE_MIGRATE_H

#include "server/base/macros.h"

enum migrate_error {
    MIGRATE_FAILED = -1,
    MIGRATE_UNREACHABLE = -2, /**< PostgreSQL does not answer: trying again later may help */
};

#define MIGRATE_SENTENCE_BYTES 512

struct migrate_report {
    int applied;                           /**< by this call */
    int schema;                            /**< number of the newest migration in the database */
    char sentence[MIGRATE_SENTENCE_BYTES]; /**< on failure: what is wrong and what to do */
};

/**
 * Applies what is missing, as the role that owns the tables. An advisory lock lets one process do
 * it at a time; an applied file that was edited since is refused.
 */
int migrate_apply(const char *owner_url, struct migrate_report *ret) MUST_CHECK;

/**
 * Whether a server may run: schema exactly the binary's, and a role that cannot bypass row-level
 * security.
 */
int migrate_check(const char *url, struct migrate_report *ret) MUST_CHECK;

#endif
