/** What a sheet names that no check-in did. Queries: sheet_wait.sql. */
#ifndef FIELDPROOF_STORE_SHEET_WAIT_H
#define FIELDPROOF_STORE_SHEET_WAIT_H

#include "server/store/visit_sheet.h"

/** Where some work orders are. */
struct sheet_places {
    const char *unknown; /**< JSON array of ids of work orders that there are not, or NULL */
    int64_t site_count;  /**< different ones */
    const char *site_id; /**< one of them, or NULL */
};

int sheet_wait_places(struct db *db, struct arena *arena, const struct uuid *org_id,
                      const struct uuid *work_order_ids, size_t count,
                      struct sheet_places *ret) MUST_CHECK;

/** Joins the work orders to the visit, those that are known; none of them changes its state. */
int sheet_wait_join(struct db *db, struct arena *arena, const struct visit_key *key,
                    const struct uuid *work_order_ids, size_t count) MUST_CHECK;

#endif
