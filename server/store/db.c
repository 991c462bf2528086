#include "server/store/db.h"

#include "server/base/log.h"
#include "server/store/db_round_trip.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static int begin_if_needed(struct db *db)
{
    if (db->has_begun)
        return 0;
    db->has_begun = true;
    if (db_send_own(db, db->is_read_only ? "BEGIN READ ONLY" : "BEGIN", AWAITED_COMMAND) < 0)
        return -1;
    if (!db->has_org)
        return 0;
    /* Built from 16 bytes, so nothing but hexadecimal digits and dashes can stand in it. */
    char org_id[UUID_TEXT_BYTES], sql[64 + UUID_TEXT_BYTES];
    uuid_format(&db->org_id, org_id);
    snprintf(sql, sizeof sql, "SET LOCAL app.org_id = '%s'", org_id);
    if (db_send_own(db, sql, AWAITED_COMMAND) < 0)
        return -1;
    return db->actor ? db_send_own(db, db->actor, AWAITED_COMMAND) : 0;
}

/* A statement that finds no room is missed by the first query, which an exhausted arena refuses.
 * Nothing but what an IP address is made of can stand in the statement. */
void db_act_as(struct db *db, const struct uuid *user_id, const struct uuid *session_id,
               const char *address)
{
    char user[UUID_TEXT_BYTES], session[UUID_TEXT_BYTES];
    uuid_format(user_id, user);
    uuid_format(session_id, session);
    int length = address ? (int)strspn(address, "0123456789abcdefABCDEF.:") : 0;
    db->actor = arena_printf(db->arena, "SET LOCAL app.actor = '%s %s %.*s'", user, session, length,
                             length > 0 ? address : "");
}

/* Prepared, or about to be in this same round trip. */
static bool is_prepared(const struct db *db, const struct query *query)
{
    for (int i = 0; i < db->awaited_count; i++)
        if (db->awaited[i].kind == AWAITED_PREPARE && db->awaited[i].query == query)
            return true;
    return db_prepared_has(db->connection, query);
}

static int prepare(struct db *db, const struct query *query)
{
    if (PQsendPrepare(db->connection->pg, query->name, query->sql, 0, NULL) != 1)
        return db_lose_connection(db);
    return db_await(db, AWAITED_PREPARE, query);
}

static int send_statement(struct db *db, const struct query *query,
                          const struct db_parameters *parameters, enum awaited_kind kind)
{
    if (!is_prepared(db, query) && prepare(db, query) < 0)
        return -1;
    int sent = PQsendQueryPrepared(db->connection->pg, query->name, parameters->count,
                                   parameters->values, NULL, NULL, 0);
    return sent == 1 ? db_await(db, kind, query) : db_lose_connection(db);
}

static int enqueue(struct db *db, const struct query *query, const struct db_parameters *parameters,
                   enum awaited_kind kind)
{
    if (db->has_failed)
        return -1;
    /* A text that found no room is NULL, which must never be stored as "not given". */
    if (arena_is_exhausted(db->arena)) {
        db->has_failed = true;
        return problem_set(db->problem, db->arena, PROBLEM_TOO_LARGE,
                           "The request needs more memory than one request may have.");
    }
    if (parameters->failed || parameters->count != query->parameter_count) {
        LOG(LOG_ERROR, "query_parameters_wrong", LOG_TEXT("query", query->name),
            LOG_NUMBER("given", parameters->count), LOG_NUMBER("wanted", query->parameter_count));
        db->has_failed = true;
        return problem_set(db->problem, db->arena, PROBLEM_INTERNAL, "The server failed.");
    }
    /* Room for begin, organisation, actor, prepare, the statement, commit and sync. */
    if (db->awaited_count > AWAITED_MAX - 7 && db_round_trip(db, NULL) < 0)
        return -1;
    if (begin_if_needed(db) < 0)
        return -1;
    return send_statement(db, query, parameters, kind);
}

static int refuse_begin(struct problem *problem, struct arena *arena, int error)
{
    db_error_unavailable(problem, arena,
                         error == DB_POOL_BUSY ? "The server is busy."
                                               : "The database does not answer right now.");
    return -1;
}

