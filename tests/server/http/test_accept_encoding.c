#include "http_test.h"

#include "server/http/accept_encoding.h"

static void test_accept_encoding__reads_what_browsers_send(void **state)
{
    (void)state;
    assert_int_equal(accept_encoding_weight("gzip, deflate, br, zstd", "br"), 1000);
    assert_int_equal(accept_encoding_weight("gzip, deflate, br, zstd", "gzip"), 1000);
    assert_int_equal(accept_encoding_weight("gzip,deflate", "br"), 0);
    assert_int_equal(accept_encoding_weight("identity", "gzip"), 0);
    assert_int_equal(accept_encoding_weight(NULL, "gzip"), 0);
    assert_int_equal(accept_encoding_weight("", "gzip"), 0);
}

static void test_accept_encoding__reads_weights(void **state)
{
    (void)state;
    assert_int_equal(accept_encoding_weight("br;q=0.2, gzip;q=0.999", "gzip"), 999);
    assert_int_equal(accept_encoding_weight("br ; q=0.2 ,gzip", "br"), 200);
    assert_int_equal(accept_encoding_weight("BR;Q=1.000", "br"), 1000);
    assert_int_equal(accept_encoding_weight("br;q=0", "br"), 0);
    assert_int_equal(accept_encoding_weight("br;q=0.0, *", "br"), 0);
    assert_int_equal(accept_encoding_weight("gzip;q=0, *;q=0.5", "br"), 500);
    assert_int_equal(accept_encoding_weight("*", "br"), 1000);
}

static void test_accept_encoding__takes_nothing_ill_formed_for_a_wish(void **state)
{
    static const char *const values[] = {
        "br;",         "br;q",     "br;q=",      "br;q=x",     "br;q=1.5", "br;q=2",
        "br;q=0.1234", "br;q=1..", "br;q=0.5 x", "br;level=9", "br gzip",  "brotli",
        "x-br",        ";br",      "b",          ",,,",        "br;q=-1",  "br;q=0.5;q=1"};
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (accept_encoding_weight(values[i], "br") != 0)
            fail_msg("%s", values[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accept_encoding__reads_what_browsers_send),
        cmocka_unit_test(test_accept_encoding__reads_weights),
        cmocka_unit_test(test_accept_encoding__takes_nothing_ill_formed_for_a_wish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
