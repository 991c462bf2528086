#include "server/store/plan.h"

#include "server/store/db_read.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"
#include "server/store/rows_json.h"

#define JSON_CEILING_BYTES ((size_t)16 * 1024 * 1024)

/* Of plan_head: members of the answer, then the instants that the other queries need. */
static const struct rows_json_columns head_columns = {.first = 0, .count = 4};
#define FIRST_INSTANT 4
#define INSTANTS      3

/* Of plan_work_orders. */
#define IS_COMPLETE 0
static const struct rows_json_columns work_order_columns = {.first = 1, .count = 15, .list = 12};

static const struct rows_json_columns site_columns = {.first = 0, .count = 7};

static int read_head(struct db *db, struct arena *arena, const struct uuid *org_id,
                     const struct plan_span *span, struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, span->from);
    db_add_text(&parameters, span->to);
    db_add_integer(&parameters, arena, span->waiting_max);
    return db_query(db, &query_plan_head, &parameters, ret) < 0 || ret->count != 1 ? -1 : 0;
}

static void add_span(struct db_parameters *parameters, struct arena *arena,
                     const struct uuid *org_id, const struct plan_span *span,
                     const struct db_rows *head)
{
    db_add_uuid(parameters, arena, org_id);
    for (int i = 0; i < INSTANTS; i++)
        db_add_text(parameters, db_value(head, 0, FIRST_INSTANT + i));
    db_add_integer(parameters, arena, span->planned_max);
    db_add_integer(parameters, arena, span->waiting_max);
}

/* Written while PostgreSQL gathers the sites. */
static int write_work_orders(void *context, const struct db_rows *rows)
{
    struct buffer *json = context;
    bool is_complete = rows->count == 0 || db_boolean(rows, 0, IS_COMPLETE);
    buffer_append_text(json, is_complete ? ",\"is_complete\":true" : ",\"is_complete\":false");
    buffer_append_text(json, ",\"work_orders\":");
    return rows_json_append(json, rows, work_order_columns);
}

int plan_get(struct db *db, struct arena *arena, const struct uuid *org_id,
             const struct plan_span *span, const char **ret_json)
{
    struct db_parameters parameters = {0};
    struct db_rows head, sites;
    struct buffer json;
    buffer_init(&json, arena, JSON_CEILING_BYTES);
    if (read_head(db, arena, org_id, span, &head) < 0 ||
        rows_json_begin(&json, &head, head_columns) < 0)
        return -1;
    add_span(&parameters, arena, org_id, span, &head);
    if (db_plan_by_values(db) < 0 ||
        db_queue_checked(db, &query_plan_work_orders, &parameters, write_work_orders, &json) < 0 ||
        db_query(db, &query_plan_sites, &parameters, &sites) < 0)
        return -1;
    buffer_append_text(&json, ",\"sites\":");
    if (rows_json_append(&json, &sites, site_columns) < 0)
        return -1;
    buffer_append_text(&json, "}");
    *ret_json = json.text;
    return json.failed ? -1 : 0;
}
