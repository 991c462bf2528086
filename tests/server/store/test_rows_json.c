#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/store/rows_json.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#define ARENA_BYTES   ((size_t)256 * 1024)
#define CEILING_BYTES ((size_t)64 * 1024)

/* SELECT oid, typname FROM pg_type. */
enum { BOOL = 16, INT4 = 23, TEXT = 25, JSON = 114, FLOAT8 = 701, TIMESTAMP = 1114, UUID = 2950 };

struct cell_column {
    const char *name;
    Oid type;
};

/* Rows as PostgreSQL would send them; values row by row, NULL is SQL's NULL. */
static struct db_rows make_rows(const struct cell_column *columns, int column_count,
                                const char *const *values, int row_count)
{
    PGresAttDesc attributes[ROWS_JSON_COLUMNS_MAX] = {0};
    PGresult *result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
    for (int i = 0; i < column_count; i++)
        attributes[i] =
            (PGresAttDesc){.name = (char *)(uintptr_t)columns[i].name, .typid = columns[i].type};
    assert_true(PQsetResultAttrs(result, column_count, attributes));
    for (int i = 0; i < row_count * column_count; i++) {
        const char *value = values[i];
        assert_true(PQsetvalue(result, i / column_count, i % column_count, (char *)(uintptr_t)value,
                               value ? (int)strlen(value) : -1));
    }
    return (struct db_rows){row_count, result};
}

static void check(const struct cell_column *columns, int column_count, const char *const *values,
                  int row_count, struct rows_json_columns span, const char *json)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct db_rows rows = make_rows(columns, column_count, values, row_count);
    struct buffer buffer;
    buffer_init(&buffer, arena, CEILING_BYTES);
    int result = rows_json_append(&buffer, &rows, span);
    assert_int_equal(result, json ? 0 : -1);
    if (json)
        assert_string_equal(buffer.text, json);
    PQclear((PGresult *)(uintptr_t)rows.result);
    arena_free(arena);
}

static void check_value(Oid type, const char *value, const char *json)
{
    const struct cell_column columns[] = {{"id", INT4}, {"value", type}};
    const char *const values[] = {"7", value};
    char whole[256];
    snprintf(whole, sizeof whole, "[{\"id\":7,\"value\":%s}]", json ? json : "");
    check(columns, 2, values, 1, (struct rows_json_columns){.count = 2}, json ? whole : NULL);
}

static void test_rows_json__values_are_written_by_their_types(void **state)
{
    (void)state;
    check_value(BOOL, "t", "true");
    check_value(BOOL, "f", "false");
    check_value(FLOAT8, "121.67488705925643", "121.67488705925643");
    check_value(JSON, "{\"a\": [1]}", "{\"a\": [1]}");
    check_value(UUID, "467a4ee7-0443-0daa-56d7-a4620375e557",
                "\"467a4ee7-0443-0daa-56d7-a4620375e557\"");
    check_value(TEXT, NULL, "null");
    check_value(TEXT, "", "\"\"");
}

static void test_rows_json__texts_are_escaped(void **state)
{
    (void)state;
    check_value(TEXT, "a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\"");
    check_value(TEXT, "\n\x1f", "\"\\u000a\\u001f\"");
    check_value(TEXT, "站点 é </script>", "\"站点 é </script>\"");
}

static void test_rows_json__times_are_rfc_3339_in_utc(void **state)
{
    (void)state;
    check_value(TIMESTAMP, "2026-11-22 10:00:01", "\"2026-11-22T10:00:01.000Z\"");
    check_value(TIMESTAMP, "2026-11-22 10:00:01.5", "\"2026-11-22T10:00:01.500Z\"");
    check_value(TIMESTAMP, "2026-11-22 10:00:01.123999", "\"2026-11-22T10:00:01.123Z\"");
    check_value(TIMESTAMP, "10000-01-01 00:00:00", "\"10000-01-01T00:00:00.000Z\"");
}

static void test_rows_json__what_is_no_such_time_is_refused(void **state)
{
    (void)state;
    check_value(TIMESTAMP, "infinity", NULL);
    check_value(TIMESTAMP, "0044-03-15 12:00:00 BC", NULL);
    check_value(TIMESTAMP, "22.11.2026 10:00:01", NULL);
    check_value(TIMESTAMP, "2026-11-22 10:00:01\"", NULL);
    check_value(TIMESTAMP, "2026-11-22", NULL);
}

