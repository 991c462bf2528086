#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/uuid.h"

#include <string.h>

#define TEXT "0fe1d2c3-b4a5-4697-8879-6a5b4c3d2e1f"

static void test_uuid__reads_what_it_writes(void **state)
{
    (void)state;
    struct uuid uuid;
    char text[UUID_TEXT_BYTES];
    assert_int_equal(uuid_parse(TEXT, &uuid), 0);
    uuid_format(&uuid, text);
    assert_string_equal(text, TEXT);
    assert_int_equal(uuid_parse("0FE1D2C3-B4A5-4697-8879-6A5B4C3D2E1F", &uuid), 0);
    uuid_format(&uuid, text);
    assert_string_equal(text, TEXT);
}

static void test_uuid__refuses_other_forms(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "0fe1d2c3b4a5469788796a5b4c3d2e1f",
        "{0fe1d2c3-b4a5-4697-8879-6a5b4c3d2e1f}",
        "0fe1d2c3-b4a5-4697-8879-6a5b4c3d2e1",
        "0fe1d2c3-b4a5-4697-8879-6a5b4c3d2e1f0",
        "0fe1d2c3-b4a5-4697-8879-6a5b4c3d2e1g",
        "0fe1d2c-3b4a5-4697-8879-6a5b4c3d2e1f",
        "0fe1d2c3-b4a5-4697-88796-a5b4c3d2e1f",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct uuid untouched = {{7}};
        assert_true(uuid_parse(texts[i], &untouched) < 0);
        assert_int_equal(untouched.bytes[0], 7);
    }
}

static void test_uuid__random_ones_differ_and_say_version_4(void **state)
{
    (void)state;
    struct uuid a;
    struct uuid b;
    assert_int_equal(uuid_random(&a), 0);
    assert_int_equal(uuid_random(&b), 0);
    assert_false(uuid_equal(&a, &b));
    assert_int_equal(a.bytes[6] >> 4, 4);
    assert_int_equal(a.bytes[8] >> 6, 2);
}

static void test_uuid__nil(void **state)
{
    (void)state;
    struct uuid uuid = {{0}};
    assert_true(uuid_is_nil(&uuid));
    uuid.bytes[15] = 1;
    assert_false(uuid_is_nil(&uuid));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_uuid__reads_what_it_writes),
        cmocka_unit_test(test_uuid__refuses_other_forms),
        cmocka_unit_test(test_uuid__random_ones_differ_and_say_version_4),
        cmocka_unit_test(test_uuid__nil),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
