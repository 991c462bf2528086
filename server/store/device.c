#include "server/store/device.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"

static int end_sessions(struct db *db, struct arena *arena, const struct uuid *org_id,
                        const struct uuid *id, const char *reason)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    db_add_text(&parameters, reason);
    return db_queue(db, &query_device_end_sessions, &parameters);
}

int device_log_in(struct db *db, struct arena *arena, const struct device_row *row,
                  const struct uuid *enrolment_id, bool *ret_is_revoked)
{
    struct db_rows rows;
    struct db_parameters parameters = db_key(arena, &row->org_id, &row->id);
    db_add_uuid(&parameters, arena, &row->user_id);
    db_add_text(&parameters, row->own_id);
    db_add_text(&parameters, row->name);
    db_add_text(&parameters, row->model);
    db_add_text(&parameters, row->platform);
    db_add_optional_uuid(&parameters, arena, enrolment_id);
    if (db_query(db, &query_device_upsert, &parameters, &rows) < 0)
        return -1;
    *ret_is_revoked = rows.count == 0;
    return *ret_is_revoked ? 0 : end_sessions(db, arena, &row->org_id, &row->id, "logged_in_again");
}

int device_revoke(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const struct uuid *id, const struct uuid *revoked_by, bool *ret_was_there)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    struct db_rows rows;
    db_add_uuid(&parameters, arena, revoked_by);
    if (db_query(db, &query_device_revoke, &parameters, &rows) < 0)
        return -1;
    *ret_was_there = db_affected(&rows) > 0;
    return end_sessions(db, arena, org_id, id, "device_revoked");
}

int device_restore(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const struct uuid *id, bool *ret_was_there)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    struct db_rows rows;
    if (db_query(db, &query_device_restore, &parameters, &rows) < 0)
        return -1;
    *ret_was_there = db_affected(&rows) > 0;
    return 0;
}

void device_list_parameters(struct db_parameters *parameters, struct arena *arena,
                            const struct uuid *org_id, const char *user_id)
{
    db_add_uuid(parameters, arena, org_id);
    db_add_text(parameters, user_id);
}

int device_list(struct db *db, const struct db_parameters *parameters, struct db_rows *ret)
{
    return db_query(db, &query_device_list, parameters, ret);
}
