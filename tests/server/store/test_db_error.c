#include "store_test.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

static const struct uuid org = {{0xdb, 0xee, 1}};

static int set_up(void **state)
{
    struct db_pool_config config = {.url = store_test_url(), .connections = 4, .wait_ms = 2000};
    char id[UUID_TEXT_BYTES], sql[2048];
    if (store_test_migrate(state) < 0)
        return -1;
    uuid_format(&org, id);
    snprintf(sql, sizeof sql,
             "BEGIN; SET LOCAL app.org_id = '%1$s';"
             "INSERT INTO organisation (org_id, slug, name, language, time_zone, content_sha256)"
             " VALUES ('%1$s', 'db-error', 'O', 'en', 'UTC', '') ON CONFLICT DO NOTHING;"
             "INSERT INTO customer (org_id, id, name, code, tier, language, content_sha256) VALUES"
             " ('%1$s', '%1$s', 'A', 'taken', 'gold', 'en', ''),"
             " ('%1$s', '00000000-0000-4000-8000-000000000002', 'B', 'b', 'gold', 'en', '')"
             " ON CONFLICT DO NOTHING;"
             "INSERT INTO contact (org_id, id, customer_id, name, content_sha256)"
             " VALUES ('%1$s', '%1$s', '%1$s', 'P', '') ON CONFLICT DO NOTHING; COMMIT",
             id);
    store_test_run(store_test_url(), sql);
    return db_pool_create(&config, (struct db_pool **)state);
}

static int tear_down(void **state)
{
    db_pool_free(*state);
    return 0;
}

/* Connections know a query by its address, so each statement gets one of its own. */
static const struct query *make_query(const char *sql)
{
    static struct {
        struct query query;
        char name[32];
    } made[64];
    static size_t count;
    assert_true(count < ARRAY_LENGTH(made));
    snprintf(made[count].name, sizeof made[count].name, "test_error_%zu", count);
    made[count].query = (struct query){.name = made[count].name, .sql = sql};
    return &made[count++].query;
}

/* The problem that one statement without parameters ends in. */
static struct problem problem_of(struct db_pool *pool, const char *sql)
{
    const struct query *query = make_query(sql);
    struct store_test_transaction transaction;
    struct db_rows rows;
    store_test_begin(pool, &org, &transaction);
    assert_true(db_query(transaction.db, query, &(struct db_parameters){0}, &rows) < 0);
    struct problem problem = transaction.problem;
    assert_true(problem.is_set);
    store_test_rollback(&transaction);
    return problem;
}

/* Texts of the problem are gone with its arena: what was compared is compared within. */
static void assert_problem(struct db_pool *pool, const char *sql, enum problem_type type,
                           const char *pointer)
{
    const struct query *query = make_query(sql);
    struct store_test_transaction transaction;
    struct db_rows rows;
    store_test_begin(pool, &org, &transaction);
    assert_true(db_query(transaction.db, query, &(struct db_parameters){0}, &rows) < 0);
    assert_int_equal(transaction.problem.type, type);
    if (pointer) {
        assert_int_equal(transaction.problem.error_count, 1);
        assert_string_equal(transaction.problem.errors[0].pointer, pointer);
    }
    store_test_rollback(&transaction);
}

#define NEW_CUSTOMER(columns, values)                                                              \
    "INSERT INTO customer (org_id, id, name, language, content_sha256, " columns                   \
    ") VALUES (current_setting('app.org_id')::uuid, gen_random_uuid(), 'C', 'en', '', " values ")"

static void test_db_error__what_is_taken_is_named(void **state)
{
    assert_problem(*state, NEW_CUSTOMER("tier, code", "'gold', 'taken'"), PROBLEM_DUPLICATE,
                   "/code");
    assert_problem(*state, "UPDATE customer SET code = 'taken' WHERE name = 'B'", PROBLEM_DUPLICATE,
                   "/code");
    assert_problem(*state, "INSERT INTO customer SELECT * FROM customer WHERE name = 'A'",
                   PROBLEM_CONTENT_CONFLICT, "/id");
}

static void test_db_error__what_is_unknown_is_named(void **state)
{
    assert_problem(*state, NEW_CUSTOMER("tier, service_manager_id", "'gold', gen_random_uuid()"),
                   PROBLEM_UNKNOWN_REFERENCE, "/service_manager_id");
    assert_problem(*state, "UPDATE contact SET customer_id = gen_random_uuid()",
                   PROBLEM_UNKNOWN_REFERENCE, "/customer_id");
}

static void test_db_error__who_still_refers_is_named(void **state)
{
    static const struct query delete = {.name = "test_error_6",
                                        .sql = "DELETE FROM customer WHERE name = 'A'"};
    struct store_test_transaction transaction;
    struct db_rows rows;
    store_test_begin(*state, &org, &transaction);
    assert_true(db_query(transaction.db, &delete, &(struct db_parameters){0}, &rows) < 0);
    assert_int_equal(transaction.problem.type, PROBLEM_REFERENCED);
    assert_string_equal(transaction.problem.detail, "A contact still refers to this.");
    store_test_rollback(&transaction);
}

