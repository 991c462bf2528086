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

/** How often a link was answered. */
struct customer_response_count {
    int64_t of_hour;
    int64_t in_all;
};

/** Whoever answers through the same link waits from here on until this transaction ends. */
int customer_response_count(struct db *db, struct arena *arena, const struct uuid *org_id,
                            const struct uuid *link_id,
                            struct customer_response_count *ret) MUST_CHECK;

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
    const char *handled;
    const char *concern; /**< complaints, disputes and low ratings, or the others */
    bool by_urgency;     /**< not together with a work order */
};

/** Rows of (JSON, moment, id), newest first, as the organisation sees them; by urgency rows of
 * (JSON, urgency, moment, id), the most urgent first. */
int customer_response_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                           const struct customer_response_filter *filter,
                           const struct db_parameters *page, struct db_rows *ret) MUST_CHECK;

/** Somebody deals with an answer, or opens it again. */
struct response_handling {
    struct uuid org_id;
    struct uuid id;
    struct uuid response_id;
    const char *state; /**< handled or open */
    const char *note;  /**< or NULL */
    const struct uuid *actor_id;
    const uint8_t *content_sha256;
};

/** Locks the answer. @param[out] ret_state handled or open; NULL: there is no such answer. */
int customer_response_lock(struct db *db, struct arena *arena,
                           const struct response_handling *handling,
                           const char **ret_state) MUST_CHECK;

/** `ret_taken_by` as in insert_once.h. */
int response_handling_insert(struct db *db, struct arena *arena,
                             const struct response_handling *handling,
                             const char **ret_taken_by) MUST_CHECK;

/** Makes its state the answer's. */
int response_handling_apply(struct db *db, struct arena *arena,
                            const struct response_handling *handling) MUST_CHECK;

/** As the organisation sees it; NULL when there is none. */
int customer_response_summary_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                                  const struct uuid *id, const char **ret_json) MUST_CHECK;

#endif
