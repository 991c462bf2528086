#include "server/recurring.h"

#include "server/base/log.h"
#include "server/base/periodic.h"
#include "server/store/organisation.h"
#include "server/store/work_schedule.h"

#include <stdlib.h>

/* One schedule at a time: some hundred sites on some hundred days at most. */
#define ARENA_BYTES ((size_t)32 * 1024 * 1024)

struct recurring {
    struct db_pool *pool;
    int64_t days;
    struct periodic *periodic;
};

/** One transaction, at most one schedule. */
struct turn {
    struct arena *arena;
    struct problem problem;
    struct db *db;
};

static int turn_begin(const struct recurring *recurring, const struct uuid *org_id,
                      struct turn *turn)
{
    *turn = (struct turn){.arena = arena_create(ARENA_BYTES)};
    return turn->arena
               ? db_begin(recurring->pool, turn->arena, &turn->problem, org_id, false, &turn->db)
               : -1;
}

static int turn_end(struct turn *turn, int result)
{
    if (result < 0)
        db_rollback(turn->db);
    else
        result = db_commit(turn->db);
    arena_free(turn->arena);
    return result;
}

/* What is wrong with one schedule keeps the others from nothing. */
static int make_one(const struct recurring *recurring, const struct work_schedule_key *key,
                    struct turn *turn)
{
    int64_t made = 0;
    int result = work_schedule_make(turn->db, turn->arena, key, recurring->days, NULL, &made);
    if (result == 0 && made > 0)
        LOG(LOG_INFO, "recurring_work_made", LOG_NUMBER("work_orders", made));
    return result;
}

/* 1: went over the schedule after key->id, which it is now; 0: there is none; negative: failed. */
static int next_schedule(const struct recurring *recurring, bool is_first,
                         struct work_schedule_key *key)
{
    struct turn turn;
    bool is_known = false, was_made = false;
    int result = turn_begin(recurring, &key->org_id, &turn);
    if (result == 0)
        result = work_schedule_due(turn.db, turn.arena, &key->org_id, is_first ? NULL : &key->id,
                                   recurring->days, &is_known, &key->id);
    if (result == 0 && is_known) {
        result = make_one(recurring, key, &turn);
        was_made = true;
    }
    result = turn_end(&turn, result);
    if (result < 0)
        LOG(LOG_WARNING, "recurring_work_failed", LOG_NUMBER("problem", turn.problem.type));
    return was_made ? 1 : result;
}

static void make_all(struct periodic *periodic, void *context)
{
    const struct recurring *recurring = context;
    struct work_schedule_key key = {0};
    int organisation = organisation_next(recurring->pool, true, &key.org_id);
    while (organisation > 0 && !periodic_is_stopping(periodic)) {
        int schedule = next_schedule(recurring, true, &key);
        while (schedule > 0 && !periodic_is_stopping(periodic))
            schedule = next_schedule(recurring, false, &key);
        organisation = organisation_next(recurring->pool, false, &key.org_id);
    }
}

int recurring_start(struct db_pool *pool, const struct config *config, struct recurring **ret)
{
    struct recurring *recurring = calloc(1, sizeof *recurring);
    if (!recurring)
        return -1;
    recurring->pool = pool;
    recurring->days = config->schedule_days;
    if (periodic_start("schedules", config->schedule_every_s, make_all, recurring,
                       &recurring->periodic) < 0) {
        free(recurring);
        return -1;
    }
    *ret = recurring;
    return 0;
}

void recurring_stop(struct recurring *recurring)
{
    if (!recurring)
        return;
    periodic_stop(recurring->periodic);
    free(recurring);
}