int db_begin(struct db_pool *pool, struct arena *arena, struct problem *problem,
             const struct uuid *org_id, bool read_only, struct db **ret)
{
    struct db *db = arena_alloc(arena, sizeof *db);
    if (!db)
        return problem_set(problem, arena, PROBLEM_INTERNAL, "The server failed.");
    int error = db_pool_acquire(pool, db_pool_wait_ms(pool), &db->connection);
    if (error < 0)
        return refuse_begin(problem, arena, error);
    db->pool = pool;
    db->arena = arena;
    db->problem = problem;
    db->is_read_only = read_only;
    db->has_org = org_id != NULL;
    if (org_id)
        db->org_id = *org_id;
    *ret = db;
    return 0;
}

static void clear_result(void *result)
{
    PQclear(result);
}

int db_query(struct db *db, const struct query *query, const struct db_parameters *parameters,
             struct db_rows *ret)
{
    PGresult *rows = NULL;
    if (enqueue(db, query, parameters, AWAITED_ROWS) < 0 || db_round_trip(db, &rows) < 0)
        return -1;
    if (arena_defer(db->arena, clear_result, rows) < 0) {
        db->has_failed = true;
        return problem_set(db->problem, db->arena, PROBLEM_INTERNAL, "The server failed.");
    }
    ret->count = PQntuples(rows);
    ret->result = rows;
    return 0;
}

static void clear_answer(void *context)
{
    struct db *db = context;
    PQclear(db->answer_rows);
}

int db_query_at_commit(struct db *db, const struct query *query,
                       const struct db_parameters *parameters, struct db_rows *ret)
{
    assert(!db->answer);
    if (arena_defer(db->arena, clear_answer, db) < 0) {
        db->has_failed = true;
        return problem_set(db->problem, db->arena, PROBLEM_INTERNAL, "The server failed.");
    }
    db->answer = ret;
    return enqueue(db, query, parameters, AWAITED_ANSWER);
}

int db_queue_checked(struct db *db, const struct query *query,
                     const struct db_parameters *parameters, db_check *check, void *context)
{
    assert(!db->check);
    db->check = check;
    db->check_context = context;
    return enqueue(db, query, parameters, AWAITED_CHECKED);
}

int db_settle(struct db *db)
{
    return db->check && !db->has_failed ? db_round_trip(db, NULL) : 0;
}

int db_queue(struct db *db, const struct query *query, const struct db_parameters *parameters)
{
    return enqueue(db, query, parameters, AWAITED_COMMAND);
}

/* Ends a transaction that was begun; statements still queued fail or vanish with it. */
static void roll_back(struct db *db)
{
    if (!db->has_begun || db->is_broken)
        return;
    db->has_failed = false;
    if (db->awaited_count >
        0) /* not yet synced: an error among them must not swallow the ROLLBACK */
        (void)!db_round_trip(db, NULL);
    if (db->is_broken || db_send_own(db, "ROLLBACK", AWAITED_COMMAND) < 0)
        return;
    (void)!db_round_trip(db, NULL);
    if (PQtransactionStatus(db->connection->pg) != PQTRANS_IDLE)
        db->is_broken = true;
}

void db_rollback(struct db *db)
{
    if (!db)
        return;
    roll_back(db);
    db_pool_release(db->pool, db->connection, db->is_broken);
    db->connection = NULL;
}

static int refuse_commit(struct db *db)
{
    if (!db->is_broken && PQtransactionStatus(db->connection->pg) != PQTRANS_IDLE)
        roll_back(db);
    if (!db->problem->is_set)
        problem_set(db->problem, db->arena, PROBLEM_INTERNAL, "The server failed.");
    return -1;
}

/* Also when nobody knows whether the COMMIT arrived. */
static void tell_listener(const struct db *db)
{
    if (db->has_begun && db->has_org && !db->is_read_only && (db->is_committed || db->is_broken))
        db_pool_committed(db->pool, &db->org_id);
}

int db_commit(struct db *db)
{
    int result = db->has_failed ? -1 : 0;
    if (result == 0) /* a COMMIT that is sent cannot be taken back */
        result = db_settle(db);
    if (result == 0 && db->has_begun) {
        result = db_send_own(db, "COMMIT", AWAITED_COMMIT);
        if (result == 0)
            result = db_round_trip(db, NULL);
        if (!db->is_committed)
            result = refuse_commit(db);
        else if (db->answer)
            *db->answer = (struct db_rows){PQntuples(db->answer_rows), db->answer_rows};
    } else if (result < 0) {
        result = refuse_commit(db);
    }
    tell_listener(db);
    db_pool_release(db->pool, db->connection, db->is_broken);
    db->connection = NULL;
    return result;
}
