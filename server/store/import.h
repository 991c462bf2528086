/**
 * Many rows at once. Queries: import.sql, customer.sql, site.sql, asset.sql, work_order_import.sql.
 */
#ifndef FIELDPROOF_STORE_IMPORT_H
#define FIELDPROOF_STORE_IMPORT_H

#include "server/store/db.h"

#define IMPORT_LOOK_UPS_MAX 6

/** The queries of one table. */
struct import_queries {
    const struct query *insert;
    const struct query *complete; /**< of what was inserted: its parts; NULL: there are none */
    const struct query *look_ups[IMPORT_LOOK_UPS_MAX]; /**< of texts in rows: code → id, … */
};

extern const struct import_queries import_customer_queries;
extern const struct import_queries import_site_queries;
extern const struct import_queries import_asset_queries;
extern const struct import_queries import_work_order_queries;

/** Rows of (text, what it stands for), for those of `texts` that are known. */
int import_look_up(struct db *db, struct arena *arena, const struct query *look_up,
                   const struct uuid *org_id, const char *const *texts, size_t count,
                   struct db_rows *ret) MUST_CHECK;

/**
 * Inserts what is new.
 *
 * @param rows JSON [{"row": number, "content_sha256": hexadecimal, "entity": {columns}}, …]
 * @param[out] ret rows of (number, "imported" | "unchanged" | "content_conflict" | "duplicate").
 */
int import_insert(struct db *db, struct arena *arena, const struct import_queries *table,
                  const struct uuid *org_id, const struct uuid *actor_id, const char *rows,
                  struct db_rows *ret) MUST_CHECK;

/** What is imported between these two is looked at as if it were there, and is gone afterwards. */
int import_trial_begin(struct db *db) MUST_CHECK;
int import_trial_undo(struct db *db) MUST_CHECK;

#endif
