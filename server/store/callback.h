/** Phone calls to customers after a visit. Queries: callback.sql. */
#ifndef FIELDPROOF_STORE_CALLBACK_H
#define FIELDPROOF_STORE_CALLBACK_H

#include "server/store/db.h"

struct callback {
    struct uuid org_id;
    struct uuid id;
    struct uuid visit_id;
    int64_t called_at_ms;
    const char *outcome;    /**< satisfied, dissatisfied, follow_up, not_reached */
    int64_t score;          /**< 1 to 5; 0: none was given */
    const char *spoke_with; /**< or NULL */
    const char *note;       /**< or NULL */
    const struct uuid *called_by;
    const uint8_t *content_sha256;
};

/** `ret_taken_by` as in insert_once.h. */
int callback_insert(struct db *db, struct arena *arena, const struct callback *callback,
                    const char **ret_taken_by) MUST_CHECK;

/** The call as JSON, or NULL when there is none. */
int callback_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                 const struct uuid *id, const char **ret_json) MUST_CHECK;

#endif
