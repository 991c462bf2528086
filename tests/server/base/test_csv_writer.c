#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/csv_writer.h"

#define ARENA_BYTES ((size_t)64 * 1024)

static void expect_text(const char *text, const char *field)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct buffer out;
    struct csv_writer writer = {.out = &out};
    buffer_init(&out, arena, ARENA_BYTES);
    csv_add_text(&writer, text);
    assert_false(out.failed);
    assert_string_equal(out.text, field);
    arena_free(arena);
}

static void test_csv_writer__quotes_texts(void **state)
{
    (void)state;
    expect_text("Lager 1", "\"Lager 1\"");
    expect_text("a,b;c", "\"a,b;c\"");
    expect_text("two\r\nlines", "\"two\r\nlines\"");
    expect_text("\"7\" valve", "\"\"\"7\"\" valve\"");
    expect_text("空压机", "\"空压机\"");
    expect_text("", "\"\"");
    expect_text(NULL, "");
}

static void test_csv_writer__takes_the_force_out_of_formulas(void **state)
{
    (void)state;
    expect_text("=1+1", "\"'=1+1\"");
    expect_text("+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\"");
    expect_text("-2+3", "\"'-2+3\"");
    expect_text("@SUM(A1)", "\"'@SUM(A1)\"");
    expect_text("\t=1", "\"'\t=1\"");
    expect_text("\r=1", "\"'\r=1\"");
    expect_text("\n=1", "\"'\n=1\"");
    expect_text("  =1", "\"'  =1\"");
    expect_text("＝1", "\"'＝1\"");
    expect_text("＋1", "\"'＋1\"");
    expect_text("－1", "\"'－1\"");
    expect_text("＠A", "\"'＠A\"");
    expect_text("=\"x\"", "\"'=\"\"x\"\"\"");
}

static void test_csv_writer__leaves_numbers_alone(void **state)
{
    (void)state;
    expect_text("-12", "\"-12\"");
    expect_text("+3.5", "\"+3.5\"");
    expect_text("-12a", "\"'-12a\"");
    expect_text("--1", "\"'--1\"");
    expect_text("-1.", "\"'-1.\"");
    expect_text("-", "\"'-\"");
    expect_text("a=1", "\"a=1\"");
}

static void test_csv_writer__writes_records(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_BYTES);
    struct buffer out;
    struct csv_writer writer = {.out = &out};
    buffer_init(&out, arena, ARENA_BYTES);
    csv_add_text(&writer, "a");
    csv_add_number(&writer, "-1.5");
    csv_add_number(&writer, NULL);
    csv_end_record(&writer);
    csv_add_text(&writer, NULL);
    csv_add_text(&writer, "b");
    csv_end_record(&writer);
    assert_string_equal(out.text, "\"a\",-1.5,\r\n,\"b\"\r\n");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv_writer__quotes_texts),
        cmocka_unit_test(test_csv_writer__takes_the_force_out_of_formulas),
        cmocka_unit_test(test_csv_writer__leaves_numbers_alone),
        cmocka_unit_test(test_csv_writer__writes_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
