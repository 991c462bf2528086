#include "server/store/sampling.h"

#include "server/base/hex.h"
#include "server/store/db_read.h"
#include "server/store/insert_once.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

static struct db_parameters key_of(struct arena *arena, const struct sampling_key *key)
{
    return db_key(arena, &key->org_id, &key->id);
}

static int get(struct db *db, struct arena *arena, const struct query *query,
               const struct sampling_key *key, const char **ret)
{
    const struct db_parameters parameters = key_of(arena, key);
    return db_query_value(db, query, &parameters, ret);
}

int sampling_plan_insert(struct db *db, struct arena *arena, const struct sampling_key *plan,
                         const struct sampling_plan_row *row, const char **ret_taken_by)
{
    struct db_parameters parameters = key_of(arena, plan);
    db_add_text(&parameters, row->name);
    db_add_integer(&parameters, arena, row->visits);
    db_add_text(&parameters, row->per);
    db_add_text(&parameters, row->period);
    db_add_text(&parameters, row->weighting);
    db_add_text(&parameters, row->public_source);
    db_add_text(&parameters, row->starts_on);
    db_add_bytes(&parameters, arena, row->chain_root, 32);
    db_add_bytes(&parameters, arena, row->commitment, 32);
    db_add_uuid(&parameters, arena, &row->created_by);
    db_add_bytes(&parameters, arena, row->content_sha256, 32);
    return db_insert_once(db, arena, &query_sampling_plan_insert, &parameters,
                          &query_sampling_plan_content, &plan->org_id, &plan->id, ret_taken_by);
}

int sampling_plan_get(struct db *db, struct arena *arena, const struct sampling_key *plan,
                      const char **ret_json)
{
    return get(db, arena, &query_sampling_plan_get, plan, ret_json);
}

int sampling_plan_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                       const char *ended, const struct db_parameters *page, struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, ended);
    db_add_all(&parameters, page);
    return db_query(db, &query_sampling_plan_list, &parameters, ret);
}

int sampling_plan_end(struct db *db, struct arena *arena, const struct sampling_key *plan,
                      const struct uuid *ended_by)
{
    struct db_parameters parameters = key_of(arena, plan);
    db_add_uuid(&parameters, arena, ended_by);
    return db_queue(db, &query_sampling_plan_end, &parameters);
}

int sampling_plan_lock_due(struct db *db, struct arena *arena, const struct sampling_key *plan,
                           bool *ret_is_known, struct sampling_due *ret)
{
    struct db_parameters parameters = key_of(arena, plan);
    struct sampling_due due;
    struct db_rows rows;
    if (db_queue(db, &query_sampling_plan_lock, &parameters) < 0 ||
        db_query(db, &query_sampling_plan_for_draw, &parameters, &rows) < 0)
        return -1;
    *ret_is_known = rows.count > 0;
    if (rows.count == 0)
        return 0;
    due = (struct sampling_due){
        .visits = db_integer(&rows, 0, 0),
        .per = db_value(&rows, 0, 1),
        .weighting = db_value(&rows, 0, 2),
        .has_public_source = db_boolean(&rows, 0, 3),
        .period_number = db_integer(&rows, 0, 5),
        .starts_on = db_value(&rows, 0, 6),
        .ends_on = db_value(&rows, 0, 7),
        .starts_at = db_value(&rows, 0, 8),
        .ends_at = db_value(&rows, 0, 9),
        .is_past_end = db_boolean(&rows, 0, 10),
        .is_over = db_boolean(&rows, 0, 11),
    };
    if (hex_decode(db_value(&rows, 0, 4), due.chain_root, sizeof due.chain_root) < 0)
        return -1;
    *ret = due;
    return 0;
}

int sampling_candidates(struct db *db, struct arena *arena, const struct uuid *org_id,
                        const struct sampling_due *due, int limit, struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, due->starts_at);
    db_add_text(&parameters, due->ends_at);
    db_add_text(&parameters, due->per);
    db_add_text(&parameters, due->weighting);
    db_add_integer(&parameters, arena, limit);
    return db_query(db, &query_sampling_candidates, &parameters, ret);
}

int sampling_draw_insert(struct db *db, struct arena *arena, const struct sampling_key *draw,
                         const struct uuid *plan_id, const struct sampling_due *due,
                         const struct sampling_draw_row *row, const char **ret_taken_by)
{
    struct db_parameters parameters = key_of(arena, draw);
    db_add_uuid(&parameters, arena, plan_id);
    db_add_integer(&parameters, arena, due->period_number);
    db_add_text(&parameters, due->starts_on);
    db_add_text(&parameters, due->ends_on);
    db_add_text(&parameters, due->starts_at);
    db_add_text(&parameters, due->ends_at);
    db_add_bytes(&parameters, arena, row->secret, 32);
    db_add_text(&parameters, row->public_value);
    db_add_integer(&parameters, arena, row->candidates);
    db_add_bytes(&parameters, arena, row->candidates_sha256, 32);
    db_add_bytes(&parameters, arena, row->seed, 32);
    db_add_uuid(&parameters, arena, &row->drawn_by);
    db_add_bytes(&parameters, arena, row->content_sha256, 32);
    return db_insert_once(db, arena, &query_sampling_draw_insert, &parameters,
                          &query_sampling_draw_content, &draw->org_id, &draw->id, ret_taken_by);
}

int sampling_draw_content(struct db *db, struct arena *arena, const struct sampling_key *draw,
                          const char **ret_taken_by)
{
    return get(db, arena, &query_sampling_draw_content, draw, ret_taken_by);
}

