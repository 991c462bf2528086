/** Corrections of signed visit sheets that managers ask for. Queries: correction.sql. */
#ifndef FIELDPROOF_STORE_CORRECTION_H
#define FIELDPROOF_STORE_CORRECTION_H

#include "server/store/db.h"

struct correction {
    struct uuid org_id;
    struct uuid id;
    struct uuid visit_id;
    int64_t sheet_version;     /**< the signed version that is wrong */
    const char *technician_id; /**< who is to correct it */
    const char *const *blocks; /**< where it is wrong */
    size_t block_count;
    const char *reason;
    const struct uuid *requested_by;
    const uint8_t *content_sha256;
};

/** Of a visit, what a correction asks about. */
struct correction_subject {
    const char *technician_id;     /**< NULL: there is no such visit */
    int64_t latest_signed_version; /**< 0: nothing is signed */
};

/** Nobody writes or signs a sheet of the visit until the transaction ends. */
int correction_lock_subject(struct db *db, struct arena *arena, const struct uuid *org_id,
                            const struct uuid *visit_id, struct correction_subject *ret) MUST_CHECK;

/** `ret_taken_by` as in insert_once.h. */
int correction_insert(struct db *db, struct arena *arena, const struct correction *correction,
                      const char **ret_taken_by) MUST_CHECK;

/** The correction as JSON, or NULL when there is none. */
int correction_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const struct uuid *id, const char **ret_json) MUST_CHECK;

/** What is known of a correction that is to be withdrawn. */
struct correction_standing {
    bool exists;
    int64_t answered_version; /**< 0: it waits, or was withdrawn */
};

int correction_lock(struct db *db, struct arena *arena, const struct uuid *org_id,
                    const struct uuid *id, struct correction_standing *ret) MUST_CHECK;

/** Ends the wait for it; nothing happens to one that has ended. */
int correction_withdraw(struct db *db, struct arena *arena, const struct uuid *org_id,
                        const struct uuid *id, const struct uuid *withdrawn_by) MUST_CHECK;

/** Rows of a page: see page.h. `open` and `technician_id` may be NULL. */
int correction_list(struct db *db, struct arena *arena, const struct uuid *org_id, const char *open,
                    const char *technician_id, const struct db_parameters *page,
                    struct db_rows *ret) MUST_CHECK;

/** Those of one visit as a JSON array, or NULL when there is none. */
int correction_list_of_visit(struct db *db, struct arena *arena, const struct uuid *org_id,
                             const struct uuid *visit_id, const char **ret_json) MUST_CHECK;

#endif