static void test_db_error__a_rule_of_a_column_is_named(void **state)
{
    assert_problem(*state, NEW_CUSTOMER("tier", "'lead'"), PROBLEM_INVALID_FIELD, "/tier");
}

static void test_db_error__values_that_cannot_be_stored_are_the_clients(void **state)
{
    static const char *const statements[] = {
        "SELECT 'x'::uuid", "SELECT '1e999'::double precision", "SELECT '2026-13-01'::timestamptz",
        "SELECT '{\"a\": \"\\u0000\"}'::jsonb ->> 'a'", "SELECT 9999999999::integer"};
    for (size_t i = 0; i < ARRAY_LENGTH(statements); i++) {
        assert_problem(*state, statements[i], PROBLEM_INVALID_FIELD, NULL);
    }
}

static void test_db_error__our_own_mistakes_tell_nothing(void **state)
{
    struct problem problem = problem_of(*state, "SELECT * FROM no_such_table");
    assert_int_equal(problem.type, PROBLEM_INTERNAL);
    assert_int_equal(problem.error_count, 0);
    problem = problem_of(*state, NEW_CUSTOMER("tier", "NULL"));
    assert_int_equal(problem.type, PROBLEM_INTERNAL);
    problem = problem_of(*state, "DELETE FROM photo");
    assert_int_equal(problem.type, PROBLEM_INTERNAL);
}

static void test_db_error__what_passes_is_retryable(void **state)
{
    static const char *const states[] = {"40001", "40P01", "55P03", "57014",
                                         "57P01", "53300", "58030"};
    for (size_t i = 0; i < ARRAY_LENGTH(states); i++) {
        char sql[128];
        snprintf(sql, sizeof sql, "DO $$BEGIN RAISE SQLSTATE '%s'; END$$", states[i]);
        struct problem problem = problem_of(*state, sql);
        assert_int_equal(problem.type, PROBLEM_UNAVAILABLE);
        assert_true(problem_info(problem.type)->retryable);
        assert_true(problem.retry_after_s > 0);
    }
    struct problem full = problem_of(*state, "DO $$BEGIN RAISE SQLSTATE '53100'; END$$");
    assert_int_equal(full.type, PROBLEM_STORAGE_FULL);
}

static const struct query lock_a = {.name = "test_lock_a",
                                    .sql = "SELECT 1 FROM customer WHERE name = 'A' FOR UPDATE"};
static const struct query lock_b = {.name = "test_lock_b",
                                    .sql = "SELECT 1 FROM customer WHERE name = 'B' FOR UPDATE"};

struct locker {
    struct store_test_transaction transaction;
    const struct query *second;
    int result;
};

static void *lock_second(void *context)
{
    struct locker *locker = context;
    struct db_rows rows;
    locker->result =
        db_query(locker->transaction.db, locker->second, &(struct db_parameters){0}, &rows);
    if (locker->result < 0)
        db_rollback(locker->transaction.db);
    else
        locker->result = db_commit(locker->transaction.db);
    return NULL;
}

static void test_db_error__of_a_deadlock_one_goes_on_and_one_may_retry(void **state)
{
    struct locker lockers[2] = {{.second = &lock_b}, {.second = &lock_a}};
    pthread_t threads[2];
    struct db_rows rows;
    for (int i = 0; i < 2; i++) {
        store_test_begin(*state, &org, &lockers[i].transaction);
        assert_int_equal(db_query(lockers[i].transaction.db, i ? &lock_b : &lock_a,
                                  &(struct db_parameters){0}, &rows),
                         0);
    }
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, lock_second, &lockers[i]), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal((lockers[0].result < 0) + (lockers[1].result < 0), 1);
    int loser = lockers[0].result < 0 ? 0 : 1;
    assert_int_equal(lockers[loser].transaction.problem.type, PROBLEM_UNAVAILABLE);
    for (int i = 0; i < 2; i++)
        arena_free(lockers[i].transaction.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_db_error__what_is_taken_is_named),
        cmocka_unit_test(test_db_error__what_is_unknown_is_named),
        cmocka_unit_test(test_db_error__who_still_refers_is_named),
        cmocka_unit_test(test_db_error__a_rule_of_a_column_is_named),
        cmocka_unit_test(test_db_error__values_that_cannot_be_stored_are_the_clients),
        cmocka_unit_test(test_db_error__our_own_mistakes_tell_nothing),
        cmocka_unit_test(test_db_error__what_passes_is_retryable),
        cmocka_unit_test(test_db_error__of_a_deadlock_one_goes_on_and_one_may_retry),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
