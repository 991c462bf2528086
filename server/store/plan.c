#include "server/store/plan.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"

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
    if (db_query(db, &query_plan_get, &parameters, &rows) < 0)
        return -1;
    *ret_json = db_value(&rows, 0, 0);
    return 0;
}
