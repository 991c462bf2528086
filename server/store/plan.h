/** The plan of some days in the database. Query: plan.sql. Texts are the arena's. */
#ifndef FIELDPROOF_STORE_PLAN_H
#define FIELDPROOF_STORE_PLAN_H

#include "server/store/db.h"

/** What a plan shows; its ceilings keep one answer from becoming the whole history. */
struct plan_span {
    const char *from; /**< day, "2026-11-22" */
    const char *to;   /**< day, included */
    int planned_max;  /**< work orders of the days */
    int waiting_max;  /**< work orders that wait to be planned */
};

/** The plan as JSON. */
int plan_get(struct db *db, struct arena *arena, const struct uuid *org_id,
             const struct plan_span *span, const char **ret_json) MUST_CHECK;

#endif
