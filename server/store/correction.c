#include "server/store/correction.h"

#include "server/store/db_read.h"
#include "server/store/insert_once.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

int correction_lock_subject(struct db *db, struct arena *arena, const struct uuid *org_id,
                            const struct uuid *visit_id, struct correction_subject *ret)
{
    struct db_parameters parameters = db_key(arena, org_id, visit_id);
    struct db_rows rows;
    *ret = (struct correction_subject){0};
    if (db_queue(db, &query_visit_sheet_lock, &parameters) < 0 ||
        db_query(db, &query_correction_subject, &parameters, &rows) < 0)
        return -1;
    if (rows.count > 0)
        *ret = (struct correction_subject){db_value(&rows, 0, 0), db_integer(&rows, 0, 1)};
    return 0;
}

int correction_insert(struct db *db, struct arena *arena, const struct correction *correction,
                      const char **ret_taken_by)
{
    struct db_parameters parameters = db_key(arena, &correction->org_id, &correction->id);
    db_add_uuid(&parameters, arena, &correction->visit_id);
    db_add_integer(&parameters, arena, correction->sheet_version);
    db_add_text(&parameters, correction->technician_id);
    db_add_text_array(&parameters, arena, correction->blocks, correction->block_count);
    db_add_text(&parameters, correction->reason);
    db_add_uuid(&parameters, arena, correction->requested_by);
    db_add_bytes(&parameters, arena, correction->content_sha256, 32);
    return db_insert_once(db, arena, &query_correction_insert, &parameters,
                          &query_correction_content, &correction->org_id, &correction->id,
                          ret_taken_by);
}

int correction_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const struct uuid *id, const char **ret_json)
{
    const struct db_parameters parameters = db_key(arena, org_id, id);
    return db_query_value(db, &query_correction_get, &parameters, ret_json);
}

int correction_lock(struct db *db, struct arena *arena, const struct uuid *org_id,
                    const struct uuid *id, struct correction_standing *ret)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    struct db_rows rows;
    if (db_query(db, &query_correction_lock, &parameters, &rows) < 0)
        return -1;
    *ret = (struct correction_standing){.exists = rows.count > 0};
    if (ret->exists)
        ret->answered_version = db_integer(&rows, 0, 0);
    return 0;
}

int correction_withdraw(struct db *db, struct arena *arena, const struct uuid *org_id,
                        const struct uuid *id, const struct uuid *withdrawn_by)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    db_add_uuid(&parameters, arena, withdrawn_by);
    return db_queue(db, &query_correction_withdraw, &parameters);
}

int correction_list(struct db *db, struct arena *arena, const struct uuid *org_id, const char *open,
                    const char *technician_id, const struct db_parameters *page,
                    struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, open);
    db_add_text(&parameters, technician_id);
    db_add_all(&parameters, page);
    return db_query_by_values(db, &query_correction_list, &parameters, ret);
}

int correction_list_of_visit(struct db *db, struct arena *arena, const struct uuid *org_id,
                             const struct uuid *visit_id, const char **ret_json)
{
    const struct db_parameters parameters = db_key(arena, org_id, visit_id);
    return db_query_value(db, &query_correction_list_of_visit, &parameters, ret_json);
}
