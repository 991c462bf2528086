#include "server/store/phone_changes.h"

#include "server/store/db_apart.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

#define PAGE_ITEMS 100
/* A transaction that began before a cursor was made may have committed after it. */
#define FORGET_DAYS (PHONE_CURSOR_DAYS + 1)

static struct phone_changes read_row(const struct db_rows *rows)
{
    return (struct phone_changes){
        .incarnation = db_value(rows, 0, 0),
        .snapshot = db_value(rows, 0, 1),
        .moment = db_value(rows, 0, 2),
        .continues = db_boolean(rows, 0, 3),
        .has_more = db_boolean(rows, 0, 4),
        .last_kind = db_value(rows, 0, 5),
        .last_id = db_value(rows, 0, 6),
        .count = db_integer(rows, 0, 7),
        .work_orders = db_value(rows, 0, 8),
        .retakes = db_value(rows, 0, 9),
        .corrections = db_value(rows, 0, 10),
        .deleted = db_value(rows, 0, 11),
        .organisation = db_value(rows, 0, 12),
        .policy_overrides = db_value(rows, 0, 13),
        .organisation_version = db_integer(rows, 0, 14),
        .technician = db_value(rows, 0, 15),
    };
}

int phone_changes_read(struct db *db, struct arena *arena, const struct uuid *org_id,
                       const struct uuid *technician_id, const struct phone_cursor *cursor,
                       struct phone_changes *ret)
{
    struct db_parameters parameters = db_key(arena, org_id, technician_id);
    struct db_rows rows;
    db_add_text(&parameters, cursor->incarnation);
    db_add_text(&parameters, cursor->known);
    db_add_text(&parameters, cursor->known_at);
    db_add_text(&parameters, cursor->last_kind);
    db_add_text(&parameters, cursor->last_id);
    db_add_integer(&parameters, arena, PAGE_ITEMS);
    db_add_integer(&parameters, arena, PHONE_CURSOR_DAYS);
    if (db_query(db, &query_phone_changes, &parameters, &rows) < 0 || rows.count != 1)
        return -1;
    *ret = read_row(&rows);
    return 0;
}

int phone_changes_forget(struct db_pool *pool, const struct uuid *org_id, int64_t *ret_removed)
{
    return db_count_apart(pool, org_id, &query_phone_changes_forget, FORGET_DAYS, ret_removed);
}
