#include "server/store/customer_response.h"

#include "server/store/db_read.h"
#include "server/store/insert_once.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

int customer_response_count(struct db *db, struct arena *arena, const struct uuid *org_id,
                            const struct uuid *link_id, struct customer_response_count *ret)
{
    struct db_parameters parameters = db_key(arena, org_id, link_id);
    struct db_rows rows;
    if (db_queue(db, &query_customer_response_link_lock, &parameters) < 0 ||
        db_query(db, &query_customer_response_count, &parameters, &rows) < 0)
        return -1;
    *ret = (struct customer_response_count){.of_hour = db_integer(&rows, 0, 0),
                                            .in_all = db_integer(&rows, 0, 1)};
    return 0;
}

int customer_response_insert(struct db *db, struct arena *arena,
                             const struct customer_response *response, const char **ret_taken_by)
{
    struct db_parameters parameters = db_key(arena, &response->org_id, &response->id);
    db_add_uuid(&parameters, arena, response->link_id);
    db_add_text(&parameters, response->visit_id);
    db_add_text(&parameters, response->work_order_id);
    db_add_text(&parameters, response->kind);
    if (response->stars > 0)
        db_add_integer(&parameters, arena, response->stars);
    else
        db_add_text(&parameters, NULL);
    db_add_text(&parameters, response->decision);
    db_add_text(&parameters, response->words);
    db_add_bytes(&parameters, arena, response->content_sha256, 32);
    return db_insert_once(db, arena, &query_customer_response_insert, &parameters,
                          &query_customer_response_content, &response->org_id, &response->id,
                          ret_taken_by);
}

int customer_response_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                          const struct uuid *id, const char **ret_json)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    return db_query_value(db, &query_customer_response_get, &parameters, ret_json);
}

int customer_response_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                           const struct customer_response_filter *filter,
                           const struct db_parameters *page, struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    const struct query *query = filter->by_urgency ? &query_customer_response_list_by_urgency
                                                   : &query_customer_response_list;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, filter->kind);
    db_add_text(&parameters, filter->visit_id);
    db_add_text(&parameters, filter->from);
    db_add_text(&parameters, filter->to);
    db_add_text(&parameters, filter->handled);
    db_add_text(&parameters, filter->concern);
    db_add_all(&parameters, page);
    if (filter->work_order_id) {
        query = &query_customer_response_list_of_work_order;
        db_add_text(&parameters, filter->work_order_id);
    }
    return db_query_by_values(db, query, &parameters, ret);
}

int customer_response_lock(struct db *db, struct arena *arena,
                           const struct response_handling *handling, const char **ret_state)
{
    struct db_parameters parameters = db_key(arena, &handling->org_id, &handling->response_id);
    return db_query_value(db, &query_customer_response_lock, &parameters, ret_state);
}

int response_handling_insert(struct db *db, struct arena *arena,
                             const struct response_handling *handling, const char **ret_taken_by)
{
    struct db_parameters parameters = db_key(arena, &handling->org_id, &handling->id);
    db_add_uuid(&parameters, arena, &handling->response_id);
    db_add_text(&parameters, handling->state);
    db_add_text(&parameters, handling->note);
    db_add_uuid(&parameters, arena, handling->actor_id);
    db_add_bytes(&parameters, arena, handling->content_sha256, 32);
    return db_insert_once(db, arena, &query_response_handling_insert, &parameters,
                          &query_response_handling_content, &handling->org_id, &handling->id,
                          ret_taken_by);
}

int response_handling_apply(struct db *db, struct arena *arena,
                            const struct response_handling *handling)
{
    struct db_parameters parameters = db_key(arena, &handling->org_id, &handling->response_id);
    db_add_text(&parameters, handling->state);
    db_add_uuid(&parameters, arena, handling->actor_id);
    return db_queue(db, &query_response_handling_apply, &parameters);
}

int customer_response_summary_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                                  const struct uuid *id, const char **ret_json)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    return db_query_value(db, &query_customer_response_summary_get, &parameters, ret_json);
}
