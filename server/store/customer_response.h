/** What customers said: ratings, complaints, decisions. Queries: customer_response.sql. */
#ifndef FIELDPROOF_STORE_CUSTOMER_RESPONSE_H
#define FIELDPROOF_STORE_CUSTOMER_RESPONSE_H

#include "server/store/db.h"

struct customer_response {
    struct uuid org_id;
    struct uuid id;
    const struct uuid *link_id;
    const char *visit_id;      /**< or NULL */
    const char *work_order_id; /**< the link's, or NULL */
    const char *kind;          /**< rating, complaint, decision */
    int64_t stars;             /**< of a rating, else 0 */
    const char *decision;      /**< confirmed or disputed, or NULL */
    const char *words;         /**< or NULL */
    const uint8_t *content_sha256;
};

/** `ret_taken_by` as in insert_once.h. */
int customer_response_insert(struct db *db, struct arena *arena,
                             const struct customer_response *response,
                             const char **ret_taken_by) MUST_CHECK;

/** As its customer sees it. */
int customer_response_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                          const struct uuid *id, const char **ret_json) MUST_CHECK;

/** Null members ask for nothing. */
struct customer_response_filter {
    const char *kind;
    const char *visit_id;
    const char *work_order_id;
    const char *from;
    const char *to;
};

/** Rows of (JSON, moment, id), newest first, as the organisation sees them. */
int customer_response_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                           const struct customer_response_filter *filter,
                           const struct db_parameters *page, struct db_rows *ret) MUST_CHECK;

#endif
