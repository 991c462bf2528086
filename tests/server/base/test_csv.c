#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/csv.h"

#include <stdio.h>
#include <string.h>

#define TEXT_BYTES 1024

/* Writes each record as "row:field|field;" and each error as "row!error;". */
static const char *read_all(const char *csv, char text[TEXT_BYTES], char written[TEXT_BYTES])
{
    struct csv_reader reader;
    struct csv_record record;
    int outcome;
    size_t used = 0;
    assert_true(strlen(csv) < TEXT_BYTES);
    snprintf(text, TEXT_BYTES, "%s", csv);
    written[0] = '\0';
    csv_reader_init(&reader, text, strlen(csv));
    while ((outcome = csv_read(&reader, &record)) != 0) {
        used += (size_t)snprintf(written + used, TEXT_BYTES - used, outcome < 0 ? "%d!%d" : "%d",
                                 reader.row, -outcome);
        for (size_t i = 0; outcome > 0 && i < record.field_count; i++)
            used += (size_t)snprintf(written + used, TEXT_BYTES - used, "%c%s", i ? '|' : ':',
                                     record.fields[i]);
        used += (size_t)snprintf(written + used, TEXT_BYTES - used, ";");
    }
    return written;
}

static void expect(const char *csv, const char *records)
{
    char text[TEXT_BYTES], written[TEXT_BYTES];
    assert_string_equal(read_all(csv, text, written), records);
}

static void test_csv__records_end_with_any_line_end(void **state)
{
    (void)state;
    expect("a,b\r\nc,d\ne,f\rg,h", "1:a|b;2:c|d;3:e|f;4:g|h;");
    expect("a\n", "1:a;");
    expect("", "");
    expect("\r\n\r\n", "1:;2:;");
    expect("a,\r\n,b\r\n,", "1:a|;2:|b;3:|;");
}

static void test_csv__quotes_keep_what_separates(void **state)
{
    (void)state;
    expect("\"a,b\",\"c\r\nd\"\r\nx", "1:a,b|c\r\nd;2:x;");
    expect("\"say \"\"yes\"\"\",\"\"", "1:say \"yes\"|;");
    expect("\"\"\"\"", "1:\";");
    expect("\"a\"\r\"b\"", "1:a;2:b;");
}

static void test_csv__a_quote_inside_of_a_plain_field_stands_for_itself(void **state)
{
    (void)state;
    expect("5\" pipe,a\"b\"c\n", "1:5\" pipe|a\"b\"c;");
}

static void test_csv__text_after_a_quote_costs_its_line(void **state)
{
    (void)state;
    expect("\"a\"b,c\r\nd\n", "1!2;2:d;");
    expect("x,\"a\" \nd", "1!2;2:d;");
}

static void test_csv__an_open_quote_costs_the_rest(void **state)
{
    (void)state;
    expect("a\n\"b\nc,d\n", "1:a;2!1;");
    expect("\"", "1!1;");
    expect("\"a\"\"", "1!1;");
}

static void test_csv__fields_past_the_ceiling_are_counted(void **state)
{
    (void)state;
    char text[CSV_FIELDS_MAX + 3];
    struct csv_reader reader;
    struct csv_record record;
    memset(text, ',', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    csv_reader_init(&reader, text, sizeof text - 1);
    assert_int_equal(csv_read(&reader, &record), 1);
    assert_int_equal(record.field_count, CSV_FIELDS_MAX + 3);
    assert_false(csv_record_is_blank(&record));
    assert_int_equal(csv_read(&reader, &record), 0);
}

static void test_csv__a_record_of_commas_is_blank(void **state)
{
    (void)state;
    char text[] = ",,\n,x,\n";
    struct csv_reader reader;
    struct csv_record record;
    csv_reader_init(&reader, text, strlen(text));
    assert_int_equal(csv_read(&reader, &record), 1);
    assert_true(csv_record_is_blank(&record));
    assert_int_equal(csv_read(&reader, &record), 1);
    assert_false(csv_record_is_blank(&record));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv__records_end_with_any_line_end),
        cmocka_unit_test(test_csv__quotes_keep_what_separates),
        cmocka_unit_test(test_csv__a_quote_inside_of_a_plain_field_stands_for_itself),
        cmocka_unit_test(test_csv__text_after_a_quote_costs_its_line),
        cmocka_unit_test(test_csv__an_open_quote_costs_the_rest),
        cmocka_unit_test(test_csv__fields_past_the_ceiling_are_counted),
        cmocka_unit_test(test_csv__a_record_of_commas_is_blank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
