#include "server/store/retention.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"

#define REMOVE_ARENA_BYTES ((size_t)64 * 1024)

static struct db_parameters of_organisation(struct arena *arena, const struct uuid *org_id)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    return parameters;
}

static struct db_parameters of_visit(struct arena *arena, const struct uuid *org_id,
                                     const struct uuid *visit_id)
{
    struct db_parameters parameters = of_organisation(arena, org_id);
    db_add_uuid(&parameters, arena, visit_id);
    return parameters;
}

static void add_months(struct db_parameters *parameters, struct arena *arena, int64_t months)
{
    if (months > 0)
        db_add_integer(parameters, arena, months);
    else
        db_add_text(parameters, NULL);
}

static void add_rules(struct db_parameters *parameters, struct arena *arena,
                      const struct retention_rules *rules)
{
    add_months(parameters, arena, rules->originals_months);
    add_months(parameters, arena, rules->thumbnails_months);
}

int retention_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                  struct retention *ret)
{
    struct db_parameters parameters = of_organisation(arena, org_id);
    struct db_rows rows;
    if (db_query(db, &query_retention_get, &parameters, &rows) < 0)
        return -1;
    *ret = (struct retention){0};
    if (rows.count > 0)
        *ret = (struct retention){.version = db_integer(&rows, 0, 1),
                                  .rules = {db_integer(&rows, 0, 2), db_integer(&rows, 0, 3)},
                                  .json = db_value(&rows, 0, 0)};
    return 0;
}

int retention_lock(struct db *db, struct arena *arena, const struct uuid *org_id,
                   struct retention *ret)
{
    struct db_parameters parameters = of_organisation(arena, org_id);
    struct db_rows rows;
    if (db_query(db, &query_retention_lock, &parameters, &rows) < 0)
        return -1;
    *ret = (struct retention){0};
    if (rows.count > 0)
        *ret = (struct retention){.version = db_integer(&rows, 0, 0),
                                  .rules = {db_integer(&rows, 0, 1), db_integer(&rows, 0, 2)}};
    return 0;
}

int retention_set(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const struct retention_rules *rules, const struct uuid *user_id)
{
    struct db_parameters parameters = of_organisation(arena, org_id);
    add_rules(&parameters, arena, rules);
    db_add_uuid(&parameters, arena, user_id);
    return db_queue(db, &query_retention_set, &parameters);
}

int retention_preview(struct db *db, struct arena *arena, const struct uuid *org_id,
                      const struct retention_rules *rules, struct retention_preview *ret)
{
    struct db_parameters parameters = of_organisation(arena, org_id);
    struct db_rows rows;
    add_rules(&parameters, arena, rules);
    if (db_query(db, &query_retention_preview, &parameters, &rows) < 0)
        return -1;
    *ret = (struct retention_preview){db_integer(&rows, 0, 0), db_integer(&rows, 0, 1),
                                      db_integer(&rows, 0, 2), db_integer(&rows, 0, 3)};
    return 0;
}

/* One transaction. */
static int remove_some(struct db_pool *pool, const struct uuid *org_id, const struct query *query,
                       int64_t *ret_photos, int64_t *ret_bytes)
{
    struct arena *arena = arena_create(REMOVE_ARENA_BYTES);
    struct problem problem = {0};
    struct db_rows rows;
    struct db *db = NULL;
    int64_t photos = 0, bytes = 0;
    int result = arena ? db_begin(pool, arena, &problem, org_id, false, &db) : -1;
    if (result == 0) {
        struct db_parameters parameters = of_organisation(arena, org_id);
        result = db_query(db, query, &parameters, &rows);
        if (result == 0) {
            photos = db_integer(&rows, 0, 0);
            bytes = db_integer(&rows, 0, 1);
            result = db_commit(db);
        } else {
            db_rollback(db);
        }
    }
    arena_free(arena);
    if (result < 0)
        return -1;
    *ret_photos = photos;
    *ret_bytes = bytes;
    return 0;
}

static int remove_all(struct db_pool *pool, const struct uuid *org_id, const struct query *query,
                      int64_t *photos, int64_t *bytes)
{
    int64_t some, some_bytes;
    do {
        if (remove_some(pool, org_id, query, &some, &some_bytes) < 0)
            return -1;
        *photos += some;
        *bytes += some_bytes;
    } while (some > 0);
    return 0;
}

int retention_remove(struct db_pool *pool, const struct uuid *org_id, struct retention_removed *ret)
{
    int64_t no_bytes = 0;
    if (remove_all(pool, org_id, &query_retention_remove_originals, &ret->originals,
                   &ret->original_bytes) < 0)
        return -1;
    return remove_all(pool, org_id, &query_retention_remove_thumbnails, &ret->thumbnails,
                      &no_bytes);
}

int hold_get(struct db *db, struct arena *arena, const struct uuid *org_id,
             const struct uuid *visit_id, const char **ret_json)
{
    struct db_parameters parameters = of_visit(arena, org_id, visit_id);
    struct db_rows rows;
    if (db_query(db, &query_hold_get, &parameters, &rows) < 0)
        return -1;
    *ret_json = rows.count > 0 ? db_value(&rows, 0, 0) : NULL;
    return 0;
}

int hold_set(struct db *db, struct arena *arena, const struct uuid *org_id,
             const struct uuid *visit_id, const struct uuid *user_id, const char *reason,
             bool *ret_is_known)
{
    struct db_parameters parameters = of_visit(arena, org_id, visit_id);
    struct db_rows rows;
    db_add_uuid(&parameters, arena, user_id);
    db_add_text(&parameters, reason);
    if (db_query(db, &query_hold_set, &parameters, &rows) < 0)
        return -1;
    *ret_is_known = db_affected(&rows) > 0;
    return 0;
}

int hold_release(struct db *db, struct arena *arena, const struct uuid *org_id,
                 const struct uuid *visit_id, bool *ret_is_known)
{
    struct db_parameters parameters = of_visit(arena, org_id, visit_id);
    struct db_rows rows;
    if (db_query(db, &query_hold_release, &parameters, &rows) < 0)
        return -1;
    *ret_is_known = db_affected(&rows) > 0;
    return 0;
}

int hold_list(struct db *db, struct arena *arena, const struct uuid *org_id,
              const struct db_parameters *limits, struct db_rows *ret)
{
    struct db_parameters parameters = of_organisation(arena, org_id);
    db_add_all(&parameters, limits);
    return db_query(db, &query_hold_list, &parameters, ret);
}
