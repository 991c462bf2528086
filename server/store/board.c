#include "server/store/board.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"

/* A day's work of 200 technicians is about 1,500 work orders; what is shown stays readable. */
#define OPEN_MAX     2000
#define FINISHED_MAX 2000
#define RETAKES_MAX  100

int board_get(struct db *db, struct arena *arena, const struct uuid *org_id,
              const struct board_parts *parts, const char **ret_json)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, parts->day);
    db_add_boolean(&parameters, parts->is_whole);
    db_add_uuid_array(&parameters, arena, parts->work_orders.ids, parts->work_orders.count);
    db_add_uuid_array(&parameters, arena, parts->visits.ids, parts->visits.count);
    db_add_boolean(&parameters, parts->retakes);
    db_add_integer(&parameters, arena, OPEN_MAX);
    db_add_integer(&parameters, arena, FINISHED_MAX);
    db_add_integer(&parameters, arena, RETAKES_MAX);
    if (db_query(db, &query_board_get, &parameters, &rows) < 0 || rows.count != 1)
        return -1;
    *ret_json = db_value(&rows, 0, 0);
    return 0;
}
