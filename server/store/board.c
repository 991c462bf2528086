#include "server/store/board.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"

/* A day's work of 200 technicians is about 1,500 work orders; what is shown stays readable. */
#define OPEN_MAX     2000
#define FINISHED_MAX 2000
#define RETAKES_MAX  100

/** Open retakes as JSON; NULL where they are not asked for. */
struct retakes {
    const char *json;
    bool is_complete;
};

static int read_retakes(struct db *db, struct arena *arena, const struct uuid *org_id,
                        struct retakes *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_integer(&parameters, arena, RETAKES_MAX);
    if (db_query(db, &query_board_retakes, &parameters, &rows) < 0 || rows.count != 1)
        return -1;
    *ret = (struct retakes){db_value(&rows, 0, 0), db_boolean(&rows, 0, 1)};
    return 0;
}

static void add_extent(struct db_parameters *parameters, struct arena *arena,
                       const struct board_parts *parts)
{
    if (parts->is_whole) {
        db_add_integer(parameters, arena, OPEN_MAX);
        db_add_integer(parameters, arena, FINISHED_MAX);
    } else {
        db_add_uuid_array(parameters, arena, parts->work_orders.ids, parts->work_orders.count);
        db_add_uuid_array(parameters, arena, parts->visits.ids, parts->visits.count);
    }
}

int board_get(struct db *db, struct arena *arena, const struct uuid *org_id,
              const struct board_parts *parts, const char **ret_json)
{
    const struct query *query = parts->is_whole ? &query_board_get : &query_board_part;
    struct retakes retakes = {.is_complete = true};
    struct db_parameters parameters = {0};
    struct db_rows rows;
    if ((parts->is_whole || parts->retakes) && read_retakes(db, arena, org_id, &retakes) < 0)
        return -1;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, parts->day);
    add_extent(&parameters, arena, parts);
    db_add_text(&parameters, retakes.json);
    db_add_boolean(&parameters, retakes.is_complete);
    if (db_query(db, query, &parameters, &rows) < 0 || rows.count != 1)
        return -1;
    *ret_json = db_value(&rows, 0, 0);
    return 0;
}
