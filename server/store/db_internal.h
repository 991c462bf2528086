/** What the files of the database layer share. Nobody else includes this: libpq ends here. */
#ifndef FIELDPROOF_STORE_DB_INTERNAL_H
#define FIELDPROOF_STORE_DB_INTERNAL_H

#include "server/store/db.h"

#include <libpq-fe.h>

/** Twice the most queries there may be, so that the set stays sparse. */
#define DB_PREPARED_SLOTS 1024

/** One open connection, always in pipeline mode and not blocking. */
struct db_connection {
    PGconn *pg;
    struct db_connection *next; /**< in the pool's list of idle ones */
    int prepared_count;
    const struct query *prepared[DB_PREPARED_SLOTS]; /**< statements this connection knows */
};

enum db_pool_error {
    DB_POOL_BUSY = -1,        /**< no connection became free in time */
    DB_POOL_UNREACHABLE = -2, /**< PostgreSQL does not answer, or its role is refused */
};

/** A connection for one transaction; waits at most `wait_ms` for its turn. */
int db_pool_acquire(struct db_pool *pool, int wait_ms, struct db_connection **ret) MUST_CHECK;

/** Gives it back; a broken one is closed, and its place goes to the next in line. */
void db_pool_release(struct db_pool *pool, struct db_connection *connection, bool is_broken);

/** Tells the pool's listener, if there is one. */
void db_pool_committed(const struct db_pool *pool, const struct uuid *org_id);

/** How long a request may wait for its connection. */
int db_pool_wait_ms(const struct db_pool *pool);

/**
 * Opens a connection in pipeline mode, checked for its role. NULL on failure, which is logged.
 * Blocks for at most a few seconds.
 */
struct db_connection *db_connection_open(const char *url);
void db_connection_close(struct db_connection *connection);

/** False when the server has closed an idle connection, or has something to say on it. */
bool db_connection_is_alive(struct db_connection *connection);

/** An ordinary, blocking connection, for migrations and checks. Caller closes it, also on failure.
 */
PGconn *db_connection_plain(const char *url);

/** Whether the connection's role could read past row-level security: 1, 0, or negative on failure.
 */
int db_connection_may_bypass(PGconn *pg) MUST_CHECK;

/** The set of statements a connection knows. */
void db_prepared_add(struct db_connection *connection, const struct query *query);
bool db_prepared_has(const struct db_connection *connection, const struct query *query);

/** Turns a failed result into the problem and the log line it deserves. `query` may be NULL. */
void db_error_report(const PGresult *result, const struct query *query, struct problem *problem,
                     struct arena *arena);

/** The problem of a lost or refused connection. */
void db_error_unavailable(struct problem *problem, struct arena *arena, const char *detail);

#endif
