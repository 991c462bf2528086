#include "server/store/plan.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"

/* The columns of plan_span: the instants and the zone. */
#define SPAN_COLUMNS 4

static int add_span(struct db *db, struct arena *arena, const struct uuid *org_id,
                    const struct plan_span *span, struct db_parameters *parameters)
{
    struct db_parameters question = {0};
    struct db_rows rows;
    db_add_uuid(&question, arena, org_id);
    db_add_text(&question, span->from);
    db_add_text(&question, span->to);
    if (db_query(db, &query_plan_span, &question, &rows) < 0 || rows.count != 1)
        return -1;
    for (int i = 0; i < SPAN_COLUMNS; i++)
        db_add_text(parameters, db_value(&rows, 0, i));
    return 0;
}

int plan_get(struct db *db, struct arena *arena, const struct uuid *org_id,
             const struct plan_span *span, const char **ret_json)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, span->from);
    db_add_text(&parameters, span->to);
    db_add_integer(&parameters, arena, span->planned_max);
    db_add_integer(&parameters, arena, span->waiting_max);
    if (add_span(db, arena, org_id, span, &parameters) < 0 ||
        db_queue(db, &query_plan_by_values, &(struct db_parameters){0}) < 0 ||
        db_query(db, &query_plan_get, &parameters, &rows) < 0)
        return -1;
    *ret_json = db_value(&rows, 0, 0);
    return 0;
}
