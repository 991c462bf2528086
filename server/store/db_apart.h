/** Transactions that no request asks for: of the sweep, and of the server's own threads. */
#ifndef FIELDPROOF_STORE_DB_APART_H
#define FIELDPROOF_STORE_DB_APART_H

#include "server/store/db.h"

/** What such a transaction does. Negative: it is rolled back. */
typedef int db_work(struct db *db, struct arena *arena, void *context);

/**
 * Runs `work` in a transaction of its own, with an arena of its own: what it leaves in `context`
 * must not be the arena's, and counts only when this succeeds.
 *
 * @param org_id NULL: of no organisation
 * @return what `work` returned; negative also when it was not committed.
 */
int db_run_apart(struct db_pool *pool, const struct uuid *org_id, bool is_read_only, db_work *work,
                 void *context) MUST_CHECK;

/** Runs a query of (organisation, a number) so, and answers the number in its only row's first
 * column. */
int db_count_apart(struct db_pool *pool, const struct uuid *org_id, const struct query *query,
                   int64_t number, int64_t *ret_count) MUST_CHECK;

#endif
