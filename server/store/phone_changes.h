/** What a technician's phone keeps, and what of it changed. Queries: phone_changes.sql. */
#ifndef FIELDPROOF_STORE_PHONE_CHANGES_H
#define FIELDPROOF_STORE_PHONE_CHANGES_H

#include "server/store/db.h"

/** How long a cursor is good for. A phone that was away longer is given everything. */
#define PHONE_CURSOR_DAYS 14

/** What a phone has, as its cursor says it. Texts of PostgreSQL; NULL where there is none. */
struct phone_cursor {
    const char *incarnation; /**< of the database that made the cursor; NULL: there is no cursor */
    const char *known;       /**< the snapshot that the phone has; NULL: it is being given all */
    const char *known_at;    /**< the moment of that */
    const char *last_kind;   /**< of the last entity that the phone was given, with its id; NULL: */
    const char *last_id;     /**< this is no page that continues another */
};

/** A page of changes, and what the next cursor is made of. */
struct phone_changes {
    const char *incarnation;
    const char *snapshot;
    const char *moment;
    bool continues; /**< false: the cursor is none, or too old; this begins anew */
    bool has_more;
    const char *last_kind;
    const char *last_id;
    int64_t count;
    const char *work_orders; /**< JSON, as the members below */
    const char *retakes;
    const char *corrections;
    const char *deleted;
    const char *organisation;
    const char *policy_overrides;
    int64_t organisation_version;
    const char *technician;
};

int phone_changes_read(struct db *db, struct arena *arena, const struct uuid *org_id,
                       const struct uuid *technician_id, const struct phone_cursor *cursor,
                       struct phone_changes *ret) MUST_CHECK;

/** Removes what no cursor needs any more, of one organisation. */
int phone_changes_forget(struct db_pool *pool, const struct uuid *org_id,
                         int64_t *ret_removed) MUST_CHECK;

#endif
