#include "sampling/chain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static void assert_hex(const uint8_t bytes[SAMPLING_SECRET_BYTES], const char *expected)
{
    char digits[2 * SAMPLING_SECRET_BYTES + 1];
    for (int i = 0; i < SAMPLING_SECRET_BYTES; i++)
        snprintf(digits + 2 * i, 3, "%02x", bytes[i]);
    assert_string_equal(digits, expected);
}

static void root_of_tests(uint8_t ret_root[SAMPLING_SECRET_BYTES])
{
    for (int i = 0; i < SAMPLING_SECRET_BYTES; i++)
        ret_root[i] = (uint8_t)i;
}

/* python3: v = bytes(range(32)); for _ in range(TIMES): v = hashlib.sha256(v).digest() */
static void test_chain__is_sha256_over_and_over(void **state)
{
    uint8_t root[SAMPLING_SECRET_BYTES], value[SAMPLING_SECRET_BYTES];
    (void)state;
    root_of_tests(root);
    assert_int_equal(sampling_chain_commitment(root, value), 0);
    assert_hex(value, "2a3ab3bba9c53b0b3cbbe39989c624cd7651194349dae8450ad59fad95a4e35c");
    assert_int_equal(sampling_chain_secret(root, 1, value), 0);
    assert_hex(value, "5f54e641560ec315cbc321a79075e46e550cade3d1c17e9354fd360eb1c0c183");
    assert_int_equal(sampling_chain_secret(root, SAMPLING_CHAIN_LENGTH, value), 0);
    assert_memory_equal(value, root, sizeof root);
}

static void test_chain__ends(void **state)
{
    uint8_t root[SAMPLING_SECRET_BYTES], value[SAMPLING_SECRET_BYTES] = {42};
    (void)state;
    root_of_tests(root);
    assert_int_equal(sampling_chain_secret(root, 0, value), -1);
    assert_int_equal(sampling_chain_secret(root, SAMPLING_CHAIN_LENGTH + 1, value), -1);
    assert_int_equal(value[0], 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chain__is_sha256_over_and_over),
        cmocka_unit_test(test_chain__ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
