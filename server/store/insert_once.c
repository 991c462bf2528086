#include "server/store/insert_once.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"

int db_insert_once(struct db *db, struct arena *arena, const struct query *insert,
                   const struct db_parameters *parameters, const struct query *content,
                   const struct uuid *org_id, const struct uuid *id, const char **ret_taken_by)
{
    struct db_rows rows;
    struct db_parameters key = db_key(arena, org_id, id);
    if (db_queue(db, &query_insert_once_lock, &key) < 0 ||
        db_query(db, insert, parameters, &rows) < 0)
        return -1;
    if (rows.count > 0) {
        *ret_taken_by = NULL;
        return 0;
    }
    if (db_query(db, content, &key, &rows) < 0)
        return -1;
    *ret_taken_by = rows.count > 0 ? db_value(&rows, 0, 0) : "";
    return 0;
}
