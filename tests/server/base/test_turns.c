#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/turns.h"

#include <pthread.h>

#define LONG_MS 60000

static void test_turns__are_as_many_as_was_said(void **state)
{
    struct turns *turns = NULL;
    (void)state;
    assert_int_equal(turns_create(2, &turns), 0);
    assert_true(turns_take(turns, 0));
    assert_true(turns_take(turns, 0));
    assert_false(turns_take(turns, 1));
    turns_give_back(turns);
    assert_true(turns_take(turns, 0));
    assert_false(turns_take(turns, 0));
    turns_free(turns);
    turns_free(NULL);
}

static void *give_back(void *turns)
{
    turns_give_back(turns);
    return NULL;
}

static void test_turns__come_to_whoever_waits(void **state)
{
    struct turns *turns = NULL;
    pthread_t other;
    (void)state;
    assert_int_equal(turns_create(1, &turns), 0);
    assert_true(turns_take(turns, 0));
    assert_int_equal(pthread_create(&other, NULL, give_back, turns), 0);
    assert_true(turns_take(turns, LONG_MS));
    assert_int_equal(pthread_join(other, NULL), 0);
    turns_free(turns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turns__are_as_many_as_was_said),
        cmocka_unit_test(test_turns__come_to_whoever_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
