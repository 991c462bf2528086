#include "server/store/import.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"

const struct import_queries import_customer_queries = {
    .insert = &query_customer_import,
    .look_ups = {&query_user_ids_by_log_in},
};

const struct import_queries import_site_queries = {
    .insert = &query_site_import,
    .look_ups = {&query_customer_ids_by_code, &query_time_zones_by_name},
};

const struct import_queries import_asset_queries = {
    .insert = &query_asset_import,
    .look_ups = {&query_site_ids_by_code},
};

const struct import_queries import_work_order_queries = {
    .insert = &query_work_order_import,
    .complete = &query_work_order_import_parts,
    .look_ups = {&query_site_ids_by_code, &query_checklist_template_ids_by_name,
                 &query_technician_ids_by_log_in, &query_site_times, &query_site_times,
                 &query_site_times},
};

int import_look_up(struct db *db, struct arena *arena, const struct query *look_up,
                   const struct uuid *org_id, const char *const *texts, size_t count,
                   struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text_array(&parameters, arena, texts, count);
    return db_query(db, look_up, &parameters, ret);
}

int import_insert(struct db *db, struct arena *arena, const struct import_queries *table,
                  const struct uuid *org_id, const struct uuid *actor_id, const char *rows,
                  struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, rows);
    if (!table->complete)
        return db_query(db, table->insert, &parameters, ret);
    db_add_uuid(&parameters, arena, actor_id);
    if (db_query(db, table->insert, &parameters, ret) < 0)
        return -1;
    return db_queue(db, table->complete, &parameters);
}

int import_trial_begin(struct db *db)
{
    const struct db_parameters none = {0};
    return db_queue(db, &query_import_trial_begin, &none);
}

int import_trial_undo(struct db *db)
{
    const struct db_parameters none = {0};
    return db_queue(db, &query_import_trial_undo, &none);
}