static void test_rows_json__dots_make_objects(void **state)
{
    const struct cell_column columns[] = {
        {"id", INT4}, {"site.id", INT4}, {"site.name", TEXT}, {"position.x", INT4}, {"n", INT4}};
    const char *const values[] = {"1", "2", "a", "3", "4", "5", "6", NULL, "7", "8"};
    (void)state;
    check(columns, 5, values, 2, (struct rows_json_columns){.count = 5},
          "[{\"id\":1,\"site\":{\"id\":2,\"name\":\"a\"},\"position\":{\"x\":3},\"n\":4},"
          "{\"id\":5,\"site\":{\"id\":6,\"name\":null},\"position\":{\"x\":7},\"n\":8}]");
    check(columns, 5, values, 1, (struct rows_json_columns){.first = 1, .count = 3},
          "[{\"site\":{\"id\":2,\"name\":\"a\"},\"position\":{\"x\":3}}]");
}

static void test_rows_json__neighbours_of_one_key_make_a_list(void **state)
{
    const struct cell_column columns[] = {{"id", TEXT}, {"who", INT4}, {"n", INT4}};
    const char *const values[] = {"a", "1",  "9", "a", "2", "9", "b", NULL,
                                  "8", "ab", "3", "7", "a", "4", "6"};
    (void)state;
    check(columns, 3, values, 5, (struct rows_json_columns){.count = 3, .list = 1},
          "[{\"id\":\"a\",\"who\":[1,2],\"n\":9},{\"id\":\"b\",\"who\":[],\"n\":8},"
          "{\"id\":\"ab\",\"who\":[3],\"n\":7},{\"id\":\"a\",\"who\":[4],\"n\":6}]");
}

static void test_rows_json__rows_without_a_key_are_left_out(void **state)
{
    const struct cell_column columns[] = {{"id", TEXT}, {"n", INT4}};
    const char *const values[] = {NULL, "1", "b", "2", NULL, "3"};
    (void)state;
    check(columns, 2, values, 3, (struct rows_json_columns){.count = 2},
          "[{\"id\":\"b\",\"n\":2}]");
    check(columns, 2, values, 1, (struct rows_json_columns){.count = 2}, "[]");
    check(columns, 2, values, 0, (struct rows_json_columns){.count = 2}, "[]");
}

static void test_rows_json__begins_an_object_for_more_members(void **state)
{
    const struct cell_column columns[] = {{"day", TEXT}, {"site.id", INT4}, {"rest", INT4}};
    const char *const values[] = {"2026-11-22", "5", "0"};
    struct arena *arena = arena_create(ARENA_BYTES);
    struct db_rows rows = make_rows(columns, 3, values, 1);
    const struct db_rows none = {0, rows.result};
    struct buffer buffer;
    (void)state;
    buffer_init(&buffer, arena, CEILING_BYTES);
    assert_int_equal(rows_json_begin(&buffer, &none, (struct rows_json_columns){.count = 2}), -1);
    assert_int_equal(rows_json_begin(&buffer, &rows, (struct rows_json_columns){.count = 2}), 0);
    assert_string_equal(buffer.text, "{\"day\":\"2026-11-22\",\"site\":{\"id\":5}");
    PQclear((PGresult *)(uintptr_t)rows.result);
    arena_free(arena);
}

static void test_rows_json__columns_that_are_not_there_are_refused(void **state)
{
    const struct cell_column columns[] = {{"id", TEXT}};
    const char *const values[] = {"a"};
    (void)state;
    check(columns, 1, values, 1, (struct rows_json_columns){.count = 2}, NULL);
    check(columns, 1, values, 1, (struct rows_json_columns){.count = 0}, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_json__values_are_written_by_their_types),
        cmocka_unit_test(test_rows_json__texts_are_escaped),
        cmocka_unit_test(test_rows_json__times_are_rfc_3339_in_utc),
        cmocka_unit_test(test_rows_json__what_is_no_such_time_is_refused),
        cmocka_unit_test(test_rows_json__dots_make_objects),
        cmocka_unit_test(test_rows_json__neighbours_of_one_key_make_a_list),
        cmocka_unit_test(test_rows_json__rows_without_a_key_are_left_out),
        cmocka_unit_test(test_rows_json__begins_an_object_for_more_members),
        cmocka_unit_test(test_rows_json__columns_that_are_not_there_are_refused),
    };
    return cmocka_run_group_tests_name("rows_json", tests, NULL, NULL);
}
