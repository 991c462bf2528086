/**
 * The database: a pool of connections and one transaction at a time on each.
 *
 * Queries are named blocks of the .sql files beside this header; the build makes one
 * `extern const struct query query_NAME` of each (server/store/queries.h). Parameters are texts;
 * PostgreSQL reads them by the types in the query ($1::uuid).
 *
 * A transaction runs in libpq's pipeline mode: begin, organisation and the first query travel in
 * one round trip; queued statements travel with the commit.
 */
#ifndef FIELDPROOF_STORE_DB_H
#define FIELDPROOF_STORE_DB_H

#include "server/base/arena.h"
#include "server/base/problem.h"
#include "server/base/uuid.h"

#include <stdbool.h>
#include <stdint.h>

struct db_pool;
struct db;

/** A named statement. Its name is its prepared statement's on every connection. */
struct query {
    const char *name;
    const char *sql;
    int parameter_count;
};

#define DB_PARAMETERS_MAX 48

/**
 * Parameters in order; NULL is SQL's NULL. Texts must live until the query has been handed over.
 * `failed`: the arena had no room for one, so the query is refused rather than run with a NULL.
 */
struct db_parameters {
    int count;
    bool failed;
    const char *values[DB_PARAMETERS_MAX];
};

/** Rows of one query; they belong to the transaction's arena. */
struct db_rows {
    int count;
    const void *result;
};

struct db_pool_config {
    const char *url; /**< libpq connection string or URI */
    int connections; /**< the most that are open at once */
    int wait_ms;     /**< how long a request waits for a free one before 503 */
};

/**
 * Opens no connection yet: a server may start before its database. Requests that wait for a free
 * connection are served in the order they came. A connection whose role could bypass row-level
 * security is never used.
 */
int db_pool_create(const struct db_pool_config *config, struct db_pool **ret) MUST_CHECK;
void db_pool_free(struct db_pool *pool);

/** Whether a connection can be had and answers, within `timeout_ms`. For /readyz. */
int db_pool_ping(struct db_pool *pool, int timeout_ms) MUST_CHECK;

/** Called with the organisation of each transaction that wrote and was committed, or may have been.
 * In the committing thread: it must not wait. */
typedef void db_pool_listener(void *context, const struct uuid *org_id);

/** Set once, before the pool is used by more than one thread. */
void db_pool_on_commit(struct db_pool *pool, db_pool_listener *listener, void *context);

struct db_pool_figures {
    int open;
    int busy;
    int waiting;
};
void db_pool_figures(struct db_pool *pool, struct db_pool_figures *ret);

/**
 * Begins a transaction for one organisation (NULL: none; row-level security then shows no row of
 * any). Takes a connection but sends nothing yet. Errors of every db_ function below set `problem`
 * (by SQLSTATE and constraint name) and leave the transaction to be rolled back.
 */
int db_begin(struct db_pool *pool, struct arena *arena, struct problem *problem,
             const struct uuid *org_id, bool read_only, struct db **ret) MUST_CHECK;

/**
 * Says who it is that does what this transaction does, for the audit trail (migrations/0019): call
 * it before the first query. `address` is an IP address.
 */
void db_act_as(struct db *db, const struct uuid *user_id, const struct uuid *session_id,
               const char *address);

/** Runs one query and waits for its rows; whatever was queued runs before it, in the same round
 * trip. */
int db_query(struct db *db, const struct query *query, const struct db_parameters *parameters,
             struct db_rows *ret) MUST_CHECK;

/** Queues a statement whose rows nobody needs; its errors come with the next db_query or db_commit.
 */
int db_queue(struct db *db, const struct query *query,
             const struct db_parameters *parameters) MUST_CHECK;

/** Looks at rows that were queued for; they live as long as the call. Negative: the problem is set.
 */
typedef int db_check(void *context, const struct db_rows *rows);

/**
 * Queues a query that must pass `check` before anything after it counts: it travels with the next
 * db_query, whose rows the caller sees only if the check passed, and is run before any COMMIT is
 * sent.
 */
int db_queue_checked(struct db *db, const struct query *query,
                     const struct db_parameters *parameters, db_check *check,
                     void *context) MUST_CHECK;

/** Runs a check that is still queued, now; 0 also when there is none. Negative: it failed. */
int db_settle(struct db *db) MUST_CHECK;

/**
 * Queues the query whose rows a write is answered with. It travels with the commit: `ret` is filled
 * once db_commit has succeeded, and stays untouched otherwise. Once a transaction, as its last
 * query.
 */
int db_query_at_commit(struct db *db, const struct query *query,
                       const struct db_parameters *parameters, struct db_rows *ret) MUST_CHECK;

/** Commits and gives the connection back. Negative: not committed, or nobody knows (503). */
int db_commit(struct db *db) MUST_CHECK;

/** Rolls back and gives the connection back. Accepts NULL. Once is enough: never after db_commit.
 */
void db_rollback(struct db *db);

/** A value as text; NULL for SQL's NULL. */
const char *db_value(const struct db_rows *rows, int row, int column);

/** How many rows an INSERT, UPDATE or DELETE touched; 0 for anything else. */
int64_t db_affected(const struct db_rows *rows);

/** A value as a number, 0 for SQL's NULL. For integers the schema made. */
int64_t db_integer(const struct db_rows *rows, int row, int column);

/** Whether a boolean value is true; false for SQL's NULL. */
bool db_boolean(const struct db_rows *rows, int row, int column);

/* Builders of parameters. Each adds one and returns it to the list; texts go to the arena. */
void db_add_text(struct db_parameters *parameters, const char *text);
void db_add_uuid(struct db_parameters *parameters, struct arena *arena, const struct uuid *uuid);
void db_add_integer(struct db_parameters *parameters, struct arena *arena, int64_t value);
void db_add_double(struct db_parameters *parameters, struct arena *arena, double value);
void db_add_time(struct db_parameters *parameters, struct arena *arena, int64_t time_ms);
void db_add_boolean(struct db_parameters *parameters, bool value);
void db_add_bytes(struct db_parameters *parameters, struct arena *arena, const uint8_t *bytes,
                  size_t length); /**< as bytea's hex form */

#endif
