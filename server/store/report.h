/** Reports, and the rows that are kept for them. Queries: report.sql. Texts are the arena's. */
#ifndef FIELDPROOF_STORE_REPORT_H
#define FIELDPROOF_STORE_REPORT_H

#include "server/store/db.h"

enum report_kind {
    REPORT_EVIDENCE, /**< how good the evidence is */
    REPORT_SERVICE,  /**< how the visits went */
};

struct report_filter {
    const char *from;          /**< first day, YYYY-MM-DD */
    const char *to;            /**< last day */
    const char *by;            /**< what a row is: technician, team, site, customer, day or week */
    const char *technician_id; /**< NULL: any; so are the others */
    const char *team;
    const char *site_id;
    const char *customer_id;
    const char *limit; /**< rows at most */
};

/** JSON in the contract's shape. */
int report_read(struct db *db, struct arena *arena, const struct uuid *org_id,
                enum report_kind kind, const struct report_filter *filter,
                const char **ret_json) MUST_CHECK;

/**
 * Counts a part of what has changed since the last time and keeps it, in a transaction of its own;
 * see migrations/0044_report_sums.sql. `ret_has_more`: call again.
 */
int report_refresh(struct db_pool *pool, const struct uuid *org_id, bool *ret_has_more) MUST_CHECK;

#endif
