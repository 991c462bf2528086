/** What waits for something that may never come. Queries: sheet_wait.sql. */
#ifndef FIELDPROOF_STORE_SHEET_WAIT_H
#define FIELDPROOF_STORE_SHEET_WAIT_H

#include "server/store/visit_sheet.h"

/** Since when `subject` waits, by the server's clock: `now_ms` if this is the first time. */
int waiting_since(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const struct uuid *user_id, const char *subject, int64_t now_ms,
                  int64_t *ret_since_ms) MUST_CHECK;

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
