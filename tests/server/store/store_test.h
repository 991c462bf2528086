/** What the store's tests share. The database comes from `script/postgres run`. */
#ifndef FIELDPROOF_TESTS_STORE_TEST_H
#define FIELDPROOF_TESTS_STORE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/store/db.h"

#include <libpq-fe.h>

/** The server's role, and the role that owns the tables. */
const char *store_test_url(void);
const char *store_test_owner_url(void);

/** Applies the migrations; a group's set-up. Fails without a database. */
int store_test_migrate(void **state);

/** A pool of two connections of the server's role, who wait for 0.3 s: a test's set-up and
 * tear-down. */
int store_test_make_pool(void **state);
int store_test_drop_pool(void **state);

/** Runs a script on a plain connection; fails the test when it fails. */
void store_test_run(const char *url, const char *sql);

/** A plain connection, for tests that look behind the pool. */
PGconn *store_test_connect(const char *url);

/** A transaction of its own arena and problem. */
struct store_test_transaction {
    struct arena *arena;
    struct problem problem;
    struct db *db;
};

void store_test_begin(struct db_pool *pool, const struct uuid *org_id,
                      struct store_test_transaction *ret);
/** Ends it: commit's result, or a rollback. */
int store_test_commit(struct store_test_transaction *transaction);
void store_test_rollback(struct store_test_transaction *transaction);

#endif
