/** Which photos of the audit each manager has taken. Queries: audit_claim.sql. */
#ifndef FIELDPROOF_STORE_AUDIT_CLAIM_H
#define FIELDPROOF_STORE_AUDIT_CLAIM_H

#include "server/store/db.h"

/** What a manager would judge next. */
struct audit_claim {
    struct uuid org_id;
    struct uuid user_id;
    const char *const *photo_ids; /**< the first one before the others */
    size_t count;
    int most;       /**< of these are taken */
    int good_for_s; /**< how long others leave a claim alone */
};

/**
 * Takes the first of these photos that wait and that nobody else has taken, in place of what the
 * manager had before.
 *
 * @param[out] ret_json as of the contract's AuditClaims.
 */
int audit_claim_take(struct db *db, struct arena *arena, const struct audit_claim *claim,
                     const char **ret_json) MUST_CHECK;

#endif
