#include "server/store/report.h"

#include "server/store/db_apart.h"
#include "server/store/queries.h"

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

struct refreshing {
    const struct uuid *org_id;
    bool has_more;
};

static int refresh(struct db *db, struct arena *arena, void *context)
{
    struct refreshing *refreshing = context;
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, refreshing->org_id);
    db_add_integer(&parameters, arena, REFRESH_DAYS);
    if (db_query(db, &query_report_refresh, &parameters, &rows) < 0)
        return -1;
    refreshing->has_more = db_boolean(&rows, 0, 0);
    return 0;
}

int report_refresh(struct db_pool *pool, const struct uuid *org_id, bool *ret_has_more)
{
    struct refreshing refreshing = {.org_id = org_id};
    if (db_run_apart(pool, org_id, false, refresh, &refreshing) < 0)
        return -1;
    *ret_has_more = refreshing.has_more;
    return 0;
}
