#include "server/store/db_apart.h"

/* A page of digests is the most that is read at once. */
#define ARENA_BYTES ((size_t)1024 * 1024)

int db_run_apart(struct db_pool *pool, const struct uuid *org_id, bool is_read_only, db_work *work,
                 void *context)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct problem problem = {0};
    struct db *db = NULL;
    int result = arena ? db_begin(pool, arena, &problem, org_id, is_read_only, &db) : -1;
    if (result == 0)
        result = work(db, arena, context);
    if (result < 0 || is_read_only)
        db_rollback(db);
    else if (db_commit(db) < 0)
        result = -1;
    arena_free(arena);
    return result;
}

struct counting {
    const struct uuid *org_id;
    const struct query *query;
    int64_t number;
    int64_t count;
};

static int count(struct db *db, struct arena *arena, void *context)
{
    struct counting *counting = context;
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, counting->org_id);
    db_add_integer(&parameters, arena, counting->number);
    if (db_query(db, counting->query, &parameters, &rows) < 0)
        return -1;
    counting->count = db_integer(&rows, 0, 0);
    return 0;
}

int db_count_apart(struct db_pool *pool, const struct uuid *org_id, const struct query *query,
                   int64_t number, int64_t *ret_count)
{
    struct counting counting = {.org_id = org_id, .query = query, .number = number};
    if (db_run_apart(pool, org_id, false, count, &counting) < 0)
        return -1;
    *ret_count = counting.count;
    return 0;
}
