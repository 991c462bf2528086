#include "server/store/enrolment.h"

#include "server/store/insert_once.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

int enrolment_subject(struct db *db, struct arena *arena, const struct uuid *org_id,
                      const struct uuid *user_id, bool *ret_is_known, bool *ret_may_enrol)
{
    struct db_parameters parameters = db_key(arena, org_id, user_id);
    struct db_rows rows;
    if (db_query(db, &query_enrolment_subject, &parameters, &rows) < 0)
        return -1;
    *ret_is_known = rows.count > 0;
    *ret_may_enrol = rows.count > 0 && db_boolean(&rows, 0, 0);
    return 0;
}

int enrolment_insert(struct db *db, struct arena *arena, const struct enrolment_row *row,
                     const char **ret_taken_by)
{
    struct db_parameters parameters = db_key(arena, &row->org_id, &row->id);
    db_add_uuid(&parameters, arena, &row->user_id);
    db_add_bytes(&parameters, arena, row->code_sha256, 32);
    db_add_uuid(&parameters, arena, row->created_by);
    db_add_bytes(&parameters, arena, row->content_sha256, 32);
    db_add_integer(&parameters, arena, row->life_s);
    return db_insert_once(db, arena, &query_enrolment_insert, &parameters, &query_enrolment_content,
                          &row->org_id, &row->id, ret_taken_by);
}

int enrolment_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const struct uuid *id, const char **ret_json, const char **ret_state)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    struct db_rows rows;
    if (db_query(db, &query_enrolment_get, &parameters, &rows) < 0)
        return -1;
    *ret_json = rows.count > 0 ? db_value(&rows, 0, 0) : NULL;
    *ret_state = rows.count > 0 ? db_value(&rows, 0, 1) : NULL;
    return 0;
}

int enrolment_lock(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const uint8_t code_sha256[32], bool *ret_is_known, struct uuid *ret_id,
                   struct uuid *ret_user_id)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_bytes(&parameters, arena, code_sha256, 32);
    if (db_query(db, &query_enrolment_lock, &parameters, &rows) < 0)
        return -1;
    *ret_is_known = rows.count > 0;
    if (rows.count == 0)
        return 0;
    return uuid_parse(db_value(&rows, 0, 0), ret_id) < 0 ||
                   uuid_parse(db_value(&rows, 0, 1), ret_user_id) < 0
               ? -1
               : 0;
}

int enrolment_read(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const struct uuid *id, const struct uuid *device_id, struct enrolment_use *ret)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    struct db_rows rows;
    db_add_uuid(&parameters, arena, device_id);
    if (db_query(db, &query_enrolment_read, &parameters, &rows) < 0 || rows.count != 1)
        return -1;
    *ret = (struct enrolment_use){
        .state = db_value(&rows, 0, 0),
        .may_enrol = db_boolean(&rows, 0, 1),
        .is_lost_reply = db_boolean(&rows, 0, 2),
    };
    return 0;
}

int enrolment_mark_used(struct db *db, struct arena *arena, const struct uuid *org_id,
                        const struct uuid *id, const struct uuid *session_id,
                        const struct uuid *device_id)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    db_add_uuid(&parameters, arena, session_id);
    db_add_uuid(&parameters, arena, device_id);
    return db_queue(db, &query_enrolment_use, &parameters);
}

int enrolment_revoke(struct db *db, struct arena *arena, const struct uuid *org_id,
                     const struct uuid *id, const struct uuid *revoked_by)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    db_add_uuid(&parameters, arena, revoked_by);
    return db_queue(db, &query_enrolment_revoke, &parameters);
}