/* The columns of the table, as texts. */
enum column { VISIT, TECHNICIAN, TEAM, STRATUM, WEIGHT, SHA256, KEY, PLACE, DRAWN, COLUMNS };

static int set_row(struct arena *arena, const struct sampling_candidate_row *row,
                   const char **ret_columns[COLUMNS], size_t index)
{
    const char *const values[COLUMNS] = {
        [VISIT] = row->visit_id,
        [TECHNICIAN] = row->technician_id,
        [TEAM] = row->team ? row->team : "",
        [STRATUM] = row->stratum,
        [WEIGHT] = row->weight,
        [SHA256] = row->sha256,
        [KEY] = arena_printf(arena, "%lld", (long long)row->key),
        [PLACE] = arena_printf(arena, "%lld", (long long)row->place),
        [DRAWN] = row->is_drawn ? "true" : "false",
    };
    if (!values[KEY] || !values[PLACE])
        return -1;
    for (int column = 0; column < COLUMNS; column++)
        ret_columns[column][index] = values[column];
    return 0;
}

int sampling_candidate_insert(struct db *db, struct arena *arena, const struct sampling_key *draw,
                              const struct sampling_candidate_row *rows, size_t count)
{
    struct db_parameters parameters = key_of(arena, draw);
    const char **columns[COLUMNS];
    struct db_rows inserted;
    for (int column = 0; column < COLUMNS; column++) {
        columns[column] = arena_alloc(arena, count * sizeof *columns[column]);
        if (!columns[column])
            return -1;
    }
    for (size_t i = 0; i < count; i++)
        if (set_row(arena, &rows[i], columns, i) < 0)
            return -1;
    for (int column = 0; column < COLUMNS; column++)
        db_add_text_array(&parameters, arena, columns[column], count);
    return db_query(db, &query_sampling_candidate_insert, &parameters, &inserted);
}

int sampling_draw_get(struct db *db, struct arena *arena, const struct sampling_key *draw,
                      const char **ret_json)
{
    return get(db, arena, &query_sampling_draw_get, draw, ret_json);
}

int sampling_draw_list(struct db *db, struct arena *arena, const struct sampling_key *plan,
                       const struct db_parameters *page, struct db_rows *ret)
{
    struct db_parameters parameters = key_of(arena, plan);
    db_add_all(&parameters, page);
    return db_query(db, &query_sampling_draw_list, &parameters, ret);
}

int sampling_drawn_list(struct db *db, struct arena *arena, const struct sampling_key *draw,
                        const char *assessed, const struct db_parameters *page, struct db_rows *ret)
{
    struct db_parameters parameters = key_of(arena, draw);
    db_add_text(&parameters, assessed);
    db_add_all(&parameters, page);
    return db_query(db, &query_sampling_drawn_list, &parameters, ret);
}

int sampling_draw_published(struct db *db, struct arena *arena, const struct sampling_key *draw,
                            const char **ret_json, const char **ret_starts_on)
{
    struct db_parameters parameters = key_of(arena, draw);
    struct db_rows rows;
    if (db_query(db, &query_sampling_draw_published, &parameters, &rows) < 0)
        return -1;
    *ret_json = rows.count > 0 ? db_value(&rows, 0, 0) : NULL;
    *ret_starts_on = rows.count > 0 ? db_value(&rows, 0, 1) : NULL;
    return 0;
}

int sampling_drawn_lock(struct db *db, struct arena *arena, const struct sampling_key *draw,
                        const struct uuid *visit_id, bool *ret_is_known,
                        const char **ret_assessment_id)
{
    struct db_parameters parameters = key_of(arena, draw);
    struct db_rows rows;
    db_add_uuid(&parameters, arena, visit_id);
    if (db_query(db, &query_sampling_drawn_lock, &parameters, &rows) < 0)
        return -1;
    *ret_is_known = rows.count > 0;
    *ret_assessment_id = rows.count > 0 ? db_value(&rows, 0, 0) : NULL;
    return 0;
}

int sampling_assessment_content(struct db *db, struct arena *arena,
                                const struct sampling_key *assessment, const char **ret_taken_by)
{
    return get(db, arena, &query_sampling_assessment_content, assessment, ret_taken_by);
}

int sampling_assessment_insert(struct db *db, struct arena *arena, const struct sampling_key *draw,
                               const struct sampling_assessment_row *row, const char **ret_taken_by)
{
    const struct sampling_key assessment = {.org_id = draw->org_id, .id = row->id};
    struct db_parameters parameters = key_of(arena, &assessment);
    db_add_uuid(&parameters, arena, &draw->id);
    db_add_uuid(&parameters, arena, &row->visit_id);
    db_add_text(&parameters, row->scores);
    db_add_text(&parameters, row->comment);
    db_add_uuid(&parameters, arena, &row->assessed_by);
    db_add_bytes(&parameters, arena, row->content_sha256, 32);
    return db_insert_once(db, arena, &query_sampling_assessment_insert, &parameters,
                          &query_sampling_assessment_content, &draw->org_id, &row->id,
                          ret_taken_by);
}

int sampling_assessment_count(struct db *db, struct arena *arena,
                              const struct sampling_key *assessment)
{
    struct db_parameters parameters = key_of(arena, assessment);
    return db_queue(db, &query_sampling_assessment_count, &parameters);
}

int sampling_assessment_get(struct db *db, struct arena *arena,
                            const struct sampling_key *assessment, const char **ret_json)
{
    return get(db, arena, &query_sampling_assessment_get, assessment, ret_json);
}
