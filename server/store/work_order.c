#include "server/store/work_order.h"

#include "server/store/db_read.h"
#include "server/store/insert_once.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"
#include "server/store/values.h"

static struct db_parameters key_parameters(struct arena *arena, const struct work_order_key *key)
{
    return db_key(arena, &key->org_id, &key->id);
}

int work_order_check(struct db *db, struct arena *arena, const struct uuid *org_id,
                     const struct work_order_references *references, struct work_order_unknown *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, references->site_id);
    db_add_text_array(&parameters, arena, references->assignees, references->assignee_count);
    db_add_text_array(&parameters, arena, references->assets, references->asset_count);
    db_add_text(&parameters, references->assets_site_id);
    db_add_text(&parameters, references->template_id);
    if (db_query(db, &query_work_order_references, &parameters, &rows) < 0)
        return -1;
    *ret = (struct work_order_unknown){
        .site = !db_boolean(&rows, 0, 0),
        .assignees = db_integer(&rows, 0, 1),
        .assets = db_integer(&rows, 0, 2),
        .template = !db_boolean(&rows, 0, 3),
    };
    return 0;
}

int work_order_insert(struct db *db, struct arena *arena, const struct work_order_key *key,
                      const char *body, const char *state, const struct uuid *creator_id,
                      const uint8_t content_sha256[32], const char **ret_taken_by)
{
    struct db_parameters parameters = key_parameters(arena, key);
    db_add_text(&parameters, body);
    db_add_text(&parameters, state);
    db_add_uuid(&parameters, arena, creator_id);
    db_add_bytes(&parameters, arena, content_sha256, 32);
    return db_insert_once(db, arena, &query_work_order_insert, &parameters,
                          &query_work_order_content, &key->org_id, &key->id, ret_taken_by);
}

int work_order_created(struct db *db, struct arena *arena, const struct work_order_key *key,
                       const struct uuid *actor_id, const char *state)
{
    struct db_parameters parameters = key_parameters(arena, key);
    db_add_uuid(&parameters, arena, actor_id);
    db_add_text(&parameters, state);
    return db_queue(db, &query_work_order_created, &parameters);
}

int work_order_get(struct db *db, struct arena *arena, const struct work_order_key *key,
                   const struct uuid *technician_id, const char **ret_json, int64_t *ret_version)
{
    struct db_parameters parameters = key_parameters(arena, key);
    db_add_optional_uuid(&parameters, arena, technician_id);
    return db_query_entity(db, &query_work_order_get, &parameters, ret_json, ret_version);
}

int work_order_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                    const struct work_order_filter *filter, const struct db_parameters *page,
                    struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, filter->state);
    db_add_text(&parameters, filter->site_id);
    db_add_text(&parameters, filter->customer_id);
    db_add_text(&parameters, filter->open);
    db_add_text(&parameters, filter->overdue);
    db_add_text(&parameters, filter->unassigned);
    db_add_text(&parameters, filter->from);
    db_add_text(&parameters, filter->to);
    db_add_text(&parameters, filter->part);
    db_add_all(&parameters, page);
    db_add_text(&parameters, filter->assignee_id);
    db_add_text(&parameters, filter->is_as_planned ? "true" : "false");
    return db_query_by_values(db, &query_work_order_list, &parameters, ret);
}

int work_order_lock(struct db *db, struct arena *arena, const struct work_order_key *key,
                    const struct uuid *technician_id, struct work_order_locked *ret)
{
    struct db_parameters parameters = key_parameters(arena, key);
    struct db_rows rows;
    db_add_optional_uuid(&parameters, arena, technician_id);
    if (db_query(db, &query_work_order_lock, &parameters, &rows) < 0)
        return -1;
    *ret = (struct work_order_locked){.is_known = rows.count == 1};
    if (rows.count == 0)
        return 0;
    ret->version = db_integer(&rows, 0, 0);
    ret->state = db_value(&rows, 0, 1);
    ret->site_id = db_value(&rows, 0, 2);
    ret->facts = db_value(&rows, 0, 3);
    ret->has_assignees = db_boolean(&rows, 0, 4);
    return 0;
}

int work_order_update(struct db *db, struct arena *arena, const struct work_order_key *key,
                      const char *change)
{
    struct db_parameters parameters = key_parameters(arena, key);
    db_add_text(&parameters, change);
    return db_queue(db, &query_work_order_update, &parameters);
}

int work_order_set_assignees(struct db *db, struct arena *arena, const struct work_order_key *key,
                             const char *const *assignees, size_t count)
{
    struct db_parameters parameters = key_parameters(arena, key);
    db_add_text_array(&parameters, arena, assignees, count);
    return db_queue(db, &query_work_order_set_assignees, &parameters);
}

