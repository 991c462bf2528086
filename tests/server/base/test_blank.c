#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/blank.h"

static void test_blank__nothing_and_spaces(void **state)
{
    (void)state;
    assert_true(text_is_blank(NULL));
    assert_true(text_is_blank(""));
    assert_true(text_is_blank(" \t\r\n"));
    assert_true(text_is_blank("\u3000 \u3000"));
}

static void test_blank__words(void **state)
{
    (void)state;
    assert_false(text_is_blank(" x"));
    assert_false(text_is_blank("\u3000模糊"));
    assert_false(text_is_blank("\u3001"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blank__nothing_and_spaces),
        cmocka_unit_test(test_blank__words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
