/** Tickets by which a browser downloads a pack without an access token. Queries: pack_ticket.sql.
 */
#ifndef FIELDPROOF_STORE_PACK_TICKET_H
#define FIELDPROOF_STORE_PACK_TICKET_H

#include "server/store/db.h"

struct pack_ticket {
    struct uuid org_id;
    struct uuid id;
    struct uuid visit_id;
    struct uuid user_id; /**< who downloads */
    struct uuid session_id;
    const uint8_t *token_sha256;
    const uint8_t *content_sha256;
    int life_s;
};

/** `ret_taken_by` as in insert_once.h. */
int pack_ticket_insert(struct db *db, struct arena *arena, const struct pack_ticket *ticket,
                       const char **ret_taken_by) MUST_CHECK;

/** RFC 3339; NULL when there is no such ticket. */
int pack_ticket_expires_at(struct db *db, struct arena *arena, const struct uuid *org_id,
                           const struct uuid *id, const char **ret_time) MUST_CHECK;

/** What a ticket was made for. */
struct pack_ticket_use {
    bool is_good; /**< false: there is none, it is over or used, or its user may not any more */
    struct uuid visit_id;
    struct uuid user_id;
    struct uuid session_id;
};

/** Uses up the ticket of a token's digest. */
int pack_ticket_use(struct db *db, struct arena *arena, const struct uuid *org_id,
                    const uint8_t token_sha256[32], struct pack_ticket_use *ret) MUST_CHECK;

#endif
