#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/buffer.h"

#include <string.h>

#define ARENA_BYTES ((size_t)64 * 1024)

static void test_buffer__grows_and_stays_terminated(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_BYTES);
    struct buffer buffer;
    buffer_init(&buffer, arena, 4000);
    for (int i = 0; i < 1000; i++)
        buffer_printf(&buffer, "%d,", i % 10);
    assert_false(buffer.failed);
    assert_int_equal(buffer.length, 2000);
    assert_int_equal(strlen(buffer.text), 2000);
    assert_memory_equal(buffer.text, "0,1,2,3,4,5,6,7,8,9,0,", 22);
    arena_free(arena);
}

static void test_buffer__keeps_to_its_ceiling_and_stays_failed(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_BYTES);
    struct buffer buffer;
    buffer_init(&buffer, arena, 10);
    buffer_append_text(&buffer, "0123456789");
    assert_false(buffer.failed);
    buffer_append(&buffer, "x", 1);
    assert_true(buffer.failed);
    buffer_append(&buffer, "", 0);
    assert_true(buffer.failed);
    assert_string_equal(buffer.text, "0123456789");
    arena_free(arena);
}

static void test_buffer__room_that_was_made_holds_what_comes(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_BYTES);
    struct buffer buffer;
    buffer_init(&buffer, arena, 5000);
    buffer_append_text(&buffer, "ab");
    buffer_reserve(&buffer, 4000);
    const char *text = buffer.text;
    for (int i = 0; i < 4000; i++)
        buffer_append_text(&buffer, "c");
    assert_false(buffer.failed);
    assert_ptr_equal(buffer.text, text);
    assert_int_equal(strlen(buffer.text), 4002);
    assert_memory_equal(buffer.text, "abcc", 4);
    buffer_reserve(&buffer, 999);
    assert_true(buffer.failed);
    arena_free(arena);
}

static void test_buffer__fails_with_its_arena(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1024);
    struct buffer buffer;
    buffer_init(&buffer, arena, ARENA_BYTES);
    for (int i = 0; i < 100; i++)
        buffer_append_text(&buffer, "sixteen letters.");
    assert_true(buffer.failed);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buffer__grows_and_stays_terminated),
        cmocka_unit_test(test_buffer__keeps_to_its_ceiling_and_stays_failed),
        cmocka_unit_test(test_buffer__room_that_was_made_holds_what_comes),
        cmocka_unit_test(test_buffer__fails_with_its_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
