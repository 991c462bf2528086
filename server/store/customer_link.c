#include "server/store/customer_link.h"

#include "server/store/insert_once.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

static void add_subject(struct db_parameters *parameters, struct arena *arena,
                        const struct customer_link_subject *subject)
{
    db_add_optional_uuid(parameters, arena, subject->visit_id);
    db_add_optional_uuid(parameters, arena, subject->work_order_id);
}

int customer_link_subject_exists(struct db *db, struct arena *arena, const struct uuid *org_id,
                                 const struct customer_link_subject *subject,
                                 const struct uuid *technician_id, bool *ret_exists)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    add_subject(&parameters, arena, subject);
    db_add_optional_uuid(&parameters, arena, technician_id);
    if (db_query(db, &query_customer_link_subject, &parameters, &rows) < 0)
        return -1;
    *ret_exists = rows.count > 0;
    return 0;
}

int customer_link_insert(struct db *db, struct arena *arena, const struct customer_link_row *row,
                         const char **ret_taken_by)
{
    struct db_parameters parameters = db_key(arena, &row->org_id, &row->id);
    add_subject(&parameters, arena, &row->subject);
    db_add_bytes(&parameters, arena, row->token_sha256, 32);
    db_add_uuid(&parameters, arena, row->created_by);
    db_add_bytes(&parameters, arena, row->content_sha256, 32);
    db_add_integer(&parameters, arena, row->life_days);
    if (row->asked_days > 0)
        db_add_integer(&parameters, arena, row->asked_days);
    else
        db_add_text(&parameters, NULL);
    return db_insert_once(db, arena, &query_customer_link_insert, &parameters,
                          &query_customer_link_content, &row->org_id, &row->id, ret_taken_by);
}

int customer_link_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                      const struct uuid *id, const struct uuid *technician_id, struct db_rows *ret)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    db_add_optional_uuid(&parameters, arena, technician_id);
    return db_query(db, &query_customer_link_get, &parameters, ret);
}

int customer_link_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                       const struct customer_link_subject *subject, struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    add_subject(&parameters, arena, subject);
    return db_query(db, &query_customer_link_list, &parameters, ret);
}

int customer_link_list_around_visit(struct db *db, struct arena *arena, const struct uuid *org_id,
                                    const struct uuid *visit_id, struct db_rows *ret)
{
    struct db_parameters parameters = db_key(arena, org_id, visit_id);
    return db_query(db, &query_customer_link_list_around_visit, &parameters, ret);
}

int customer_link_revoke(struct db *db, struct arena *arena, const struct uuid *org_id,
                         const struct uuid *id, const struct uuid *revoked_by)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    db_add_uuid(&parameters, arena, revoked_by);
    return db_queue(db, &query_customer_link_revoke, &parameters);
}
