#include "store_test.h"

#include <string.h>

static const struct query one = {.name = "test_one", .sql = "SELECT 1"};
static const struct query insert = {
    .name = "test_checked_insert",
    .sql = "INSERT INTO log_in_throttle (subject_sha256, failures, window_ends_at)"
           " VALUES ($1::bytea, 0, now())",
    .parameter_count = 1};
static const struct query count = {
    .name = "test_checked_count",
    .sql = "SELECT count(*) FROM log_in_throttle WHERE subject_sha256 = $1::bytea",
    .parameter_count = 1};

static const struct db_parameters none;

/* What a check is told to answer, and how often it was asked. */
struct judge {
    int answer;
    int asked;
};

static int judge(void *context, const struct db_rows *rows)
{
    struct judge *judge = context;
    judge->asked++;
    assert_int_equal(rows->count, 1);
    assert_string_equal(db_value(rows, 0, 0), "1");
    return judge->answer;
}

static int make_pool(void **state)
{
    return store_test_migrate(state) == 0 ? store_test_make_pool(state) : -1;
}

static int64_t rows_of(struct db_pool *pool, const char *subject)
{
    struct store_test_transaction transaction;
    struct db_rows rows;
    struct db_parameters parameters = {0};
    db_add_text(&parameters, subject);
    store_test_begin(pool, NULL, &transaction);
    assert_int_equal(db_query(transaction.db, &count, &parameters, &rows), 0);
    int64_t result = db_integer(&rows, 0, 0);
    store_test_rollback(&transaction);
    return result;
}

static void test_db_checked__rows_are_seen_when_the_check_passed(void **state)
{
    struct store_test_transaction transaction;
    struct judge yes = {.answer = 0};
    struct db_rows rows;
    store_test_begin(*state, NULL, &transaction);
    assert_int_equal(db_queue_checked(transaction.db, &one, &none, judge, &yes), 0);
    assert_int_equal(yes.asked, 0);
    assert_int_equal(db_query(transaction.db, &one, &none, &rows), 0);
    assert_int_equal(yes.asked, 1);
    assert_int_equal(db_settle(transaction.db), 0);
    assert_int_equal(store_test_commit(&transaction), 0);
    assert_int_equal(yes.asked, 1);
}

static void test_db_checked__no_row_is_seen_when_it_failed(void **state)
{
    struct store_test_transaction transaction;
    struct judge no = {.answer = -1};
    struct db_rows rows = {.count = -7};
    store_test_begin(*state, NULL, &transaction);
    assert_int_equal(db_queue_checked(transaction.db, &one, &none, judge, &no), 0);
    assert_true(db_query(transaction.db, &one, &none, &rows) < 0);
    assert_int_equal(rows.count, -7);
    assert_true(db_query(transaction.db, &one, &none, &rows) < 0);
    store_test_rollback(&transaction);
}

static void test_db_checked__nothing_is_committed_when_it_failed(void **state)
{
    static const char subject[] = "\\x0bad";
    struct store_test_transaction transaction;
    struct judge no = {.answer = -1};
    struct db_parameters parameters = {0};
    db_add_text(&parameters, subject);
    store_test_begin(*state, NULL, &transaction);
    assert_int_equal(db_queue_checked(transaction.db, &one, &none, judge, &no), 0);
    assert_int_equal(db_queue(transaction.db, &insert, &parameters), 0);
    assert_true(store_test_commit(&transaction) < 0);
    assert_int_equal(no.asked, 1);
    assert_int_equal(rows_of(*state, subject), 0);
}

static void test_db_checked__settling_asks_at_once(void **state)
{
    struct store_test_transaction transaction;
    struct judge no = {.answer = -1};
    store_test_begin(*state, NULL, &transaction);
    assert_int_equal(db_queue_checked(transaction.db, &one, &none, judge, &no), 0);
    assert_true(db_settle(transaction.db) < 0);
    assert_int_equal(no.asked, 1);
    store_test_rollback(&transaction);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_db_checked__rows_are_seen_when_the_check_passed),
        cmocka_unit_test(test_db_checked__no_row_is_seen_when_it_failed),
        cmocka_unit_test(test_db_checked__nothing_is_committed_when_it_failed),
        cmocka_unit_test(test_db_checked__settling_asks_at_once),
    };
    return cmocka_run_group_tests(tests, make_pool, store_test_drop_pool);
}
