#include "store_test.h"

#include "server/store/queries.h"

static void test_queries__every_one_prepares_against_a_fresh_schema(void **state)
{
    (void)state;
    PGconn *pg = store_test_connect(store_test_url());
    int count = 0;
    for (const struct query *const *query = queries; *query; query++, count++) {
        PGresult *prepared = PQprepare(pg, (*query)->name, (*query)->sql, 0, NULL);
        if (PQresultStatus(prepared) != PGRES_COMMAND_OK)
            fail_msg("%s: %s", (*query)->name, PQresultErrorMessage(prepared));
        PQclear(prepared);
        PGresult *described = PQdescribePrepared(pg, (*query)->name);
        assert_int_equal(PQresultStatus(described), PGRES_COMMAND_OK);
        assert_int_equal(PQnparams(described), (*query)->parameter_count);
        PQclear(described);
    }
    assert_int_equal(count, QUERY_COUNT);
    print_message("%d queries prepared\n", count);
    PQfinish(pg);
}

static void test_queries__fit_the_prepared_set_and_the_parameters(void **state)
{
    (void)state;
    assert_true(QUERY_COUNT < 500);
    for (const struct query *const *query = queries; *query; query++)
        assert_in_range((*query)->parameter_count, 0, DB_PARAMETERS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_queries__every_one_prepares_against_a_fresh_schema),
        cmocka_unit_test(test_queries__fit_the_prepared_set_and_the_parameters),
    };
    return cmocka_run_group_tests(tests, store_test_migrate, NULL);
}
