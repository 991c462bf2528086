#include "store_test.h"

#include <stdio.h>
#include <string.h>

static const struct query show_org = {.name = "test_show_org",
                                      .sql = "SELECT current_setting('app.org_id', true)"};
static const struct query echo = {
    .name = "test_echo", .sql = "SELECT $1::text, $2::integer", .parameter_count = 2};
static const struct query backend = {.name = "test_backend", .sql = "SELECT pg_backend_pid()"};
static const struct query moment = {.name = "test_moment",
                                    .sql = "SELECT timestamp '2026-11-22 10:00:01.5'"};
static const struct query broken = {
    .name = "test_broken", .sql = "SELECT 1 / $1::integer", .parameter_count = 1};
static const struct query broken_text = {.name = "test_broken_text", .sql = "SELEC 1"};
static const struct query big = {.name = "test_big", .sql = "SELECT repeat('x', 3000000)"};
static const struct query insert = {
    .name = "test_insert",
    .sql = "INSERT INTO log_in_throttle (subject_sha256, failures, window_ends_at)"
           " VALUES ($1::bytea, 0, now())",
    .parameter_count = 1};
static const struct query count = {
    .name = "test_count",
    .sql = "SELECT count(*) FROM log_in_throttle WHERE subject_sha256 = $1::bytea",
    .parameter_count = 1};

static const struct query durability = {.name = "durability", .sql = "SHOW synchronous_commit"};
static const struct db_parameters none;

static struct db_parameters one_text(const char *text)
{
    struct db_parameters parameters = {0};
    db_add_text(&parameters, text);
    return parameters;
}

/* How many rows of that subject are there, as another transaction sees it. */
static int64_t rows_of(struct db_pool *pool, const char *subject)
{
    struct store_test_transaction transaction;
    struct db_rows rows;
    struct db_parameters parameters = one_text(subject);
    store_test_begin(pool, NULL, &transaction);
    assert_int_equal(db_query(transaction.db, &count, &parameters, &rows), 0);
    int64_t result = db_integer(&rows, 0, 0);
    store_test_rollback(&transaction);
    return result;
}

static void test_db__sets_the_organisation_for_one_transaction_only(void **state)
{
    struct uuid org_id;
    struct store_test_transaction transaction;
    struct db_rows rows;
    assert_int_equal(uuid_parse("5b1f1f64-5717-4562-b3fc-2c963f66afa6", &org_id), 0);
    store_test_begin(*state, &org_id, &transaction);
    assert_int_equal(db_query(transaction.db, &show_org, &none, &rows), 0);
    assert_string_equal(db_value(&rows, 0, 0), "5b1f1f64-5717-4562-b3fc-2c963f66afa6");
    assert_int_equal(store_test_commit(&transaction), 0);

    store_test_begin(*state, NULL, &transaction);
    assert_int_equal(db_query(transaction.db, &show_org, &none, &rows), 0);
    assert_int_equal(strlen(db_value(&rows, 0, 0) ? db_value(&rows, 0, 0) : ""), 0);
    store_test_rollback(&transaction);
}

/* rows_json.c reads them. */
static void test_db__gets_dates_in_iso_whatever_its_role_is_used_to(void **state)
{
    struct store_test_transaction transaction;
    struct db_rows rows;
    struct db_pool *pool;
    (void)state;
    store_test_run(store_test_url(), "ALTER ROLE CURRENT_USER SET datestyle = 'German'");
    assert_int_equal(store_test_make_pool((void **)&pool), 0);
    store_test_begin(pool, NULL, &transaction);
    int result = db_query(transaction.db, &moment, &none, &rows);
    const char *text = result == 0 ? db_value(&rows, 0, 0) : "";
    store_test_run(store_test_url(), "ALTER ROLE CURRENT_USER RESET datestyle");
    assert_string_equal(text, "2026-11-22 10:00:01.5");
    store_test_rollback(&transaction);
    db_pool_free(pool);
}

static void check_durability(const char *preference, const char *expected)
{
    struct store_test_transaction transaction;
    struct db_rows rows;
    struct db_pool *pool;
    char sql[128];
    snprintf(sql, sizeof sql, "ALTER ROLE CURRENT_USER SET synchronous_commit = '%s'", preference);
    store_test_run(store_test_url(), sql);
    assert_int_equal(store_test_make_pool((void **)&pool), 0);
    store_test_begin(pool, NULL, &transaction);
    int result = db_query(transaction.db, &durability, &none, &rows);
    const char *text = result == 0 ? db_value(&rows, 0, 0) : "";
    store_test_run(store_test_url(), "ALTER ROLE CURRENT_USER RESET synchronous_commit");
    assert_string_equal(text, expected);
    store_test_rollback(&transaction);
    db_pool_free(pool);
}

