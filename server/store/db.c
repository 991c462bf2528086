#include "server/store/db.h"

#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/store/db_internal.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

/* Longer than any statement may run, so it ends only what the network has swallowed. */
#define ROUND_TRIP_MS 30000

/* Results still to come in one round trip; a statement takes up to two. */
#define AWAITED_MAX 128

enum awaited_kind {
    AWAITED_PREPARE,
    AWAITED_ROWS,    /**< of a query */
    AWAITED_CHECKED, /**< rows that db->check looks at */
    AWAITED_ANSWER,  /**< rows that the caller gets once the transaction is committed */
    AWAITED_COMMAND, /**< of a queued statement or one of our own */
    AWAITED_COMMIT,
    AWAITED_SYNC,
};

struct awaited {
    enum awaited_kind kind;
    const struct query *query; /**< NULL: one of our own */
};

struct db {
    struct db_pool *pool;
    struct db_connection *connection;
    struct arena *arena;
    struct problem *problem;
    struct uuid org_id;
    bool has_org;
    const char *actor; /* a statement; NULL: nobody is named */
    bool is_read_only;
    bool has_begun;  /**< BEGIN has been sent */
    bool has_failed; /**< a statement failed; only a rollback helps */
    bool is_broken;  /**< the connection is of no further use */
    bool is_committed;
    int64_t deadline_us;
    db_check *check; /**< pending, when not NULL */
    void *check_context;
    struct db_rows *answer; /**< where the rows go that come with the commit; NULL: nowhere */
    PGresult *answer_rows;
    int awaited_count;
    struct awaited awaited[AWAITED_MAX];
};

static int lose_connection(struct db *db)
{
    if (!db->is_broken)
        LOG(LOG_WARNING, "database_connection_lost", LOG_TEXT("while", "busy"),
            LOG_TEXT("reason", PQerrorMessage(db->connection->pg)));
    db->is_broken = true;
    db->has_failed = true;
    db_error_unavailable(db->problem, db->arena, "The database does not answer right now.");
    return -1;
}

static int await(struct db *db, enum awaited_kind kind, const struct query *query)
{
    db->awaited[db->awaited_count++] = (struct awaited){.kind = kind, .query = query};
    return 0;
}

/* Waits until the socket is ready; input is taken in at once, so that neither side can block both.
 */
static int wait_for_socket(struct db *db, short events)
{
    PGconn *pg = db->connection->pg;
    int64_t left_us = db->deadline_us - clock_monotonic_us();
    struct pollfd socket = {.fd = PQsocket(pg), .events = events};
    if (left_us <= 0 || socket.fd < 0)
        return lose_connection(db);
    if (poll(&socket, 1, (int)(left_us / 1000) + 1) > 0 && (socket.revents & ~POLLOUT) &&
        !PQconsumeInput(pg))
        return lose_connection(db);
    return 0;
}

static int flush(struct db *db)
{
    int left;
    while ((left = PQflush(db->connection->pg)) == 1)
        if (wait_for_socket(db, POLLIN | POLLOUT) < 0)
            return -1;
    return left == 0 ? 0 : lose_connection(db);
}

static int next_result(struct db *db, PGresult **ret)
{
    PGconn *pg = db->connection->pg;
    while (PQisBusy(pg))
        if (wait_for_socket(db, POLLIN) < 0)
            return -1;
    *ret = PQgetResult(pg);
    if (*ret && PQstatus(pg) == CONNECTION_OK)
        return 0;
    if (*ret && PQresultErrorField(*ret, PG_DIAG_SQLSTATE)) /* the server's farewell says why */
        db_error_report(*ret, NULL, db->problem, db->arena);
    PQclear(*ret);
    return lose_connection(db);
}

static void take_failure(struct db *db, const struct awaited *awaited, const PGresult *result)
{
    if (PQresultStatus(result) != PGRES_PIPELINE_ABORTED)
        db_error_report(result, awaited->query, db->problem, db->arena);
    db->has_failed = true;
}

static void run_check(struct db *db, const PGresult *result)
{
    const struct db_rows rows = {PQntuples(result), result};
    db_check *check = db->check;
    db->check = NULL;
    if (check(db->check_context, &rows) < 0)
        db->has_failed = true;
}

