#include "server/store/desk_change.h"

#include "server/store/db_apart.h"
#include "server/store/queries.h"

#define IDS_OF_A_KIND 50
/* A transaction that began before a position was made may have committed after it. */
#define FORGET_HOURS (DESK_POSITION_HOURS + 12)

int desk_changes_read(struct db *db, struct arena *arena, const struct uuid *org_id,
                      const struct desk_position *since, struct desk_changes *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, since->incarnation);
    db_add_text(&parameters, since->snapshot);
    db_add_text(&parameters, since->moment);
    db_add_integer(&parameters, arena, DESK_POSITION_HOURS);
    db_add_integer(&parameters, arena, IDS_OF_A_KIND);
    if (db_query(db, &query_desk_changes, &parameters, &rows) < 0 || rows.count != 1)
        return -1;
    *ret = (struct desk_changes){
        .position = {db_value(&rows, 0, 0), db_value(&rows, 0, 1), db_value(&rows, 0, 2)},
        .continues = db_boolean(&rows, 0, 3),
        .json = db_value(&rows, 0, 4),
        .ended_sessions = db_value(&rows, 0, 5),
        .changed_users = db_value(&rows, 0, 6),
    };
    return 0;
}

int desk_changes_read_alone(struct db_pool *pool, struct arena *arena, const struct uuid *org_id,
                            const struct desk_position *since, struct desk_changes *ret)
{
    struct problem problem = {0};
    struct db *db = NULL;
    if (db_begin(pool, arena, &problem, org_id, true, &db) < 0)
        return -1;
    if (desk_changes_read(db, arena, org_id, since, ret) < 0) {
        db_rollback(db);
        return -1;
    }
    return db_commit(db);
}

int desk_changes_forget(struct db_pool *pool, const struct uuid *org_id, int64_t *ret_removed)
{
    return db_count_apart(pool, org_id, &query_desk_changes_forget, FORGET_HOURS, ret_removed);
}