/* What was acknowledged is on disk. */
static void test_db__commits_durably_whatever_its_role_prefers(void **state)
{
    (void)state;
    check_durability("off", "on");
    check_durability("remote_apply", "remote_apply");
}

static void test_db__hands_parameters_and_null_over(void **state)
{
    struct store_test_transaction transaction;
    struct db_rows rows;
    struct db_parameters parameters = one_text("caf\xc3\xa9 '; DROP TABLE x");
    db_add_text(&parameters, NULL);
    store_test_begin(*state, NULL, &transaction);
    for (int i = 0; i < 3; i++) { /* prepared once, run three times */
        assert_int_equal(db_query(transaction.db, &echo, &parameters, &rows), 0);
        assert_int_equal(rows.count, 1);
        assert_string_equal(db_value(&rows, 0, 0), "caf\xc3\xa9 '; DROP TABLE x");
        assert_null(db_value(&rows, 0, 1));
    }
    assert_int_equal(store_test_commit(&transaction), 0);
}

static void test_db__hands_over_the_answer_once_it_is_committed(void **state)
{
    struct store_test_transaction transaction;
    struct db_rows rows = {.count = -1};
    struct db_parameters row = one_text("\\xa3");
    store_test_begin(*state, NULL, &transaction);
    assert_int_equal(db_queue(transaction.db, &insert, &row), 0);
    assert_int_equal(db_query_at_commit(transaction.db, &count, &row, &rows), 0);
    assert_int_equal(rows.count, -1);
    assert_int_equal(db_commit(transaction.db), 0);
    assert_int_equal(rows.count, 1);
    assert_int_equal(db_integer(&rows, 0, 0), 1);
    arena_free(transaction.arena);
    assert_int_equal(rows_of(*state, "\\xa3"), 1);
}

static void test_db__commits_nothing_when_the_answer_fails(void **state)
{
    struct store_test_transaction transaction;
    struct db_rows rows = {.count = -1};
    struct db_parameters row = one_text("\\xa4"), zero = one_text("0");
    store_test_begin(*state, NULL, &transaction);
    assert_int_equal(db_queue(transaction.db, &insert, &row), 0);
    assert_int_equal(db_query_at_commit(transaction.db, &broken, &zero, &rows), 0);
    assert_true(db_commit(transaction.db) < 0);
    assert_int_equal(rows.count, -1);
    arena_free(transaction.arena);
    assert_int_equal(rows_of(*state, "\\xa4"), 0);
}

static void test_db__drops_the_answer_with_the_transaction(void **state)
{
    struct store_test_transaction transaction;
    struct db_rows rows = {.count = -1};
    struct db_parameters row = one_text("\\xa5");
    store_test_begin(*state, NULL, &transaction);
    assert_int_equal(db_queue(transaction.db, &insert, &row), 0);
    assert_int_equal(db_query_at_commit(transaction.db, &count, &row, &rows), 0);
    store_test_rollback(&transaction);
    assert_int_equal(rows.count, -1);
    assert_int_equal(rows_of(*state, "\\xa5"), 0);
}

static void test_db__commits_what_was_queued_and_rolls_back_the_rest(void **state)
{
    struct store_test_transaction transaction;
    struct db_parameters kept = one_text("\\x01"), dropped = one_text("\\x02");
    store_test_begin(*state, NULL, &transaction);
    assert_int_equal(db_queue(transaction.db, &insert, &kept), 0);
    assert_int_equal(store_test_commit(&transaction), 0);
    store_test_begin(*state, NULL, &transaction);
    assert_int_equal(db_queue(transaction.db, &insert, &dropped), 0);
    store_test_rollback(&transaction);
    assert_int_equal(rows_of(*state, "\\x01"), 1);
    assert_int_equal(rows_of(*state, "\\x02"), 0);
}

static void test_db__an_error_of_a_queued_statement_comes_with_the_commit(void **state)
{
    struct store_test_transaction transaction;
    struct db_parameters row = one_text("\\x03"), zero = one_text("0");
    store_test_begin(*state, NULL, &transaction);
    assert_int_equal(db_queue(transaction.db, &insert, &row), 0);
    assert_int_equal(db_queue(transaction.db, &broken, &zero), 0);
    assert_int_equal(db_queue(transaction.db, &insert, &row), 0);
    assert_true(db_commit(transaction.db) < 0);
    assert_int_equal(transaction.problem.type, PROBLEM_INVALID_FIELD);
    arena_free(transaction.arena);
    assert_int_equal(rows_of(*state, "\\x03"), 0);
}

static void test_db__a_failed_transaction_is_never_committed(void **state)
{
    struct store_test_transaction transaction;
    struct db_rows rows;
    struct db_parameters row = one_text("\\x04"), zero = one_text("0");
    store_test_begin(*state, NULL, &transaction);
    assert_int_equal(db_queue(transaction.db, &insert, &row), 0);
    assert_true(db_query(transaction.db, &broken, &zero, &rows) < 0);
    assert_true(db_query(transaction.db, &show_org, &none, &rows) < 0);
    assert_true(store_test_commit(&transaction) < 0);
    assert_int_equal(rows_of(*state, "\\x04"), 0);
}

