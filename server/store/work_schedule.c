#include "server/store/work_schedule.h"

#include "server/store/db_read.h"
#include "server/store/insert_once.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"
#include "server/store/work_order.h"

static struct db_parameters key_parameters(struct arena *arena, const struct work_schedule_key *key)
{
    return db_key(arena, &key->org_id, &key->id);
}

int work_schedule_check(struct db *db, struct arena *arena, const struct uuid *org_id,
                        const struct work_schedule_references *references,
                        struct work_schedule_unknown *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, references->template_id);
    db_add_text_array(&parameters, arena, references->sites, references->site_count);
    db_add_text_array(&parameters, arena, references->assignees, references->assignee_count);
    if (db_query(db, &query_work_schedule_references, &parameters, &rows) < 0)
        return -1;
    *ret = (struct work_schedule_unknown){
        .template = !db_boolean(&rows, 0, 0),
        .sites = db_integer(&rows, 0, 1),
        .assignees = db_integer(&rows, 0, 2),
    };
    return 0;
}

int work_schedule_insert(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                         const char *body, const struct uuid *creator_id,
                         const uint8_t content_sha256[32], const char **ret_taken_by)
{
    struct db_parameters parameters = key_parameters(arena, key);
    db_add_text(&parameters, body);
    db_add_uuid(&parameters, arena, creator_id);
    db_add_bytes(&parameters, arena, content_sha256, 32);
    return db_insert_once(db, arena, &query_work_schedule_insert, &parameters,
                          &query_work_schedule_content, &key->org_id, &key->id, ret_taken_by);
}

int work_schedule_set_sites(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                            const char *const *sites, size_t count)
{
    struct db_parameters parameters = key_parameters(arena, key);
    db_add_text_array(&parameters, arena, sites, count);
    return db_queue(db, &query_work_schedule_set_sites, &parameters);
}

int work_schedule_get(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                      const char **ret_json, int64_t *ret_version)
{
    const struct db_parameters parameters = key_parameters(arena, key);
    return db_query_entity(db, &query_work_schedule_get, &parameters, ret_json, ret_version);
}

int work_schedule_lock(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                       struct work_schedule_locked *ret)
{
    const struct db_parameters parameters = key_parameters(arena, key);
    struct db_rows rows;
    if (db_query(db, &query_work_schedule_lock, &parameters, &rows) < 0)
        return -1;
    *ret = (struct work_schedule_locked){.is_known = rows.count == 1};
    if (rows.count == 0)
        return 0;
    ret->version = db_integer(&rows, 0, 0);
    ret->span = db_value(&rows, 0, 1);
    return 0;
}

int work_schedule_change(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                         const char *change)
{
    struct db_parameters parameters = key_parameters(arena, key);
    db_add_text(&parameters, change);
    return db_queue(db, &query_work_schedule_change, &parameters);
}

int work_schedule_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                       const char *name_pattern, const struct db_parameters *page,
                       struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, name_pattern);
    db_add_all(&parameters, page);
    return db_query(db, &query_work_schedule_list, &parameters, ret);
}

int work_schedule_preview(struct db *db, const char *body, const char *time_zone,
                          const char **ret_json)
{
    struct db_parameters parameters = {0};
    db_add_text(&parameters, body);
    db_add_text(&parameters, time_zone);
    return db_query_value(db, &query_work_schedule_preview, &parameters, ret_json);
}

int work_schedule_due(struct db *db, struct arena *arena, const struct uuid *org_id,
                      const struct uuid *after, int64_t days_ahead, bool *ret_is_known,
                      struct uuid *ret_id)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_optional_uuid(&parameters, arena, after);
    db_add_integer(&parameters, arena, days_ahead);
    if (db_query(db, &query_work_schedule_due, &parameters, &rows) < 0 ||
        (rows.count > 0 && uuid_parse(db_value(&rows, 0, 0), ret_id) < 0))
        return -1;
    *ret_is_known = rows.count > 0;
    return 0;
}

/** What work orders are given that were just inserted. */
struct made {
    const struct uuid *org_id;
    const char *const *ids;
    size_t count;
    const char *assignees; /**< uuid[] as PostgreSQL writes it */
    const char *template_id;
    const struct uuid *actor_id; /**< NULL: the server itself */
    const char *reason;
};

static int complete(struct db *db, struct arena *arena, const struct made *made)
{
    struct db_parameters with = {0};
    db_add_uuid(&with, arena, made->org_id);
    db_add_text_array(&with, arena, made->ids, made->count);
    struct db_parameters assignees = with, checklist = with, created = with;
    db_add_text(&assignees, made->assignees);
    db_add_text(&checklist, made->template_id);
    db_add_optional_uuid(&created, arena, made->actor_id);
    db_add_text(&created, made->reason);
    if (db_queue(db, &query_work_orders_assign, &assignees) < 0 ||
        db_queue(db, &query_work_orders_add_checklist, &checklist) < 0)
        return -1;
    return db_queue(db, &query_work_orders_created, &created);
}

static const char **texts_of(struct arena *arena, const struct db_rows *rows)
{
    const char **texts = arena_alloc(arena, sizeof *texts * (size_t)(rows->count + 1));
    for (int i = 0; texts && i < rows->count; i++)
        texts[i] = db_value(rows, i, 0);
    return texts;
}

