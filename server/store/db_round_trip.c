#include "server/store/db_round_trip.h"

#include "server/base/clock.h"
#include "server/base/log.h"

#include <poll.h>
#include <string.h>

/* Longer than any statement may run, so it ends only what the network has swallowed. */
#define ROUND_TRIP_MS 30000

int db_lose_connection(struct db *db)
{
    if (!db->is_broken)
        LOG(LOG_WARNING, "database_connection_lost", LOG_TEXT("while", "busy"),
            LOG_TEXT("reason", PQerrorMessage(db->connection->pg)));
    db->is_broken = true;
    db->has_failed = true;
    db_error_unavailable(db->problem, db->arena, "The database does not answer right now.");
    return -1;
}

int db_await(struct db *db, enum awaited_kind kind, const struct query *query)
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
        return db_lose_connection(db);
    if (poll(&socket, 1, (int)(left_us / 1000) + 1) > 0 && (socket.revents & ~POLLOUT) &&
        !PQconsumeInput(pg))
        return db_lose_connection(db);
    return 0;
}

static int flush(struct db *db)
{
    int left;
    while ((left = PQflush(db->connection->pg)) == 1)
        if (wait_for_socket(db, POLLIN | POLLOUT) < 0)
            return -1;
    return left == 0 ? 0 : db_lose_connection(db);
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
    return db_lose_connection(db);
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
    return end ? db_lose_connection(db) : 0;
}

int db_round_trip(struct db *db, PGresult **ret_rows)
{
    PGresult *rows = NULL;
    db->deadline_us = clock_monotonic_us() + (int64_t)ROUND_TRIP_MS * 1000;
    if (db->is_broken || PQpipelineSync(db->connection->pg) != 1)
        return db_lose_connection(db);
    db_await(db, AWAITED_SYNC, NULL);
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

int db_send_own(struct db *db, const char *sql, enum awaited_kind kind)
{
    if (PQsendQueryParams(db->connection->pg, sql, 0, NULL, NULL, NULL, NULL, 0) != 1)
        return db_lose_connection(db);
    return db_await(db, kind, NULL);
}