static void test_db__a_connection_is_good_again_after_errors(void **state)
{
    struct store_test_transaction transaction;
    struct db_rows rows;
    int64_t pid = 0;
    for (int i = 0; i < 4; i++) {
        struct db_parameters zero = one_text("0");
        store_test_begin(*state, NULL, &transaction);
        assert_int_equal(db_query(transaction.db, &backend, &none, &rows), 0);
        assert_true(pid == 0 || pid == db_integer(&rows, 0, 0));
        pid = db_integer(&rows, 0, 0);
        assert_true(db_query(transaction.db, i % 2 ? &broken : &broken_text, i % 2 ? &zero : &none,
                             &rows) < 0);
        assert_int_equal(transaction.problem.type,
                         i % 2 ? PROBLEM_INVALID_FIELD : PROBLEM_INTERNAL);
        store_test_rollback(&transaction);
    }
}

static void test_db__queues_more_than_one_round_trip_holds(void **state)
{
    struct store_test_transaction transaction;
    struct db_parameters parameters = one_text("x");
    struct db_rows rows;
    db_add_text(&parameters, "1");
    store_test_begin(*state, NULL, &transaction);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(db_queue(transaction.db, &echo, &parameters), 0);
    assert_int_equal(db_query(transaction.db, &big, &none, &rows), 0);
    assert_int_equal(strlen(db_value(&rows, 0, 0)), 3000000);
    assert_int_equal(store_test_commit(&transaction), 0);
}

static void test_db__refuses_a_wrong_number_of_parameters(void **state)
{
    struct store_test_transaction transaction;
    struct db_rows rows;
    store_test_begin(*state, NULL, &transaction);
    assert_true(db_query(transaction.db, &echo, &none, &rows) < 0);
    assert_int_equal(transaction.problem.type, PROBLEM_INTERNAL);
    store_test_rollback(&transaction);
}

static void test_db__refuses_a_parameter_that_did_not_fit(void **state)
{
    struct arena *tiny = arena_create(1);
    struct store_test_transaction transaction;
    struct db_rows rows;
    struct db_parameters parameters = {0};
    db_add_integer(&parameters, tiny, 7);
    store_test_begin(*state, NULL, &transaction);
    assert_true(db_query(transaction.db, &broken, &parameters, &rows) < 0);
    store_test_rollback(&transaction);
    arena_free(tiny);
}

/* What found no room is NULL: it must not become a value that was "not given". */
static void test_db__an_exhausted_arena_stores_nothing(void **state)
{
    struct store_test_transaction transaction;
    struct db_parameters parameters = one_text("\\x0e");
    struct db_rows rows;
    store_test_begin(*state, NULL, &transaction);
    assert_null(arena_alloc(transaction.arena, SIZE_MAX / 2));
    assert_int_equal(db_queue(transaction.db, &insert, &parameters), -1);
    assert_int_equal(db_query(transaction.db, &backend, &none, &rows), -1);
    enum problem_type type = transaction.problem.type;
    store_test_rollback(&transaction);
    assert_int_equal(type, PROBLEM_TOO_LARGE);
    assert_int_equal(rows_of(*state, "\\x0e"), 0);
}

#define WITH_POOL(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, store_test_make_pool, store_test_drop_pool)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_POOL(test_db__sets_the_organisation_for_one_transaction_only),
        cmocka_unit_test(test_db__gets_dates_in_iso_whatever_its_role_is_used_to),
        WITH_POOL(test_db__commits_durably_whatever_its_role_prefers),
        WITH_POOL(test_db__hands_parameters_and_null_over),
        WITH_POOL(test_db__hands_over_the_answer_once_it_is_committed),
        WITH_POOL(test_db__commits_nothing_when_the_answer_fails),
        WITH_POOL(test_db__drops_the_answer_with_the_transaction),
        WITH_POOL(test_db__commits_what_was_queued_and_rolls_back_the_rest),
        WITH_POOL(test_db__an_error_of_a_queued_statement_comes_with_the_commit),
        WITH_POOL(test_db__a_failed_transaction_is_never_committed),
        WITH_POOL(test_db__a_connection_is_good_again_after_errors),
        WITH_POOL(test_db__queues_more_than_one_round_trip_holds),
        WITH_POOL(test_db__refuses_a_wrong_number_of_parameters),
        WITH_POOL(test_db__refuses_a_parameter_that_did_not_fit),
        WITH_POOL(test_db__an_exhausted_arena_stores_nothing),
    };
    return cmocka_run_group_tests(tests, store_test_migrate, NULL);
}
