#include "server/store/organisation.h"

#include "server/store/db_apart.h"
#include "server/store/db_read.h"
#include "server/store/insert_once.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

int organisation_insert(struct db *db, struct arena *arena, const struct organisation_row *row,
                        const char **ret_taken_by)
{
    struct db_parameters parameters = {0}, directory = {0};
    const char *taken_by;
    db_add_uuid(&parameters, arena, &row->org_id);
    db_add_text(&parameters, row->slug);
    db_add_text(&parameters, row->name);
    db_add_text(&parameters, row->language);
    db_add_text(&parameters, row->time_zone);
    db_add_bytes(&parameters, arena, row->content_sha256, 32);
    if (db_insert_once(db, arena, &query_organisation_insert, &parameters,
                       &query_organisation_content, &row->org_id, &row->org_id, &taken_by) < 0)
        return -1;
    db_add_uuid(&directory, arena, &row->org_id);
    db_add_text(&directory, row->slug);
    if (!taken_by && db_queue(db, &query_organisation_directory_insert, &directory) < 0)
        return -1;
    *ret_taken_by = taken_by;
    return 0;
}

int organisation_id_by_slug(struct db *db, const char *slug, bool *ret_is_known,
                            struct uuid *ret_org_id)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_text(&parameters, slug);
    if (db_query(db, &query_organisation_id_by_slug, &parameters, &rows) < 0)
        return -1;
    if (rows.count > 0 && uuid_parse(db_value(&rows, 0, 0), ret_org_id) < 0)
        return -1;
    *ret_is_known = rows.count > 0;
    return 0;
}

/* One text and one number of the organisation's row. */
static int read_row(struct db *db, struct arena *arena, const struct query *query,
                    const struct uuid *org_id, const char **ret_json, int64_t *ret_version)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    if (db_query(db, query, &parameters, &rows) < 0)
        return -1;
    *ret_json = rows.count > 0 ? db_value(&rows, 0, 0) : NULL;
    *ret_version = rows.count > 0 ? db_integer(&rows, 0, 1) : 0;
    return 0;
}

int organisation_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                     const char **ret_json, int64_t *ret_version)
{
    return read_row(db, arena, &query_organisation_get, org_id, ret_json, ret_version);
}

int organisation_policy(struct db *db, struct arena *arena, const struct uuid *org_id,
                        bool for_change, const char **ret_json, int64_t *ret_version)
{
    const struct query *query =
        for_change ? &query_organisation_policy_lock : &query_organisation_policy;
    return read_row(db, arena, query, org_id, ret_json, ret_version);
}

int organisation_policy_update(struct db *db, struct arena *arena, const struct uuid *org_id,
                               const char *policy, int64_t *ret_version)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, policy);
    if (db_query(db, &query_organisation_policy_update, &parameters, &rows) < 0)
        return -1;
    *ret_version = rows.count > 0 ? db_integer(&rows, 0, 0) : 0;
    return 0;
}

struct stepping {
    const struct uuid *after;
    struct uuid next;
};

static int step(struct db *db, struct arena *arena, void *context)
{
    struct stepping *stepping = context;
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_optional_uuid(&parameters, arena, stepping->after);
    if (db_query(db, &query_organisation_next, &parameters, &rows) < 0)
        return -1;
    if (rows.count > 0 && uuid_parse(db_value(&rows, 0, 0), &stepping->next) < 0)
        return -1;
    return rows.count > 0;
}

int organisation_next(struct db_pool *pool, bool is_first, struct uuid *org_id)
{
    struct stepping stepping = {.after = is_first ? NULL : org_id};
    int result = db_run_apart(pool, NULL, true, step, &stepping);
    if (result > 0)
        *org_id = stepping.next;
    return result;
}
