/** Organisations in the database. Queries: organisation.sql. Texts are the arena's. */
#ifndef FIELDPROOF_STORE_ORGANISATION_H
#define FIELDPROOF_STORE_ORGANISATION_H

#include "server/store/db.h"

struct organisation_row {
    struct uuid org_id;
    const char *slug;
    const char *name;
    const char *language;
    const char *time_zone;
    const uint8_t *content_sha256;
};

/** Also enters the slug in the directory. `ret_taken_by` as in insert_once.h. */
int organisation_insert(struct db *db, struct arena *arena, const struct organisation_row *row,
                        const char **ret_taken_by) MUST_CHECK;

/** `ret_is_known` false: there is no such slug, and `ret_org_id` is untouched. */
int organisation_id_by_slug(struct db *db, const char *slug, bool *ret_is_known,
                            struct uuid *ret_org_id) MUST_CHECK;

/** JSON in the contract's shape; NULL when there is none. */
int organisation_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                     const char **ret_json, int64_t *ret_version) MUST_CHECK;

/** The overrides, as stored. `for_change`: nobody else changes them until the transaction ends. */
int organisation_policy(struct db *db, struct arena *arena, const struct uuid *org_id,
                        bool for_change, const char **ret_json, int64_t *ret_version) MUST_CHECK;

int organisation_policy_update(struct db *db, struct arena *arena, const struct uuid *org_id,
                               const char *policy, int64_t *ret_version) MUST_CHECK;

/**
 * Goes from one organisation to the next, by id, in a transaction of its own.
 * @param org_id where this stands; the first one's when `is_first`
 * @return 1: it is the next one now; 0: there is none; negative: the database does not say.
 */
int organisation_next(struct db_pool *pool, bool is_first, struct uuid *org_id) MUST_CHECK;

#endif
