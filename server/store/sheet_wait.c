#include "server/store/sheet_wait.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"

int sheet_wait_places(struct db *db, struct arena *arena, const struct uuid *org_id,
                      const struct uuid *work_order_ids, size_t count, struct sheet_places *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_uuid_array(&parameters, arena, work_order_ids, count);
    if (db_query(db, &query_sheet_wait_places, &parameters, &rows) < 0)
        return -1;
    *ret = (struct sheet_places){
        .unknown = db_value(&rows, 0, 0),
        .site_count = db_integer(&rows, 0, 1),
        .site_id = db_value(&rows, 0, 2),
    };
    return 0;
}

int sheet_wait_join(struct db *db, struct arena *arena, const struct visit_key *key,
                    const struct uuid *work_order_ids, size_t count)
{
    struct db_parameters parameters = db_key(arena, &key->org_id, &key->visit_id);
    db_add_uuid_array(&parameters, arena, work_order_ids, count);
    return db_queue(db, &query_sheet_wait_join, &parameters);
}
