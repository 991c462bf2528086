/** What a link shows to whoever holds it. Queries: shared.sql. */
#ifndef FIELDPROOF_STORE_SHARED_H
#define FIELDPROOF_STORE_SHARED_H

#include "server/store/db.h"

/** How many requests there were in this window. */
struct shared_throttle {
    int64_t of_link; /**< 0: there is no such link */
    int64_t of_address;
    int64_t left_s; /**< until the later of the two windows ends */
};

/** Counts `weight` requests before they are answered. */
int shared_throttle_count(struct db *db, struct arena *arena, const struct uuid *org_id,
                          const uint8_t token_sha256[32], const uint8_t address_sha256[32],
                          int64_t weight, int64_t window_s, struct shared_throttle *ret) MUST_CHECK;

/** A link that was not revoked. */
struct shared_link {
    struct uuid org_id;
    struct uuid id;
    const char *visit_id;      /**< NULL: it shows a work order */
    const char *work_order_id; /**< NULL: it shows a visit */
    bool is_expired;
    const char *photo_rule; /**< what the organisation set, or NULL */
};

/** @param[in,out] link of its organisation. @param[out] ret_found false: there is none. */
int shared_link_find(struct db *db, struct arena *arena, const uint8_t token_sha256[32],
                     struct shared_link *link, bool *ret_found) MUST_CHECK;

/** Counts a look at the link from this address. */
int shared_link_viewed(struct db *db, struct arena *arena, const struct shared_link *link,
                       const char *address) MUST_CHECK;

/** Everything on the page, as JSON; NULL when its subject is gone. */
int shared_view(struct db *db, struct arena *arena, const struct shared_link *link,
                const char **ret_json) MUST_CHECK;

/** Digests of a photo's files; NULL when the link does not show it. */
int shared_photo(struct db *db, struct arena *arena, const struct shared_link *link,
                 const struct uuid *photo_id, const char **ret_small_sha256,
                 const char **ret_medium_sha256) MUST_CHECK;

/**
 * A visit that the link shows: the one asked for, or the newest (NULL).
 *
 * @param[out] ret_visit_id NULL: it shows none, or not this one.
 * @param[out] ret_signed_version of its sheet; 0: none is signed.
 */
int shared_visit(struct db *db, struct arena *arena, const struct shared_link *link,
                 const char *asked_id, const char **ret_visit_id,
                 int64_t *ret_signed_version) MUST_CHECK;

/** Digests of every PDF of the link's visits, as JSON. */
int shared_documents(struct db *db, struct arena *arena, const struct shared_link *link,
                     const char **ret_json) MUST_CHECK;

#endif
