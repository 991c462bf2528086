/** One transaction at work: what was sent on its connection, and what comes back of it. */
#ifndef FIELDPROOF_STORE_DB_ROUND_TRIP_H
#define FIELDPROOF_STORE_DB_ROUND_TRIP_H

#include "server/store/db_internal.h"

/** Results still to come in one round trip; a statement takes up to two. */
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
    const char *actor; /**< a statement; NULL: nobody is named */
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

/** The connection is of no further use: sets the problem. Negative. */
int db_lose_connection(struct db *db);

/** Notes that one more result will come. `query` NULL: of a statement of our own. */
int db_await(struct db *db, enum awaited_kind kind, const struct query *query);

/** Sends one of our own statements, without parameters. */
int db_send_own(struct db *db, const char *sql, enum awaited_kind kind) MUST_CHECK;

/**
 * Sends what is queued and reads every result up to the sync.
 *
 * @param[out] ret_rows of the query; the caller's to clear. NULL: nobody wants them.
 */
int db_round_trip(struct db *db, PGresult **ret_rows) MUST_CHECK;

#endif
