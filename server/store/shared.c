#include "server/store/shared.h"

#include "server/store/db_read.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

int shared_throttle_count(struct db *db, struct arena *arena, const struct uuid *org_id,
                          const uint8_t token_sha256[32], const uint8_t address_sha256[32],
                          int64_t weight, int64_t window_s, struct shared_throttle *ret)
{
    struct db_parameters parameters = {0};
    struct shared_throttle counts = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_bytes(&parameters, arena, token_sha256, 32);
    db_add_bytes(&parameters, arena, address_sha256, 32);
    db_add_integer(&parameters, arena, weight);
    db_add_integer(&parameters, arena, window_s);
    /* Clearing comes second and waits for nobody, so that no two requests wait for each other. */
    if (db_query(db, &query_shared_throttle_count, &parameters, &rows) < 0 ||
        db_queue(db, &query_shared_throttle_clear, &(struct db_parameters){0}) < 0)
        return -1;
    for (int row = 0; row < rows.count; row++) {
        int64_t requests = db_integer(&rows, row, 1), left_s = db_integer(&rows, row, 2);
        if (db_boolean(&rows, row, 0))
            counts.of_address = requests;
        else
            counts.of_link = requests;
        if (left_s > counts.left_s)
            counts.left_s = left_s;
    }
    *ret = counts;
    return 0;
}

int shared_link_find(struct db *db, struct arena *arena, const uint8_t token_sha256[32],
                     struct shared_link *link, bool *ret_found)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, &link->org_id);
    db_add_bytes(&parameters, arena, token_sha256, 32);
    if (db_query(db, &query_shared_link_open, &parameters, &rows) < 0)
        return -1;
    *ret_found = rows.count > 0;
    if (rows.count == 0)
        return 0;
    link->visit_id = db_value(&rows, 0, 1);
    link->work_order_id = db_value(&rows, 0, 2);
    link->is_expired = db_boolean(&rows, 0, 3);
    link->photo_rule = db_value(&rows, 0, 4);
    return uuid_parse(db_value(&rows, 0, 0), &link->id);
}

int shared_link_viewed(struct db *db, struct arena *arena, const struct shared_link *link,
                       const char *address)
{
    struct db_parameters parameters = db_key(arena, &link->org_id, &link->id);
    db_add_text(&parameters, address);
    return db_queue(db, &query_shared_link_viewed, &parameters);
}

static struct db_parameters subject_of(struct arena *arena, const struct shared_link *link)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, &link->org_id);
    db_add_text(&parameters, link->visit_id);
    db_add_text(&parameters, link->work_order_id);
    return parameters;
}

int shared_view(struct db *db, struct arena *arena, const struct shared_link *link,
                const char **ret_json)
{
    struct db_parameters parameters = db_key(arena, &link->org_id, &link->id);
    db_add_text(&parameters, link->visit_id);
    db_add_text(&parameters, link->work_order_id);
    db_add_text(&parameters, link->photo_rule);
    return db_query_value(db, &query_shared_view, &parameters, ret_json);
}

int shared_photo(struct db *db, struct arena *arena, const struct shared_link *link,
                 const struct uuid *photo_id, const char **ret_small_sha256,
                 const char **ret_medium_sha256)
{
    struct db_parameters parameters = subject_of(arena, link);
    struct db_rows rows;
    db_add_uuid(&parameters, arena, photo_id);
    db_add_text(&parameters, link->photo_rule);
    if (db_query(db, &query_shared_photo, &parameters, &rows) < 0)
        return -1;
    *ret_small_sha256 = rows.count ? db_value(&rows, 0, 0) : NULL;
    *ret_medium_sha256 = rows.count ? db_value(&rows, 0, 1) : NULL;
    return 0;
}

int shared_visit(struct db *db, struct arena *arena, const struct shared_link *link,
                 const char *asked_id, const char **ret_visit_id, int64_t *ret_signed_version)
{
    struct db_parameters parameters = subject_of(arena, link);
    struct db_rows rows;
    db_add_text(&parameters, asked_id);
    if (db_query(db, &query_shared_visit, &parameters, &rows) < 0)
        return -1;
    *ret_visit_id = rows.count ? db_value(&rows, 0, 0) : NULL;
    *ret_signed_version = rows.count ? db_integer(&rows, 0, 1) : 0;
    return 0;
}

int shared_documents(struct db *db, struct arena *arena, const struct shared_link *link,
                     const char **ret_json)
{
    struct db_parameters parameters = subject_of(arena, link);
    return db_query_value(db, &query_shared_documents, &parameters, ret_json);
}
