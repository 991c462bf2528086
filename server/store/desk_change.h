/** The log of what the manager's desk shows: what changed since a position. Queries:
 * desk_change.sql. */
#ifndef FIELDPROOF_STORE_DESK_CHANGE_H
#define FIELDPROOF_STORE_DESK_CHANGE_H

#include "server/store/db.h"

/** How long a position is good for. A desk that was away longer reads everything anew. */
#define DESK_POSITION_HOURS 12

/** Up to where a desk knows of changes. Texts of PostgreSQL; NULL: there is no position. */
struct desk_position {
    const char *incarnation; /**< of the database that it was made in */
    const char *snapshot;    /**< what that saw is known */
    const char *moment;
};

/** The texts belong to the arena that they were read with. */
struct desk_changes {
    struct desk_position position; /**< of now */
    bool continues;                /**< false: the position is none, or too old */
    const char *json;              /**< {"changes": …}; NULL: nothing changed */
    const char *ended_sessions;    /**< ids with spaces between; NULL: none */
    const char *changed_users;     /**< whose role or right to log in changed; as above */
};

int desk_changes_read(struct db *db, struct arena *arena, const struct uuid *org_id,
                      const struct desk_position *since, struct desk_changes *ret) MUST_CHECK;

/** The same in a transaction of its own. */
int desk_changes_read_alone(struct db_pool *pool, struct arena *arena, const struct uuid *org_id,
                            const struct desk_position *since, struct desk_changes *ret) MUST_CHECK;

/** Removes what no position needs any more, of one organisation. */
int desk_changes_forget(struct db_pool *pool, const struct uuid *org_id,
                        int64_t *ret_removed) MUST_CHECK;

#endif
