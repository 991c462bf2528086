#include "server/base/log.h"
#include "server/store/db_internal.h"

#include <assert.h>
#include <poll.h>
#include <stdlib.h>

#define CONNECT_TIMEOUT_S "5"

/* Given before the URL, so that its own settings win. A statement that runs away ends by itself;
 * dates are written as rows_json.c reads them. */
static const char session_options[] =
    "-c statement_timeout=20s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s "
    "-c datestyle=ISO";

PGconn *db_connection_plain(const char *url)
{
    const char *names[] = {"options",    "application_name", "connect_timeout", "client_encoding",
                           "gssencmode", "tcp_user_timeout", "dbname",          NULL};
    const char *values[] = {
        session_options, "fieldproof", CONNECT_TIMEOUT_S, "UTF8", "disable", "10000", url, NULL};
    PGconn *pg = PQconnectdbParams(names, values, 1);
    return pg;
}

/*
 * A role that may become one that bypasses, or that owns a table and so could switch the policies
 * off, is as bad as one that bypasses by itself.
 */
int db_connection_may_bypass(PGconn *pg)
{
    static const char sql[] =
        "SELECT EXISTS (SELECT 1 FROM pg_roles r WHERE (r.rolsuper OR r.rolbypassrls)"
        " AND pg_has_role(r.oid, 'MEMBER'))"
        " OR EXISTS (SELECT 1 FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
        " AND c.relkind IN ('r', 'p') AND pg_has_role(c.relowner, 'MEMBER'))";
    PGresult *result = PQexec(pg, sql);
    int may_bypass = -1;
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1)
        may_bypass = PQgetvalue(result, 0, 0)[0] == 't';
    PQclear(result);
    return may_bypass;
}

/*
 * An acknowledged row is on disk. Where the database, the role or postgresql.conf trades that for
 * speed, we do not; whoever waits for standbys, too ("remote_apply"), goes on to.
 */
static bool makes_commits_durable(PGconn *pg)
{
    static const char sql[] = "SELECT set_config('synchronous_commit', 'on', false)"
                              " WHERE current_setting('synchronous_commit') = 'off'";
    PGresult *result = PQexec(pg, sql);
    bool is_done = PQresultStatus(result) == PGRES_TUPLES_OK;
    PQclear(result);
    if (!is_done)
        LOG(LOG_ERROR, "database_unreachable", LOG_TEXT("reason", PQerrorMessage(pg)));
    return is_done;
}

/* The server speaks English to us in the log, whatever its own language. */
static bool is_fit(PGconn *pg)
{
    if (PQstatus(pg) != CONNECTION_OK) {
        LOG(LOG_ERROR, "database_unreachable", LOG_TEXT("reason", PQerrorMessage(pg)));
        return false;
    }
    int may_bypass = db_connection_may_bypass(pg);
    if (may_bypass != 0) {
        LOG(LOG_ERROR, "database_role_refused",
            LOG_TEXT("reason", may_bypass > 0 ? "the role could bypass row-level security"
                                              : PQerrorMessage(pg)));
        return false;
    }
    return makes_commits_durable(pg) && PQsetnonblocking(pg, 1) == 0 &&
           PQenterPipelineMode(pg) == 1;
}

/* Notices go to PostgreSQL's own log; ours is for one line a request. */
static void ignore_notice(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

struct db_connection *db_connection_open(const char *url)
{
    struct db_connection *connection = calloc(1, sizeof *connection);
    if (!connection)
        return NULL;
    connection->pg = db_connection_plain(url);
    if (!connection->pg || !is_fit(connection->pg)) {
        db_connection_close(connection);
        return NULL;
    }
    PQsetNoticeReceiver(connection->pg, ignore_notice, NULL);
    return connection;
}

void db_connection_close(struct db_connection *connection)
{
    if (!connection)
        return;
    PQfinish(connection->pg);
    free(connection);
}

/* An idle connection has nothing to read; readable means closed, or told that it will be. */
bool db_connection_is_alive(struct db_connection *connection)
{
    struct pollfd socket = {.fd = PQsocket(connection->pg), .events = POLLIN};
    if (PQstatus(connection->pg) != CONNECTION_OK || poll(&socket, 1, 0) < 0)
        return false;
    if (socket.revents == 0)
        return true;
    if (!PQconsumeInput(connection->pg) || (socket.revents & (POLLHUP | POLLERR | POLLNVAL)))
        return false;
    PQisBusy(connection->pg); /* reads what came: a parameter's change, or the server's farewell */
    socket.revents = 0;
    return PQstatus(connection->pg) == CONNECTION_OK && poll(&socket, 1, 0) == 0;
}

static size_t slot_of(const struct query *query)
{
    return ((uintptr_t)query / sizeof *query) % DB_PREPARED_SLOTS;
}

bool db_prepared_has(const struct db_connection *connection, const struct query *query)
{
    size_t slot = slot_of(query);
    while (connection->prepared[slot]) {
        if (connection->prepared[slot] == query)
            return true;
        slot = (slot + 1) % DB_PREPARED_SLOTS;
    }
    return false;
}

void db_prepared_add(struct db_connection *connection, const struct query *query)
{
    size_t slot = slot_of(query);
    assert(connection->prepared_count < DB_PREPARED_SLOTS / 2);
    while (connection->prepared[slot])
        slot = (slot + 1) % DB_PREPARED_SLOTS;
    connection->prepared[slot] = query;
    connection->prepared_count++;
}