int work_schedule_make(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                       int64_t days_ahead, const char *only_day, int64_t *ret_count)
{
    const struct db_parameters of_schedule = key_parameters(arena, key);
    struct db_parameters parameters = of_schedule;
    struct db_rows rows, with;
    db_add_integer(&parameters, arena, days_ahead);
    db_add_text(&parameters, only_day);
    if (db_query(db, &query_work_schedule_make, &parameters, &rows) < 0)
        return -1;
    *ret_count = rows.count;
    if (rows.count == 0)
        return 0;
    if (db_query(db, &query_work_schedule_for_making, &of_schedule, &with) < 0 || with.count != 1)
        return -1;
    const struct made made = {
        .org_id = &key->org_id,
        .ids = texts_of(arena, &rows),
        .count = (size_t)rows.count,
        .assignees = db_value(&with, 0, 0),
        .template_id = db_value(&with, 0, 1),
        .reason = db_value(&with, 0, 2),
    };
    return made.ids ? complete(db, arena, &made) : -1;
}

int work_schedule_has_day(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                          const char *day, bool *ret_has)
{
    struct db_parameters parameters = key_parameters(arena, key);
    struct db_rows rows;
    db_add_text(&parameters, day);
    if (db_query(db, &query_work_schedule_has_day, &parameters, &rows) < 0)
        return -1;
    *ret_has = db_boolean(&rows, 0, 0);
    return 0;
}

static int cancel(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                  const struct work_schedule_skip *skip, const struct db_rows *orders)
{
    for (int i = 0; i < orders->count; i++) {
        struct work_order_key order = {.org_id = key->org_id};
        const struct work_order_move move = {
            .from = db_value(orders, i, 1), .to = "cancelled", .reason = skip->reason};
        if (uuid_parse(db_value(orders, i, 0), &order.id) < 0 ||
            work_order_move(db, arena, &order, skip->actor_id, &move) < 0)
            return -1;
    }
    return 0;
}

int work_schedule_skip_day(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                           const struct work_schedule_skip *skip)
{
    const struct db_parameters of_schedule = key_parameters(arena, key);
    struct db_parameters of_day = of_schedule;
    struct db_rows rows;
    db_add_text(&of_day, skip->day);
    struct db_parameters parameters = of_day;
    db_add_text(&parameters, skip->reason);
    db_add_uuid(&parameters, arena, skip->actor_id);
    if (db_query(db, &query_work_schedule_skip, &parameters, &rows) < 0)
        return -1;
    if (db_affected(&rows) == 0)
        return 0;
    if (db_query(db, &query_work_schedule_orders_to_cancel, &of_day, &rows) < 0 ||
        cancel(db, arena, key, skip, &rows) < 0)
        return -1;
    return db_queue(db, &query_work_schedule_record, &of_schedule);
}

int work_schedule_unskip_day(struct db *db, struct arena *arena,
                             const struct work_schedule_key *key, const char *day,
                             bool *ret_was_skipped)
{
    const struct db_parameters of_schedule = key_parameters(arena, key);
    struct db_parameters parameters = of_schedule;
    struct db_rows rows;
    db_add_text(&parameters, day);
    if (db_query(db, &query_work_schedule_unskip, &parameters, &rows) < 0)
        return -1;
    *ret_was_skipped = db_affected(&rows) > 0;
    return *ret_was_skipped ? db_queue(db, &query_work_schedule_record, &of_schedule) : 0;
}

static struct db_parameters batch_parameters(struct arena *arena,
                                             const struct work_order_batch *batch)
{
    struct db_parameters parameters = key_parameters(arena, &batch->key);
    db_add_text(&parameters, batch->body);
    db_add_uuid(&parameters, arena, batch->creator_id);
    db_add_bytes(&parameters, arena, batch->content_sha256, 32);
    db_add_text_array(&parameters, arena, batch->ids, batch->count);
    return parameters;
}

int work_order_batch_create(struct db *db, struct arena *arena,
                            const struct work_order_batch *batch, const char **ret_taken_by)
{
    const struct db_parameters parameters = batch_parameters(arena, batch);
    struct db_parameters assignees = {0};
    db_add_text_array(&assignees, arena, batch->assignees, batch->assignee_count);
    if (assignees.failed || db_insert_once(db, arena, &query_work_order_batch_insert, &parameters,
                                           &query_work_order_batch_content, &batch->key.org_id,
                                           &batch->key.id, ret_taken_by) < 0)
        return -1;
    if (*ret_taken_by)
        return 0;
    const struct made made = {
        .org_id = &batch->key.org_id,
        .ids = batch->ids,
        .count = batch->count,
        .assignees = assignees.values[0],
        .template_id = batch->template_id,
        .actor_id = batch->creator_id,
    };
    if (db_queue(db, &query_work_order_batch_make, &parameters) < 0)
        return -1;
    return complete(db, arena, &made);
}

int work_order_batch_get(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                         const char **ret_json)
{
    const struct db_parameters parameters = key_parameters(arena, key);
    struct db_rows rows;
    if (db_query(db, &query_work_order_batch_get, &parameters, &rows) < 0 || rows.count != 1)
        return -1;
    *ret_json = db_value(&rows, 0, 0);
    return 0;
}
