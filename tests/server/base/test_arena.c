#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/arena.h"

#include <stdalign.h>
#include <string.h>

#define CEILING_BYTES ((size_t)64 * 1024)

static void append(void *resource)
{
    char **end = resource;
    **end = '!';
}

struct trace {
    char *text;
    char letter;
};

static void write_letter(void *resource)
{
    const struct trace *trace = resource;
    trace->text[strlen(trace->text)] = trace->letter;
}

static void test_arena__gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    struct arena *arena = arena_create(CEILING_BYTES);
    for (size_t bytes = 1; bytes < 200; bytes += 7) {
        unsigned char *memory = arena_alloc(arena, bytes);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
        for (size_t i = 0; i < bytes; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xff, bytes);
    }
    arena_free(arena);
}

static void test_arena__ends_at_its_ceiling(void **state)
{
    (void)state;
    struct arena *arena = arena_create(CEILING_BYTES);
    size_t got = 0;
    while (arena_alloc(arena, 1000))
        got += 1000;
    assert_true(got > CEILING_BYTES / 2 && got <= CEILING_BYTES);
    assert_true(arena_is_exhausted(arena));
    arena_free(arena);
}

static void test_arena__remembers_that_it_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_create(CEILING_BYTES);
    assert_false(arena_is_exhausted(arena));
    assert_null(arena_alloc(arena, SIZE_MAX));
    assert_null(arena_alloc(arena, CEILING_BYTES + 1));
    assert_non_null(arena_alloc(arena, 10)); /* what is small still fits */
    assert_true(arena_is_exhausted(arena));
    arena_free(arena);
}

static void test_arena__runs_destructors_last_first(void **state)
{
    char text[4] = "";
    struct trace first = {text, 'a'}, second = {text, 'b'};
    (void)state;
    struct arena *arena = arena_create(CEILING_BYTES);
    assert_int_equal(arena_defer(arena, write_letter, &first), 0);
    assert_int_equal(arena_defer(arena, write_letter, &second), 0);
    arena_free(arena);
    assert_string_equal(text, "ba");
}

static void test_arena__leaks_nothing_that_it_cannot_defer(void **state)
{
    char mark = ' ';
    char *end = &mark;
    (void)state;
    struct arena *arena = arena_create(0);
    assert_int_equal(arena_defer(arena, append, &end), -1);
    assert_int_equal(mark, '!');
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena__gives_zeroed_aligned_memory),
        cmocka_unit_test(test_arena__ends_at_its_ceiling),
        cmocka_unit_test(test_arena__remembers_that_it_refused),
        cmocka_unit_test(test_arena__runs_destructors_last_first),
        cmocka_unit_test(test_arena__leaks_nothing_that_it_cannot_defer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