int work_order_set_checklist(struct db *db, struct arena *arena, const struct work_order_key *key,
                             const char *checklist)
{
    struct db_parameters parameters = key_parameters(arena, key);
    if (db_queue(db, &query_work_order_clear_checklist, &parameters) < 0)
        return -1;
    db_add_text(&parameters, checklist);
    return db_queue(db, &query_work_order_add_checklist, &parameters);
}

int work_order_add_checklist_of_template(struct db *db, struct arena *arena,
                                         const struct work_order_key *key, const char *template_id)
{
    struct db_parameters parameters = key_parameters(arena, key);
    db_add_text(&parameters, template_id);
    return db_queue(db, &query_work_order_add_checklist_of_template, &parameters);
}

int work_order_record_change(struct db *db, struct arena *arena, const struct work_order_key *key,
                             const struct uuid *actor_id, const char *facts_before)
{
    struct db_parameters parameters = key_parameters(arena, key);
    db_add_uuid(&parameters, arena, actor_id);
    db_add_text(&parameters, facts_before);
    return db_queue(db, &query_work_order_record_change, &parameters);
}

int work_order_move(struct db *db, struct arena *arena, const struct work_order_key *key,
                    const struct uuid *actor_id, const struct work_order_move *move)
{
    struct db_parameters parameters = key_parameters(arena, key);
    db_add_text(&parameters, move->to);
    db_add_uuid(&parameters, arena, actor_id);
    db_add_text(&parameters, move->reason);
    db_add_text(&parameters, move->event_id);
    db_add_text(&parameters, move->from);
    return db_queue(db, &query_work_order_move, &parameters);
}

int work_order_event_find(struct db *db, struct arena *arena, const struct work_order_key *key,
                          const char *event_id, struct work_order_event *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, &key->org_id);
    db_add_text(&parameters, event_id);
    db_add_uuid(&parameters, arena, &key->id);
    if (db_query(db, &query_work_order_event_find, &parameters, &rows) < 0)
        return -1;
    *ret = (struct work_order_event){.is_known = rows.count == 1};
    if (rows.count == 0)
        return 0;
    ret->is_of_this_work_order = db_boolean(&rows, 0, 0);
    ret->to = db_value(&rows, 0, 1);
    ret->reason = db_value(&rows, 0, 2);
    return 0;
}

int work_order_way_find(struct db *db, struct arena *arena, const struct work_order_key *key,
                        const struct work_order_way *way, enum work_order_way_found *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, &key->org_id);
    db_add_text(&parameters, way->event_id);
    db_add_uuid(&parameters, arena, &key->id);
    db_add_text(&parameters, way->since);
    if (db_query(db, &query_work_order_way_find, &parameters, &rows) < 0)
        return -1;
    if (rows.count == 0)
        *ret = WORK_ORDER_WAY_NEW;
    else
        *ret = db_boolean(&rows, 0, 0) ? WORK_ORDER_WAY_SAID : WORK_ORDER_WAY_OTHER;
    return 0;
}

int work_order_set_on_the_way(struct db *db, struct arena *arena, const struct work_order_key *key,
                              const struct uuid *technician_id, const struct work_order_way *way)
{
    struct db_parameters parameters = key_parameters(arena, key);
    db_add_uuid(&parameters, arena, technician_id);
    db_add_text(&parameters, way->event_id);
    db_add_text(&parameters, way->since);
    db_add_text(&parameters, way->takes_effect ? "true" : "false");
    return db_queue(db, &query_work_order_set_on_the_way, &parameters);
}

int work_order_delete(struct db *db, struct arena *arena, const struct work_order_key *key)
{
    struct db_parameters parameters = key_parameters(arena, key);
    struct db_rows rows;
    return db_query(db, &query_work_order_delete, &parameters, &rows);
}

void work_order_history_parameters(struct db_parameters *parameters, struct arena *arena,
                                   const struct work_order_key *key)
{
    db_add_uuid(parameters, arena, &key->org_id);
    db_add_uuid(parameters, arena, &key->id);
}

int work_order_history(struct db *db, const struct db_parameters *parameters, struct db_rows *ret)
{
    return db_query(db, &query_work_order_history, parameters, ret);
}

int my_day_get(struct db *db, struct arena *arena, const struct uuid *org_id,
               const struct uuid *technician_id, const char *day, const char **ret_json)
{
    struct db_parameters parameters = db_key(arena, org_id, technician_id);
    struct db_rows rows;
    db_add_text(&parameters, day);
    if (db_query(db, &query_my_day, &parameters, &rows) < 0 || rows.count != 1)
        return -1;
    *ret_json = db_value(&rows, 0, 0);
    return 0;
}
