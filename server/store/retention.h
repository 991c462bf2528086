/** How long bytes are kept, and visits that are held. Queries: retention.sql. */
#ifndef FIELDPROOF_STORE_RETENTION_H
#define FIELDPROOF_STORE_RETENTION_H

#include "server/store/db.h"

/** 0 months: for ever. */
struct retention_rules {
    int64_t originals_months;
    int64_t thumbnails_months;
};

/** What stands; version 0: nothing was ever set, all is kept for ever. */
struct retention {
    int64_t version;
    struct retention_rules rules;
    const char *json; /**< the contract's Retention; NULL with version 0, and when only locked */
};

int retention_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                  struct retention *ret) MUST_CHECK;

/** As retention_get, without the JSON; nobody else changes it until this transaction ends. */
int retention_lock(struct db *db, struct arena *arena, const struct uuid *org_id,
                   struct retention *ret) MUST_CHECK;

int retention_set(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const struct retention_rules *rules, const struct uuid *user_id) MUST_CHECK;

/** What a sweep would remove by these rules, now. */
struct retention_preview {
    int64_t originals;
    int64_t original_bytes;
    int64_t thumbnails; /**< photos that lose them */
    int64_t spared;     /**< photos of visits that are held or disputed */
};

int retention_preview(struct db *db, struct arena *arena, const struct uuid *org_id,
                      const struct retention_rules *rules,
                      struct retention_preview *ret) MUST_CHECK;

/** What a sweep has taken off the rows; the bytes themselves go with the sweep of blobs. */
struct retention_removed {
    int64_t originals;
    int64_t original_bytes;
    int64_t thumbnails;
};

/** Removes what is due, a few rows a transaction. Adds to `ret` what was committed. */
int retention_remove(struct db_pool *pool, const struct uuid *org_id,
                     struct retention_removed *ret) MUST_CHECK;

/** The hold of a visit as JSON, or NULL. */
int hold_get(struct db *db, struct arena *arena, const struct uuid *org_id,
             const struct uuid *visit_id, const char **ret_json) MUST_CHECK;

int hold_set(struct db *db, struct arena *arena, const struct uuid *org_id,
             const struct uuid *visit_id, const struct uuid *user_id, const char *reason,
             bool *ret_is_known) MUST_CHECK;

int hold_release(struct db *db, struct arena *arena, const struct uuid *org_id,
                 const struct uuid *visit_id, bool *ret_is_known) MUST_CHECK;

/** Rows of (JSON, moment, id), newest first. `limits` are the page's parameters. */
int hold_list(struct db *db, struct arena *arena, const struct uuid *org_id,
              const struct db_parameters *limits, struct db_rows *ret) MUST_CHECK;

#endif
