/* What other programs make of a ZIP is tested with unzip and sha256sum:
 * tests/api/test_visit_packs.py.
 */
#include "server/archive/zip_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DIRECTORY_END "PK\5\6"

struct taken {
    char bytes[4096];
    size_t length;
    size_t room;
};

static int take(void *context, const char *bytes, size_t length)
{
    struct taken *taken = context;
    if (taken->length + length > taken->room)
        return -1;
    memcpy(taken->bytes + taken->length, bytes, length);
    taken->length += length;
    return 0;
}

static bool has_directory(const struct taken *taken)
{
    return memmem(taken->bytes, taken->length, DIRECTORY_END, 4) != NULL;
}

static int write_two(struct taken *taken)
{
    struct zip_writer *writer;
    int result = zip_writer_open(take, taken, 1790000000, &writer);
    if (result < 0)
        return result;
    result = zip_writer_begin(writer, "照片/1.jpg", 5);
    if (result == 0)
        result = zip_writer_append(writer, "first", 5);
    if (result == 0)
        result = zip_writer_begin(writer, "empty", 0);
    if (result == 0)
        result = zip_writer_finish(writer);
    zip_writer_free(writer);
    return result;
}

static void test_zip_writer__stores_what_it_is_given(void **state)
{
    (void)state;
    struct taken taken = {.room = sizeof taken.bytes};
    assert_int_equal(write_two(&taken), 0);
    assert_memory_equal(taken.bytes, "PK\3\4", 4);
    assert_non_null(memmem(taken.bytes, taken.length, "first", 5));
    assert_non_null(memmem(taken.bytes, taken.length, "照片/1.jpg", strlen("照片/1.jpg")));
    assert_true(has_directory(&taken));
}

static void test_zip_writer__the_same_makes_the_same_bytes(void **state)
{
    (void)state;
    struct taken one = {.room = sizeof one.bytes}, other = {.room = sizeof other.bytes};
    assert_int_equal(write_two(&one), 0);
    assert_int_equal(write_two(&other), 0);
    assert_int_equal(one.length, other.length);
    assert_memory_equal(one.bytes, other.bytes, one.length);
}

static void test_zip_writer__ends_when_nobody_reads(void **state)
{
    (void)state;
    struct taken whole = {.room = sizeof whole.bytes};
    assert_int_equal(write_two(&whole), 0);
    for (size_t room = 0; room < whole.length; room++) {
        struct taken taken = {.room = room};
        assert_int_equal(write_two(&taken), ZIP_WRITER_SINK);
        assert_false(has_directory(&taken) && taken.length == whole.length);
    }
}

static void test_zip_writer__without_an_end_there_is_no_directory(void **state)
{
    (void)state;
    struct taken taken = {.room = sizeof taken.bytes};
    struct zip_writer *writer;
    assert_int_equal(zip_writer_open(take, &taken, 0, &writer), 0);
    assert_int_equal(zip_writer_begin(writer, "half", 10), 0);
    assert_int_equal(zip_writer_append(writer, "only", 4), 0);
    zip_writer_free(writer);
    assert_false(has_directory(&taken));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zip_writer__stores_what_it_is_given),
        cmocka_unit_test(test_zip_writer__the_same_makes_the_same_bytes),
        cmocka_unit_test(test_zip_writer__ends_when_nobody_reads),
        cmocka_unit_test(test_zip_writer__without_an_end_there_is_no_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
