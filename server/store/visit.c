#include "server/store/visit.h"

#include "server/store/db_read.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"
#include "server/store/values.h"

static void add_time_if(struct db_parameters *parameters, struct arena *arena, bool present,
                        int64_t time_ms)
{
    if (present)
        db_add_time(parameters, arena, time_ms);
    else
        db_add_text(parameters, NULL);
}

static int upsert(struct db *db, struct arena *arena, const struct visit_sighting *sighting)
{
    struct db_parameters parameters = db_key(arena, &sighting->org_id, &sighting->visit_id);
    db_add_uuid(&parameters, arena, &sighting->site_id);
    db_add_uuid(&parameters, arena, &sighting->technician_id);
    db_add_time(&parameters, arena, sighting->captured_at_ms);
    add_time_if(&parameters, arena, sighting->is_arrival, sighting->captured_at_ms);
    add_time_if(&parameters, arena, sighting->is_departure, sighting->captured_at_ms);
    db_add_text(&parameters, sighting->judgement->verdict);
    db_add_text_array(&parameters, arena, sighting->judgement->finding_codes,
                      sighting->judgement->finding_code_count);
    return db_queue(db, sighting->is_first ? &query_visit_insert : &query_visit_upsert,
                    &parameters);
}

static int join_work_orders(struct db *db, struct arena *arena,
                            const struct visit_sighting *sighting)
{
    struct db_parameters parameters = db_key(arena, &sighting->org_id, &sighting->visit_id);
    db_add_uuid_array(&parameters, arena, sighting->work_order_ids, sighting->work_order_count);
    return db_queue(db, &query_visit_work_orders_add, &parameters);
}

static int start_work_orders(struct db *db, struct arena *arena,
                             const struct visit_sighting *sighting)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, &sighting->org_id);
    db_add_uuid_array(&parameters, arena, sighting->work_order_ids, sighting->work_order_count);
    db_add_uuid(&parameters, arena, &sighting->technician_id);
    return db_queue(db, &query_work_orders_start, &parameters);
}

int visit_sight(struct db *db, struct arena *arena, const struct visit_sighting *sighting)
{
    if (upsert(db, arena, sighting) < 0)
        return -1;
    if (sighting->work_order_count == 0)
        return 0;
    if (join_work_orders(db, arena, sighting) < 0)
        return -1;
    return sighting->is_arrival ? start_work_orders(db, arena, sighting) : 0;
}

static int lock(struct db *db, struct arena *arena, const struct uuid *org_id, const char *visit_id)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, visit_id);
    return db_queue(db, &query_visit_lock, &parameters);
}

int visit_facts(struct db *db, struct arena *arena, const struct uuid *org_id, const char *visit_id,
                struct visit_facts *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    if (lock(db, arena, org_id, visit_id) < 0)
        return -1;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, visit_id);
    if (db_query(db, &query_visit_facts, &parameters, &rows) < 0 || rows.count != 1)
        return -1;
    *ret = (struct visit_facts){
        .has_arrival = !db_is_null(&rows, 0, 0),
        .arrived_at_ms = db_integer(&rows, 0, 0),
        .has_departure = !db_is_null(&rows, 0, 1),
        .departed_at_ms = db_integer(&rows, 0, 1),
        .policy = db_value(&rows, 0, 2),
        .minimum_minutes = db_integer(&rows, 0, 3),
        .worst = (int)db_integer(&rows, 0, 4),
        .checklist = db_value(&rows, 0, 5),
        .signed_missing = db_integer(&rows, 0, 6),
    };
    return 0;
}

int visit_judge(struct db *db, struct arena *arena, const struct uuid *org_id, const char *visit_id,
                const struct judgement *judgement)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, visit_id);
    judgement_add(&parameters, arena, judgement);
    return db_queue(db, &query_visit_judge, &parameters);
}

int visit_get(struct db *db, struct arena *arena, const struct uuid *org_id, const struct uuid *id,
              const struct uuid *technician_id, const char *language, const char **ret_json)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    db_add_optional_uuid(&parameters, arena, technician_id);
    db_add_text(&parameters, language);
    return db_query_value(db, &query_visit_get, &parameters, ret_json);
}
