#include "server/store/upload.h"

#include "server/store/db_apart.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

static int read_upload(const struct db_rows *rows, const struct uuid *org_id,
                       const struct uuid *user_id, struct upload *ret)
{
    *ret = (struct upload){.is_known = rows->count > 0, .org_id = *org_id, .user_id = *user_id};
    if (!ret->is_known)
        return 0;
    ret->length_bytes = db_integer(rows, 0, 2);
    ret->sha256 = db_value(rows, 0, 3);
    ret->metadata = db_value(rows, 0, 4);
    ret->expires_at_ms = db_integer(rows, 0, 5);
    ret->is_stored = db_boolean(rows, 0, 6);
    ret->is_video = db_boolean(rows, 0, 7);
    return uuid_parse(db_value(rows, 0, 0), &ret->id) ||
                   uuid_parse(db_value(rows, 0, 1), &ret->photo_id)
               ? -1
               : 0;
}

/* A query of (organisation, some id, user). */
static int query(struct db *db, struct arena *arena, const struct query *query,
                 const struct uuid *org_id, const struct uuid *id, const struct uuid *user_id,
                 struct db_rows *ret)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    if (user_id)
        db_add_uuid(&parameters, arena, user_id);
    return db_query(db, query, &parameters, ret);
}

int upload_find(struct db *db, struct arena *arena, const struct uuid *org_id,
                const struct uuid *user_id, const struct uuid *id, struct upload *ret)
{
    struct db_rows rows;
    if (query(db, arena, &query_upload_find, org_id, id, user_id, &rows) < 0)
        return -1;
    return read_upload(&rows, org_id, user_id, ret);
}

int upload_find_of_photo(struct db *db, struct arena *arena, const struct upload *wanted,
                         struct upload *ret)
{
    struct db_rows rows;
    if (query(db, arena, &query_upload_find_of_photo, &wanted->org_id, &wanted->photo_id,
              &wanted->user_id, &rows) < 0)
        return -1;
    return read_upload(&rows, &wanted->org_id, &wanted->user_id, ret);
}

int upload_photo(struct db *db, struct arena *arena, const struct uuid *org_id,
                 const struct uuid *user_id, const struct uuid *photo_id, struct upload_photo *ret)
{
    struct db_rows rows;
    if (query(db, arena, &query_upload_photo_lock, org_id, photo_id, user_id, &rows) < 0)
        return -1;
    *ret = rows.count == 0 ? (struct upload_photo){0}
                           : (struct upload_photo){
                                 .is_known = true,
                                 .is_stored = db_boolean(&rows, 0, 0),
                                 .sha256 = db_value(&rows, 0, 1),
                                 .bytes = db_integer(&rows, 0, 2),
                                 .declared_sha256 = db_value(&rows, 0, 3),
                                 .is_video = db_boolean(&rows, 0, 4),
                             };
    return 0;
}

int upload_make(struct db *db, struct arena *arena, const struct upload *wanted, int64_t life_s,
                struct upload *ret)
{
    struct db_parameters other = {0}, insert = {0};
    const char *sha256 = wanted->sha256 ? arena_printf(arena, "\\x%s", wanted->sha256) : NULL;
    db_add_uuid(&other, arena, &wanted->org_id);
    db_add_uuid(&other, arena, &wanted->photo_id);
    db_add_integer(&other, arena, wanted->length_bytes);
    db_add_text(&other, sha256);
    db_add_uuid(&insert, arena, &wanted->org_id);
    db_add_uuid(&insert, arena, &wanted->id);
    db_add_uuid(&insert, arena, &wanted->photo_id);
    db_add_uuid(&insert, arena, &wanted->user_id);
    db_add_integer(&insert, arena, wanted->length_bytes);
    db_add_text(&insert, sha256);
    db_add_text(&insert, wanted->metadata);
    db_add_integer(&insert, arena, life_s);
    db_add_boolean(&insert, wanted->is_stored);
    if (db_queue(db, &query_upload_delete_other, &other) < 0 ||
        db_queue(db, &query_upload_insert, &insert) < 0)
        return -1;
    return upload_find_of_photo(db, arena, wanted, ret);
}

int upload_mark_stored(struct db *db, struct arena *arena, const struct upload *upload)
{
    struct db_parameters parameters = db_key(arena, &upload->org_id, &upload->id);
    return db_queue(db, &query_upload_mark_stored, &parameters);
}

int upload_remove(struct db *db, struct arena *arena, const struct upload *upload)
{
    struct db_rows rows;
    return query(db, arena, &query_upload_delete, &upload->org_id, &upload->id, &upload->user_id,
                 &rows);
}

/** An organisation's uploads, or one of them, apart from any request. */
struct housekeeping {
    const struct uuid *org_id;
    const struct uuid *id;
    int64_t removed;
    bool is_awaited;
};

static int remove_expired(struct db *db, struct arena *arena, void *context)
{
    struct housekeeping *housekeeping = context;
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, housekeeping->org_id);
    if (db_query(db, &query_upload_delete_expired, &parameters, &rows) < 0)
        return -1;
    housekeeping->removed = db_affected(&rows);
    return 0;
}

int upload_remove_expired(struct db_pool *pool, const struct uuid *org_id, int64_t *ret_removed)
{
    struct housekeeping housekeeping = {.org_id = org_id};
    if (db_run_apart(pool, org_id, false, remove_expired, &housekeeping) < 0)
        return -1;
    *ret_removed = housekeeping.removed;
    return 0;
}

static int look_whether_awaited(struct db *db, struct arena *arena, void *context)
{
    struct housekeeping *housekeeping = context;
    struct db_rows rows;
    if (query(db, arena, &query_upload_is_awaited, housekeeping->org_id, housekeeping->id, NULL,
              &rows) < 0)
        return -1;
    housekeeping->is_awaited = rows.count > 0;
    return 0;
}

int upload_is_awaited(struct db_pool *pool, const struct uuid *org_id, const struct uuid *id,
                      bool *ret_is_awaited)
{
    struct housekeeping housekeeping = {.org_id = org_id, .id = id};
    if (db_run_apart(pool, org_id, true, look_whether_awaited, &housekeeping) < 0)
        return -1;
    *ret_is_awaited = housekeeping.is_awaited;
    return 0;
}
