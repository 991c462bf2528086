#include "server/resources/import_report.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 64

static int make_room(struct import_report *report)
{
    if (report->count < report->capacity)
        return 0;
    size_t capacity = report->capacity ? 2 * report->capacity : FIRST_CAPACITY;
    struct import_refusal *refusals = arena_alloc(report->arena, capacity * sizeof *refusals);
    if (!refusals)
        return -1;
    if (report->count > 0)
        memcpy(refusals, report->refusals, report->count * sizeof *refusals);
    report->refusals = refusals;
    report->capacity = capacity;
    return 0;
}

int import_report_refusals_of(const struct import_report *report, int row)
{
    int count = 0;
    for (size_t i = report->count; i > 0 && report->refusals[i - 1].row == row; i--)
        count++;
    return count;
}

static int is_said(const struct import_report *report, int row, const char *column)
{
    for (size_t i = report->count; i > 0 && report->refusals[i - 1].row == row; i--) {
        const char *said = report->refusals[i - 1].column;
        if (!column || (said && strcmp(said, column) == 0))
            return 1;
    }
    return 0;
}

int import_report_refuse(struct import_report *report, int row, const char *column,
                         const char *rule, const char *detail)
{
    int order = import_report_refusals_of(report, row);
    if (order == IMPORT_REFUSALS_A_ROW_MAX || is_said(report, row, column))
        return 0;
    const char *copy = arena_strdup(report->arena, detail);
    if (!copy || make_room(report) < 0)
        return -1;
    report->refusals[report->count++] = (struct import_refusal){
        .row = row, .order = order, .column = column, .rule = rule, .detail = copy};
    return 0;
}

static int compare(const void *left, const void *right)
{
    const struct import_refusal *a = left, *b = right;
    return a->row != b->row ? a->row - b->row : a->order - b->order;
}

static void write_text(FILE *out, const char *text)
{
    json_t *value = text ? json_string(text) : json_null();
    if (value)
        json_dumpf(value, out, JSON_ENCODE_ANY);
    else
        fputs("\"\"", out);
    json_decref(value);
}

static void write_refusal(FILE *out, const struct import_refusal *refusal)
{
    fprintf(out, "{\"row\":%d,\"column\":", refusal->row);
    write_text(out, refusal->column);
    fputs(",\"rule\":", out);
    write_text(out, refusal->rule);
    fputs(",\"detail\":", out);
    write_text(out, refusal->detail);
    fputc('}', out);
}

static void write_report(FILE *out, const struct import_report *report)
{
    fprintf(out, "{\"rows\":%d,\"imported\":%d,\"unchanged\":%d,\"refused\":[", report->rows,
            report->imported, report->unchanged);
    for (size_t i = 0; i < report->count; i++) {
        if (i > 0)
            fputc(',', out);
        write_refusal(out, &report->refusals[i]);
    }
    fputs("]}", out);
}

const char *import_report_json(struct import_report *report)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return NULL;
    if (report->count > 0)
        qsort(report->refusals, report->count, sizeof *report->refusals, compare);
    write_report(out, report);
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return arena_defer(report->arena, free, text) == 0 ? text : NULL;
}
