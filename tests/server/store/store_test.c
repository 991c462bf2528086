#include "store_test.h"

#include "server/store/migrate.h"

#include <stdio.h>
#include <stdlib.h>

const char *store_test_url(void)
{
    return getenv("FIELDPROOF_DATABASE_URL");
}

const char *store_test_owner_url(void)
{
    return getenv("FIELDPROOF_OWNER_DATABASE_URL");
}

int store_test_migrate(void **state)
{
    (void)state;
    struct migrate_report report;
    if (!store_test_url() || !store_test_owner_url()) {
        print_error("Run this under `script/postgres run`.\n");
        return -1;
    }
    if (migrate_apply(store_test_owner_url(), &report) == 0)
        return 0;
    print_error("%s\n", report.sentence);
    return -1;
}

PGconn *store_test_connect(const char *url)
{
    PGconn *pg = PQconnectdb(url);
    if (PQstatus(pg) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(pg));
    return pg;
}

int store_test_make_pool(void **state)
{
    struct db_pool_config config = {.url = store_test_url(), .connections = 2, .wait_ms = 300};
    return db_pool_create(&config, (struct db_pool **)state);
}

int store_test_drop_pool(void **state)
{
    db_pool_free(*state);
    return 0;
}

void store_test_run(const char *url, const char *sql)
{
    PGconn *pg = store_test_connect(url);
    PGresult *result = PQexec(pg, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(pg));
    PQclear(result);
    PQfinish(pg);
}

void store_test_begin(struct db_pool *pool, const struct uuid *org_id,
                      struct store_test_transaction *ret)
{
    *ret = (struct store_test_transaction){.arena = arena_create(1 << 20)};
    assert_non_null(ret->arena);
    assert_int_equal(db_begin(pool, ret->arena, &ret->problem, org_id, false, &ret->db), 0);
}

int store_test_commit(struct store_test_transaction *transaction)
{
    int result = db_commit(transaction->db);
    arena_free(transaction->arena);
    return result;
}

void store_test_rollback(struct store_test_transaction *transaction)
{
    db_rollback(transaction->db);
    arena_free(transaction->arena);
}
