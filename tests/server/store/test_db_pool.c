#include "store_test.h"

#include <pthread.h>

static const struct query backend = {.name = "test_backend", .sql = "SELECT pg_backend_pid()"};
static const struct query broken = {
    .name = "test_broken", .sql = "SELECT 1 / $1::integer", .parameter_count = 1};
/* Waits until the process has gone. */
static const struct query kill_other = {.name = "test_kill",
                                        .sql = "SELECT pg_terminate_backend($1::integer, 10000)",
                                        .parameter_count = 1};

static const struct db_parameters none;

/* The process that serves a new transaction. */
static int64_t backend_of(struct db_pool *pool)
{
    struct store_test_transaction transaction;
    struct db_rows rows;
    store_test_begin(pool, NULL, &transaction);
    assert_int_equal(db_query(transaction.db, &backend, &none, &rows), 0);
    int64_t pid = db_integer(&rows, 0, 0);
    store_test_rollback(&transaction);
    return pid;
}

static void test_db_pool__a_full_pool_answers_unavailable_after_the_wait(void **state)
{
    struct store_test_transaction held[2], late = {.arena = arena_create(65536)};
    store_test_begin(*state, NULL, &held[0]);
    store_test_begin(*state, NULL, &held[1]);
    assert_true(db_begin(*state, late.arena, &late.problem, NULL, true, &late.db) < 0);
    assert_int_equal(late.problem.type, PROBLEM_UNAVAILABLE);
    assert_true(late.problem.retry_after_s > 0);
    arena_free(late.arena);
    store_test_rollback(&held[0]);
    store_test_rollback(&held[1]);
}

static void terminate(struct store_test_transaction *transaction, int64_t pid)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_integer(&parameters, transaction->arena, pid);
    assert_int_equal(db_query(transaction->db, &kill_other, &parameters, &rows), 0);
    assert_true(db_boolean(&rows, 0, 0));
}

static void test_db_pool__a_connection_lost_while_busy_is_unavailable_and_replaced(void **state)
{
    struct store_test_transaction lost, other;
    struct db_rows rows;
    store_test_begin(*state, NULL, &lost);
    assert_int_equal(db_query(lost.db, &backend, &none, &rows), 0);
    store_test_begin(*state, NULL, &other);
    terminate(&other, db_integer(&rows, 0, 0));
    store_test_rollback(&other);
    assert_true(db_commit(lost.db) < 0);
    assert_int_equal(lost.problem.type, PROBLEM_UNAVAILABLE);
    assert_true(lost.problem.retry_after_s > 0);
    arena_free(lost.arena);
    for (int i = 0; i < 3; i++)
        (void)backend_of(*state);
}

static void test_db_pool__a_connection_lost_while_idle_is_not_noticed(void **state)
{
    struct store_test_transaction first, second;
    struct db_rows rows;
    store_test_begin(*state, NULL, &first);
    store_test_begin(*state, NULL, &second);
    assert_int_equal(db_query(first.db, &backend, &none, &rows), 0);
    int64_t pid = db_integer(&rows, 0, 0);
    store_test_rollback(&first); /* idle now */
    terminate(&second, pid);
    assert_true(backend_of(*state) != pid);
    store_test_rollback(&second);
}

static void test_db_pool__refuses_a_role_that_could_bypass(void **state)
{
    (void)state;
    struct db_pool_config config = {
        .url = store_test_owner_url(), .connections = 1, .wait_ms = 100};
    struct db_pool *pool;
    assert_int_equal(db_pool_create(&config, &pool), 0);
    assert_true(db_pool_ping(pool, 100) < 0);
    db_pool_free(pool);
}

static void test_db_pool__without_postgresql_answers_unavailable(void **state)
{
    (void)state;
    struct db_pool_config config = {
        .url = "host=/nonexistent dbname=x", .connections = 1, .wait_ms = 100};
    struct db_pool *pool;
    struct problem problem = {0};
    struct arena *arena = arena_create(65536);
    struct db *db;
    assert_int_equal(db_pool_create(&config, &pool), 0);
    for (int i = 0; i < 3; i++)
        assert_true(db_begin(pool, arena, &problem, NULL, true, &db) < 0);
    assert_int_equal(problem.type, PROBLEM_UNAVAILABLE);
    struct db_pool_figures figures;
    db_pool_figures(pool, &figures);
    assert_int_equal(figures.open + figures.busy + figures.waiting, 0);
    arena_free(arena);
    db_pool_free(pool);
}

struct crowd {
    struct db_pool *pool;
    int failures;
};

static void *work(void *context)
{
    struct crowd *crowd = context;
    for (int i = 0; i < 50; i++) {
        struct arena *arena = arena_create(65536);
        struct problem problem = {0};
        struct db_rows rows;
        struct db *db = NULL;
        struct db_parameters zero = {0};
        db_add_text(&zero, "0");
        int result = db_begin(crowd->pool, arena, &problem, NULL, true, &db);
        if (result == 0 && i % 5 == 0)
            (void)!db_query(db, &broken, &zero, &rows);
        else if (result == 0)
            result = db_query(db, &backend, &none, &rows);
        crowd->failures += result < 0;
        db_rollback(db);
        arena_free(arena);
    }
    return NULL;
}

static void test_db_pool__serves_many_threads_with_few_connections(void **state)
{
    (void)state;
    enum { THREADS = 16 };
    struct db_pool_config config = {.url = store_test_url(), .connections = 3, .wait_ms = 20000};
    struct crowd crowds[THREADS] = {0};
    pthread_t threads[THREADS];
    struct db_pool *pool;
    assert_int_equal(db_pool_create(&config, &pool), 0);
    for (int i = 0; i < THREADS; i++) {
        crowds[i].pool = pool;
        assert_int_equal(pthread_create(&threads[i], NULL, work, &crowds[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(crowds[i].failures, 0);
    }
    struct db_pool_figures figures;
    db_pool_figures(pool, &figures);
    assert_in_range(figures.open, 1, 3);
    assert_int_equal(figures.busy, 0);
    db_pool_free(pool);
}

#define WITH_POOL(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, store_test_make_pool, store_test_drop_pool)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_POOL(test_db_pool__a_full_pool_answers_unavailable_after_the_wait),
        WITH_POOL(test_db_pool__a_connection_lost_while_busy_is_unavailable_and_replaced),
        WITH_POOL(test_db_pool__a_connection_lost_while_idle_is_not_noticed),
        cmocka_unit_test(test_db_pool__refuses_a_role_that_could_bypass),
        cmocka_unit_test(test_db_pool__without_postgresql_answers_unavailable),
        cmocka_unit_test(test_db_pool__serves_many_threads_with_few_connections),
    };
    return cmocka_run_group_tests(tests, store_test_migrate, NULL);
}
