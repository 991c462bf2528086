/** Links for customers, seen from inside the organisation. Queries: customer_link.sql. */
#ifndef FIELDPROOF_STORE_CUSTOMER_LINK_H
#define FIELDPROOF_STORE_CUSTOMER_LINK_H

#include "server/store/db.h"

/** What a link shows: a visit, or a work order with its visits. One of the two is NULL. */
struct customer_link_subject {
    const struct uuid *visit_id;
    const struct uuid *work_order_id;
};

/** @param technician_id whose visit or work order it must be; NULL: anybody's. */
int customer_link_subject_exists(struct db *db, struct arena *arena, const struct uuid *org_id,
                                 const struct customer_link_subject *subject,
                                 const struct uuid *technician_id, bool *ret_exists) MUST_CHECK;

struct customer_link_row {
    struct uuid org_id;
    struct uuid id;
    struct customer_link_subject subject;
    const uint8_t *token_sha256;
    const struct uuid *created_by;
    const uint8_t *content_sha256;
    int asked_days; /**< how long it lives; 0: as the organisation has said */
    int life_days;  /**< where that has not said a number either */
};

/** `ret_taken_by` as in insert_once.h. */
int customer_link_insert(struct db *db, struct arena *arena, const struct customer_link_row *row,
                         const char **ret_taken_by) MUST_CHECK;

/** Rows of (id, JSON, 64 digits of the token's digest): the link, if this technician may see it. */
int customer_link_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                      const struct uuid *id, const struct uuid *technician_id,
                      struct db_rows *ret) MUST_CHECK;

/** As customer_link_get, of every link to the subject, newest first. */
int customer_link_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                       const struct customer_link_subject *subject, struct db_rows *ret) MUST_CHECK;

/** As customer_link_get, of every link that shows the visit: its own, and its work orders'. */
int customer_link_list_around_visit(struct db *db, struct arena *arena, const struct uuid *org_id,
                                    const struct uuid *visit_id, struct db_rows *ret) MUST_CHECK;

/** From now on the link shows nothing. Again is harmless. */
int customer_link_revoke(struct db *db, struct arena *arena, const struct uuid *org_id,
                         const struct uuid *id, const struct uuid *revoked_by) MUST_CHECK;

#endif
