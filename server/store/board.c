#include "server/store/board.h"

#include "server/store/db_read.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"
#include "server/store/rows_json.h"

/* A day's work of 200 technicians is about 1,500 work orders; what is shown stays readable. */
#define OPEN_MAX     2000
#define FINISHED_MAX 2000
#define RETAKES_MAX  100

#define JSON_CEILING_BYTES ((size_t)16 * 1024 * 1024)

static const struct rows_json_columns head_columns = {.first = 0, .count = 4};

/* Of board_work_orders and board_part_work_orders. */
#define IS_COMPLETE 0
static const struct rows_json_columns work_order_columns = {.first = 1, .count = 18, .list = 16};

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

static int read_head(struct db *db, struct arena *arena, const struct uuid *org_id,
                     const struct board_parts *parts, struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, parts->day);
    if (parts->is_whole)
        return db_query(db, &query_board_head, &parameters, ret);
    db_add_uuid_array(&parameters, arena, parts->visits.ids, parts->visits.count);
    return db_query(db, &query_board_part_head, &parameters, ret);
}

static int read_work_orders(struct db *db, struct arena *arena, const struct uuid *org_id,
                            const struct board_parts *parts, struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, parts->day);
    if (parts->is_whole) {
        db_add_integer(&parameters, arena, OPEN_MAX);
        db_add_integer(&parameters, arena, FINISHED_MAX);
        return db_query_by_values(db, &query_board_work_orders, &parameters, ret);
    }
    db_add_uuid_array(&parameters, arena, parts->work_orders.ids, parts->work_orders.count);
    return db_query(db, &query_board_part_work_orders, &parameters, ret);
}

static int append_work_orders(struct db *db, struct arena *arena, const struct uuid *org_id,
                              const struct board_parts *parts, struct buffer *json,
                              bool *ret_is_complete)
{
    struct db_rows rows;
    if (!parts->is_whole && parts->work_orders.count == 0) {
        buffer_append_text(json, "[]");
        return 0;
    }
    if (read_work_orders(db, arena, org_id, parts, &rows) < 0 ||
        rows_json_append(json, &rows, work_order_columns) < 0)
        return -1;
    *ret_is_complete = rows.count == 0 || db_boolean(&rows, 0, IS_COMPLETE);
    return 0;
}

int board_get(struct db *db, struct arena *arena, const struct uuid *org_id,
              const struct board_parts *parts, const char **ret_json)
{
    struct retakes retakes = {.is_complete = true};
    struct db_rows head;
    struct buffer json;
    bool is_complete = true;
    buffer_init(&json, arena, JSON_CEILING_BYTES);
    if (((parts->is_whole || parts->retakes) && read_retakes(db, arena, org_id, &retakes) < 0) ||
        read_head(db, arena, org_id, parts, &head) < 0 ||
        rows_json_begin(&json, &head, head_columns) < 0)
        return -1;
    buffer_append_text(&json, ",\"work_orders\":");
    if (append_work_orders(db, arena, org_id, parts, &json, &is_complete) < 0)
        return -1;
    buffer_append_text(&json, ",\"retakes\":");
    buffer_append_text(&json, retakes.json ? retakes.json : "null");
    buffer_printf(&json, ",\"is_whole\":%s,\"is_complete\":%s}", parts->is_whole ? "true" : "false",
                  is_complete && retakes.is_complete ? "true" : "false");
    *ret_json = json.text;
    return json.failed ? -1 : 0;
}
