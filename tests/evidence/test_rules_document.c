/* docs/evidence-rules.md lists every finding and every threshold; here both lists are compared. */
#include "checks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOCUMENT_MAX_BYTES 200000

static char *document;

static int read_document(void **state)
{
    FILE *file = fopen(RULES_DOCUMENT, "rb");
    size_t length = 0;

    (void)state;
    document = malloc(DOCUMENT_MAX_BYTES);
    if (file == NULL || document == NULL)
        return -1;
    length = fread(document, 1, DOCUMENT_MAX_BYTES - 1, file);
    document[length] = '\0';
    return fclose(file);
}

static int drop_document(void **state)
{
    (void)state;
    free(document);
    return 0;
}

/* Rows of the tables look like "| `name` | …"; where one of them begins, and how many there are. */
static const char *row_of(const char *name)
{
    char start[80];
    const char *row = NULL;

    (void)snprintf(start, sizeof(start), "\n| `%s` |", name);
    row = strstr(document, start);
    if (row == NULL)
        fail_msg("the document has no row for %s", name);
    assert_null(strstr(row + 1, start));
    return row + 1;
}

static size_t row_count(void)
{
    size_t count = 0;

    for (const char *at = document; (at = strstr(at, "\n| `")) != NULL; at++)
        count++;
    return count;
}

static void check_row(const char *name, const char *expected)
{
    const char *row = row_of(name);

    if (strncmp(row, expected, strlen(expected)) != 0)
        fail_msg("the row should begin with\n%s\nand is\n%.*s", expected, (int)strcspn(row, "\n"),
                 row);
}

static void test_findings__are_documented_as_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < EVIDENCE_CODE_COUNT; i++) {
        const struct evidence_code_entry *entry = &evidence_codes[i];
        char expected[400];

        (void)snprintf(expected, sizeof(expected), "| `%s` | %s | %s | %s%s|", entry->name,
                       evidence_severity_name(entry->severity),
                       evidence_verdict_name(entry->effect), entry->numbers,
                       entry->numbers[0] != '\0' ? " " : "");
        check_row(entry->name, expected);
    }
}

static void test_thresholds__are_documented_as_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < EVIDENCE_THRESHOLD_COUNT; i++) {
        const struct evidence_threshold *threshold = &evidence_thresholds[i];
        char expected[200];

        (void)snprintf(expected, sizeof(expected), "| `%s` | %.10g%s%s | %.10g to %.10g |",
                       threshold->name, threshold->standard, threshold->unit[0] ? " " : "",
                       threshold->unit, threshold->min, threshold->max);
        check_row(threshold->name, expected);
    }
}

static void test_document__lists_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(row_count(), EVIDENCE_CODE_COUNT + EVIDENCE_THRESHOLD_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings__are_documented_as_they_are),
        cmocka_unit_test(test_thresholds__are_documented_as_they_are),
        cmocka_unit_test(test_document__lists_nothing_else),
    };

    return cmocka_run_group_tests(tests, read_document, drop_document);
}
