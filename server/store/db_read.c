#include "server/store/db_read.h"

#include "server/store/queries.h"

int db_query_value(struct db *db, const struct query *query, const struct db_parameters *parameters,
                   const char **ret)
{
    struct db_rows rows;
    if (db_query(db, query, parameters, &rows) < 0)
        return -1;
    *ret = rows.count ? db_value(&rows, 0, 0) : NULL;
    return 0;
}

int db_query_entity(struct db *db, const struct query *query,
                    const struct db_parameters *parameters, const char **ret_json,
                    int64_t *ret_version)
{
    struct db_rows rows;
    if (db_query(db, query, parameters, &rows) < 0)
        return -1;
    *ret_json = rows.count ? db_value(&rows, 0, 0) : NULL;
    *ret_version = rows.count ? db_integer(&rows, 0, 1) : 0;
    return 0;
}

int db_plan_by_values(struct db *db)
{
    return db_queue(db, &query_plan_by_values, &(struct db_parameters){0});
}

int db_query_by_values(struct db *db, const struct query *query,
                       const struct db_parameters *parameters, struct db_rows *ret)
{
    return db_plan_by_values(db) < 0 ? -1 : db_query(db, query, parameters, ret);
}
