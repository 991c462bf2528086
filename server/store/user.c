#include "server/store/user.h"

#include "server/store/db_read.h"
#include "server/store/insert_once.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

int user_insert(struct db *db, struct arena *arena, const struct user_row *row,
                const char **ret_taken_by)
{
    struct db_parameters parameters = db_key(arena, &row->org_id, &row->id);
    db_add_text(&parameters, row->log_in);
    db_add_text(&parameters, row->name);
    db_add_text(&parameters, row->role);
    db_add_text(&parameters, row->language);
    db_add_text(&parameters, row->phone);
    db_add_text(&parameters, row->password_hash);
    db_add_bytes(&parameters, arena, row->content_sha256, 32);
    db_add_text(&parameters, row->team);
    return db_insert_once(db, arena, &query_user_insert, &parameters, &query_user_content,
                          &row->org_id, &row->id, ret_taken_by);
}

int user_get(struct db *db, struct arena *arena, const struct uuid *org_id, const struct uuid *id,
             const struct uuid *only, const char **ret_json, int64_t *ret_version)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    db_add_optional_uuid(&parameters, arena, only);
    return db_query_entity(db, &query_user_get, &parameters, ret_json, ret_version);
}

void user_list_parameters(struct db_parameters *parameters, struct arena *arena,
                          const struct uuid *org_id, const struct user_filter *filter)
{
    db_add_uuid(parameters, arena, org_id);
    db_add_text(parameters, filter->role);
    db_add_text(parameters, filter->part);
    db_add_text(parameters, filter->disabled);
    db_add_text(parameters, filter->team);
}

int user_list(struct db *db, const struct db_parameters *parameters, struct db_rows *ret)
{
    return db_query(db, &query_user_list, parameters, ret);
}

int user_lock_with_administrator(struct db *db, struct arena *arena, const struct uuid *org_id,
                                 const struct uuid *id, const struct uuid *administrator_id)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    db_add_uuid(&parameters, arena, administrator_id);
    return db_queue(db, &query_user_lock_with_administrator, &parameters);
}

int user_lock(struct db *db, struct arena *arena, const struct uuid *org_id, const struct uuid *id,
              int64_t *ret_version)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    struct db_rows rows;
    if (db_query(db, &query_user_lock, &parameters, &rows) < 0)
        return -1;
    *ret_version = rows.count > 0 ? db_integer(&rows, 0, 0) : 0;
    return 0;
}

int user_update(struct db *db, struct arena *arena, const struct uuid *org_id,
                const struct uuid *id, const char *change, const char *password_hash)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    db_add_text(&parameters, change);
    db_add_text(&parameters, password_hash);
    return db_queue(db, &query_user_update, &parameters);
}

int user_delete(struct db *db, struct arena *arena, const struct uuid *org_id,
                const struct uuid *id, bool *ret_was_there)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    struct db_rows rows;
    if (db_query(db, &query_user_delete, &parameters, &rows) < 0)
        return -1;
    *ret_was_there = db_affected(&rows) > 0;
    return 0;
}

int user_by_log_in(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const char *log_in, struct user_credentials *ret)
{
    struct db_parameters parameters = {0};
    struct user_credentials credentials = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, log_in);
    if (db_query(db, &query_user_by_log_in, &parameters, &rows) < 0)
        return -1;
    if (rows.count > 0) {
        credentials.is_known = true;
        credentials.password_hash = db_value(&rows, 0, 1);
        credentials.is_disabled = db_boolean(&rows, 0, 2);
        if (uuid_parse(db_value(&rows, 0, 0), &credentials.id) < 0)
            return -1;
    }
    *ret = credentials;
    return 0;
}

int me_get(struct db *db, struct arena *arena, const struct uuid *org_id, const struct uuid *id,
           const char **ret_json, const char **ret_tag)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    struct db_rows rows;
    if (db_query(db, &query_me_get, &parameters, &rows) < 0)
        return -1;
    *ret_json = rows.count > 0 ? db_value(&rows, 0, 0) : NULL;
    *ret_tag = rows.count > 0 ? db_value(&rows, 0, 1) : NULL;
    return 0;
}
