#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/hex.h"

static void test_hex__reads_what_it_writes(void **state)
{
    (void)state;
    const uint8_t bytes[] = {0x00, 0x0f, 0xa5, 0xff};
    uint8_t read[4];
    char text[9];
    hex_encode(bytes, sizeof bytes, text);
    assert_string_equal(text, "000fa5ff");
    assert_int_equal(hex_decode("000FA5ff", read, sizeof read), 0);
    assert_memory_equal(read, bytes, sizeof bytes);
}

static void test_hex__refuses_other_lengths_and_letters(void **state)
{
    (void)state;
    uint8_t read[2];
    assert_true(hex_decode("", read, sizeof read) < 0);
    assert_true(hex_decode("000", read, sizeof read) < 0);
    assert_true(hex_decode("00000", read, sizeof read) < 0);
    assert_true(hex_decode("00g0", read, sizeof read) < 0);
    assert_true(hex_decode(" 000", read, sizeof read) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hex__reads_what_it_writes),
        cmocka_unit_test(test_hex__refuses_other_lengths_and_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