static int take_result(struct db *db, const struct awaited *awaited, PGresult *result,
                       PGresult **ret_rows)
{
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        take_failure(db, awaited, result);
    } else if (awaited->kind == AWAITED_COMMIT) {
        /* COMMIT of a failed transaction answers ROLLBACK, and no error. */
        db->is_committed = strcmp(PQcmdStatus(result), "COMMIT") == 0;
    } else if (awaited->kind == AWAITED_ROWS) {
        *ret_rows = result;
        result = NULL;
    } else if (awaited->kind == AWAITED_CHECKED) {
        run_check(db, result);
    } else if (awaited->kind == AWAITED_ANSWER) {
        db->answer_rows = result;
        result = NULL;
    } else if (awaited->kind == AWAITED_PREPARE) {
        db_prepared_add(db->connection, awaited->query);
    }
    PQclear(result);
    PGresult *end = PQgetResult(db->connection->pg);
    PQclear(end);
    return end ? lose_connection(db) : 0;
}

/* Sends what is queued and reads every result up to the sync. Rows are the caller's to clear. */
static int run_round_trip(struct db *db, PGresult **ret_rows)
{
    PGresult *rows = NULL;
    db->deadline_us = clock_monotonic_us() + (int64_t)ROUND_TRIP_MS * 1000;
    if (db->is_broken || PQpipelineSync(db->connection->pg) != 1)
        return lose_connection(db);
    await(db, AWAITED_SYNC, NULL);
    int result = flush(db);
    for (int i = 0; i < db->awaited_count && result == 0; i++) {
        PGresult *next = NULL;
        result = next_result(db, &next);
        if (result == 0 && db->awaited[i].kind == AWAITED_SYNC)
            PQclear(next);
        else if (result == 0)
            result = take_result(db, &db->awaited[i], next, &rows);
    }
    db->awaited_count = 0;
    if (result < 0 || db->has_failed) {
        PQclear(rows);
        return -1;
    }
    if (ret_rows)
        *ret_rows = rows;
    return 0;
}

/* One of our own statements, without parameters. */
static int send_own(struct db *db, const char *sql, enum awaited_kind kind)
{
    if (PQsendQueryParams(db->connection->pg, sql, 0, NULL, NULL, NULL, NULL, 0) != 1)
        return lose_connection(db);
    return await(db, kind, NULL);
}

static int begin_if_needed(struct db *db)
{
    if (db->has_begun)
        return 0;
    db->has_begun = true;
    if (send_own(db, db->is_read_only ? "BEGIN READ ONLY" : "BEGIN", AWAITED_COMMAND) < 0)
        return -1;
    if (!db->has_org)
        return 0;
    /* Built from 16 bytes, so nothing but hexadecimal digits and dashes can stand in it. */
    char org_id[UUID_TEXT_BYTES], sql[64 + UUID_TEXT_BYTES];
    uuid_format(&db->org_id, org_id);
    snprintf(sql, sizeof sql, "SET LOCAL app.org_id = '%s'", org_id);
    if (send_own(db, sql, AWAITED_COMMAND) < 0)
        return -1;
    return db->actor ? send_own(db, db->actor, AWAITED_COMMAND) : 0;
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
        return lose_connection(db);
    return await(db, AWAITED_PREPARE, query);
}

static int send_statement(struct db *db, const struct query *query,
                          const struct db_parameters *parameters, enum awaited_kind kind)
{
    if (!is_prepared(db, query) && prepare(db, query) < 0)
        return -1;
    int sent = PQsendQueryPrepared(db->connection->pg, query->name, parameters->count,
                                   parameters->values, NULL, NULL, 0);
    return sent == 1 ? await(db, kind, query) : lose_connection(db);
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
    if (db->awaited_count > AWAITED_MAX - 7 && run_round_trip(db, NULL) < 0)
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
    if (enqueue(db, query, parameters, AWAITED_ROWS) < 0 || run_round_trip(db, &rows) < 0)
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
    return db->check && !db->has_failed ? run_round_trip(db, NULL) : 0;
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
        (void)!run_round_trip(db, NULL);
    if (db->is_broken || send_own(db, "ROLLBACK", AWAITED_COMMAND) < 0)
        return;
    (void)!run_round_trip(db, NULL);
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
        result = send_own(db, "COMMIT", AWAITED_COMMIT);
        if (result == 0)
            result = run_round_trip(db, NULL);
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
