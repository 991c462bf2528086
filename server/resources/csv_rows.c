#include "server/resources/csv_rows.h"

#include "server/base/buffer.h"

#include <stdlib.h>
#include <string.h>

#define CELL_CEILING_BYTES ((size_t)64 * 1024)

static const json_t *member(const json_t *value, const char *path, size_t length)
{
    char name[64];
    if (length >= sizeof name)
        return NULL;
    memcpy(name, path, length);
    name[length] = '\0';
    return json_object_get(value, name);
}

static void add_scalar(struct buffer *cell, const json_t *value)
{
    if (json_is_string(value)) {
        buffer_append_text(cell, json_string_value(value));
    } else if (json_is_integer(value)) {
        char number[24];
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        buffer_append_text(cell, number);
    } else if (value && !json_is_null(value)) {
        char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15));
        buffer_append_text(cell, text ? text : "");
        free(text);
    }
}

/* What stands at the path, several values with "; " between. */
static void gather(struct buffer *cell, const json_t *value, const char *path)
{
    while (*path) {
        size_t length = strcspn(path, "/");
        const char *rest = path + length + (path[length] == '/');
        if (*path == '*') {
            size_t i;
            json_t *element;
            json_array_foreach((json_t *)value, i, element)
            {
                buffer_append_text(cell, i > 0 ? "; " : "");
                gather(cell, element, rest);
            }
            return;
        }
        value = member(value, path, length);
        path = rest;
    }
    add_scalar(cell, value);
}

static void write_cell(struct csv_writer *writer, struct buffer *cell, const json_t *item,
                       const char *path)
{
    const json_t *value = item;
    for (const char *at = path; value && *at != '*' && *at;) {
        size_t length = strcspn(at, "/");
        value = member(value, at, length);
        at += length + (at[length] == '/');
    }
    cell->length = 0;
    cell->text[0] = '\0';
    gather(cell, item, path);
    if (cell->failed)
        writer->out->failed = true;
    else if (json_is_number(value))
        csv_add_number(writer, cell->text);
    else
        csv_add_text(writer, json_is_null(value) ? NULL : cell->length > 0 ? cell->text : "");
}

static void write_finding_counts(struct csv_writer *writer, const struct csv_rows *rows,
                                 const json_t *item)
{
    const json_t *findings = json_object_get(json_object_get(item, "figures"), "findings");
    json_int_t numbers[ARRAY_LENGTH(rows->codes)] = {0};
    size_t i;
    json_t *finding;
    json_array_foreach((json_t *)findings, i, finding)
    {
        const char *name = json_string_value(json_object_get(finding, "code"));
        for (size_t code = 0; name && code < rows->code_count; code++)
            if (strcmp(name, rows->codes[code]) == 0)
                numbers[code] = json_integer_value(json_object_get(finding, rows->of_what[code]));
    }
    for (size_t code = 0; code < rows->code_count; code++) {
        char number[24];
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, numbers[code]);
        csv_add_number(writer, number);
    }
}

/* A column for each code of the total that was found about any photo, and about any visit. */
static int note_codes(struct csv_rows *rows, struct arena *arena, const json_t *answer)
{
    static const char *const subjects[] = {"photos", "visits"};
    const json_t *total = json_object_get(answer, "total");
    size_t i;
    json_t *finding;
    if (!rows->table->counts_findings)
        return 0;
    json_array_foreach(json_object_get(total, "findings"), i, finding)
    {
        const char *code = json_string_value(json_object_get(finding, "code"));
        for (size_t s = 0; s < ARRAY_LENGTH(subjects); s++) {
            if (!code || rows->code_count == ARRAY_LENGTH(rows->codes) ||
                json_integer_value(json_object_get(finding, subjects[s])) == 0)
                continue;
            rows->of_what[rows->code_count] = subjects[s];
            rows->codes[rows->code_count] = arena_strdup(arena, code);
            if (!rows->codes[rows->code_count++])
                return -1;
        }
    }
    return 0;
}

void csv_rows_begin(struct csv_rows *rows, struct arena *arena, const json_t *answer,
                    struct csv_writer *writer)
{
    if (note_codes(rows, arena, answer) < 0) {
        writer->out->failed = true;
        return;
    }
    buffer_append_text(writer->out, CSV_BYTE_ORDER_MARK);
    for (size_t i = 0; i < rows->table->column_count; i++)
        csv_add_text(writer, rows->table->columns[i].title[rows->language]);
    for (size_t i = 0; i < rows->code_count; i++)
        csv_add_text(writer,
                     arena_printf(writer->out->arena, "%s (%s)", rows->codes[i], rows->of_what[i]));
    csv_end_record(writer);
}

static void write_record(const struct csv_rows *rows, const json_t *item, struct buffer *cell,
                         struct csv_writer *writer)
{
    for (size_t column = 0; column < rows->table->column_count; column++)
        write_cell(writer, cell, item, rows->table->columns[column].path);
    write_finding_counts(writer, rows, item);
    csv_end_record(writer);
}

static void say_what_is_left_out(const struct csv_rows *rows, struct csv_writer *writer)
{
    csv_add_text(
        writer,
        arena_printf(writer->out->arena,
                     sentence_in(rows->language,
                                 "Only the first %lld rows; narrow the filters for the others."),
                     (long long)rows->most));
    csv_end_record(writer);
}

bool csv_rows_write(struct csv_rows *rows, const json_t *items, bool are_more,
                    struct csv_writer *writer)
{
    struct buffer cell;
    size_t i;
    json_t *item;
    bool has_rest = false;
    buffer_init(&cell, writer->out->arena, CELL_CEILING_BYTES);
    if (cell.failed)
        writer->out->failed = true;
    json_array_foreach((json_t *)items, i, item)
    {
        if (writer->out->failed)
            return true;
        if (rows->count == rows->most) {
            has_rest = true;
            break;
        }
        write_record(rows, item, &cell, writer);
        rows->count++;
    }
    if (!has_rest && !(are_more && rows->count == rows->most))
        return true;
    say_what_is_left_out(rows, writer);
    return false;
}
