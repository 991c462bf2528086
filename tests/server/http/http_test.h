/** What the tests of the HTTP library share: cmocka and an arena a test. */
#ifndef FIELDPROOF_TESTS_HTTP_TEST_H
#define FIELDPROOF_TESTS_HTTP_TEST_H

#include "server/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static inline int arena_setup(void **state)
{
    *state = arena_create((size_t)64 * 1024 * 1024);
    return *state ? 0 : -1;
}

static inline int arena_teardown(void **state)
{
    arena_free(*state);
    return 0;
}

#define ARENA_TEST(function) cmocka_unit_test_setup_teardown(function, arena_setup, arena_teardown)

#endif
