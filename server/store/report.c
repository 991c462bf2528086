#include "server/store/report.h"

#include "server/store/queries.h"

#define REFRESH_ARENA_BYTES ((size_t)64 * 1024)
/* Of an organisation's history at a time: a transaction of a second or less. */
#define REFRESH_DAYS 7

static const struct query *const report_queries[] = {
    [REPORT_EVIDENCE] = &query_report_evidence,
    [REPORT_SERVICE] = &query_report_service,
};

int report_read(struct db *db, struct arena *arena, const struct uuid *org_id,
                enum report_kind kind, const struct report_filter *filter, const char **ret_json)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, filter->from);
    db_add_text(&parameters, filter->to);
    db_add_text(&parameters, filter->by);
    db_add_text(&parameters, filter->technician_id);
    db_add_text(&parameters, filter->team);
    db_add_text(&parameters, filter->site_id);
    db_add_text(&parameters, filter->customer_id);
    db_add_text(&parameters, filter->limit);
    if (db_queue(db, &query_plan_by_values, &(struct db_parameters){0}) < 0 ||
        db_query(db, report_queries[kind], &parameters, &rows) < 0)
        return -1;
    *ret_json = db_value(&rows, 0, 0);
    return 0;
}

static int refresh(struct db *db, struct arena *arena, const struct uuid *org_id,
                   bool *ret_has_more)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_integer(&parameters, arena, REFRESH_DAYS);
    if (db_query(db, &query_report_refresh, &parameters, &rows) < 0) {
        db_rollback(db);
        return -1;
    }
    bool has_more = db_boolean(&rows, 0, 0);
    if (db_commit(db) < 0)
        return -1;
    *ret_has_more = has_more;
    return 0;
}

int report_refresh(struct db_pool *pool, const struct uuid *org_id, bool *ret_has_more)
{
    struct arena *arena = arena_create(REFRESH_ARENA_BYTES);
    struct problem problem = {0};
    struct db *db = NULL;
    int result = arena ? db_begin(pool, arena, &problem, org_id, false, &db) : -1;
    if (result == 0)
        result = refresh(db, arena, org_id, ret_has_more);
    arena_free(arena);
    return result;
}
