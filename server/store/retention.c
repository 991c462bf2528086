#include "server/store/retention.h"

#include "server/store/db_apart.h"
#include "server/store/db_read.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

static struct db_parameters of_organisation(struct arena *arena, const struct uuid *org_id)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
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
    if (db_queue(db, &query_retention_change_lock, &parameters) < 0 ||
        db_query(db, &query_retention_lock, &parameters, &rows) < 0)
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

struct removing {
    const struct uuid *org_id;
    const struct query *query;
    int64_t photos;
    int64_t bytes;
};

static int remove_some(struct db *db, struct arena *arena, void *context)
{
    struct removing *removing = context;
    struct db_parameters parameters = of_organisation(arena, removing->org_id);
    struct db_rows rows;
    if (db_query(db, removing->query, &parameters, &rows) < 0)
        return -1;
    removing->photos = db_integer(&rows, 0, 0);
    removing->bytes = db_integer(&rows, 0, 1);
    return 0;
}

static int remove_all(struct db_pool *pool, const struct uuid *org_id, const struct query *query,
                      int64_t *photos, int64_t *bytes)
{
    struct removing removing = {.org_id = org_id, .query = query};
    do {
        if (db_run_apart(pool, org_id, false, remove_some, &removing) < 0)
            return -1;
        *photos += removing.photos;
        *bytes += removing.bytes;
    } while (removing.photos > 0);
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
    struct db_parameters parameters = db_key(arena, org_id, visit_id);
    return db_query_value(db, &query_hold_get, &parameters, ret_json);
}

int hold_set(struct db *db, struct arena *arena, const struct uuid *org_id,
             const struct uuid *visit_id, const struct uuid *user_id, const char *reason,
             bool *ret_is_known)
{
    struct db_parameters parameters = db_key(arena, org_id, visit_id);
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
    struct db_parameters parameters = db_key(arena, org_id, visit_id);
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
