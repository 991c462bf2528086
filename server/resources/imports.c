#include "server/resources/imports.h"

#include "server/app.h"
#include "server/base/csv.h"
#include "server/base/text_encoding.h"
#include "server/http/contract.h"
#include "server/resources/import_chunk.h"
#include "server/resources/import_time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define IMPORT_ROWS_MAX 10000

/* A longer name is not repeated in the refusal. */
#define COLUMN_NAME_BYTES_MAX 200

/** One import on its way through the file. */
struct import {
    struct request *request;
    const struct import_kind *kind;
    struct csv_reader reader;
    size_t column_count;
    const struct import_column *columns[CSV_FIELDS_MAX]; /* in the file's order */
    struct import_report report;
    struct import_chunk chunk;
};

static int fail(const struct import *import)
{
    return problem_set(&import->request->problem, import->request->arena, PROBLEM_INTERNAL,
                       "The server failed.");
}

static const char *said(const struct import *import, const char *english)
{
    return sentence_in(import->request->problem.language, english);
}

static int refuse_file(struct import *import, const char *rule, const char *sentence)
{
    return problem_add(&import->request->problem, import->request->arena, PROBLEM_INVALID_BODY, "",
                       rule, "%s", sentence);
}

static int open_text(struct import *import)
{
    const struct body *body = &import->request->body;
    char *text;
    size_t length;
    int error =
        text_encoding_to_utf8(import->request->arena, body->text, body->text_bytes, &text, &length);
    if (error == TEXT_ENCODING_UNKNOWN)
        return refuse_file(import, "encoding",
                           "The file is neither UTF-8, nor UTF-16 with a byte order mark, nor "
                           "GB18030; save it as \"CSV UTF-8\".");
    if (error < 0)
        return fail(import);
    if (strlen(text) != length)
        return refuse_file(import, "no_control_characters", "The file holds a NUL.");
    csv_reader_init(&import->reader, text, length);
    return 0;
}

/* Without the spaces around it, which nobody sees in a spreadsheet, and with plain line ends
 * inside. Changes the reader's text. */
static const char *tidy(const char *cell)
{
    cell += strspn(cell, " \t\r\n");
    char *to = (char *)cell;
    for (const char *from = cell; *from; from++)
        if (*from != '\r')
            *to++ = *from;
        else if (from[1] != '\n')
            *to++ = '\n';
    while (to > cell && strchr(" \t\n", to[-1]))
        to--;
    *to = '\0';
    return cell;
}

static int refuse_column(struct import *import, const char *rule, const char *what,
                         const char *name)
{
    return problem_add(&import->request->problem, import->request->arena, PROBLEM_INVALID_FIELD, "",
                       rule, "%s \"%s\".", sentence_in(import->request->problem.language, what),
                       strlen(name) <= COLUMN_NAME_BYTES_MAX ? name : "…");
}

static bool has_column(const struct import *import, const struct import_column *column)
{
    for (size_t i = 0; i < import->column_count; i++)
        if (import->columns[i] == column)
            return true;
    return false;
}

static int take_column(struct import *import, const char *name)
{
    const struct import_column *column = import_column_named(import->kind, name);
    if (!column)
        return refuse_column(import, "unknown_column", "There is no column", name);
    if (has_column(import, column))
        return refuse_column(import, "repeated_column", "The column stands there twice:", name);
    import->columns[import->column_count++] = column;
    return 0;
}

static int read_header(struct import *import)
{
    struct csv_record header;
    int result = 0;
    if (csv_read(&import->reader, &header) != 1 || header.field_count > CSV_FIELDS_MAX)
        return refuse_file(import, "header", "The first row must name the columns.");
    for (size_t i = 0; i < header.field_count; i++)
        if (take_column(import, tidy(header.fields[i])) < 0)
            result = -1;
    for (size_t i = 0; i < import->kind->column_count; i++) {
        const struct import_column *column = &import->kind->columns[i];
        if (column->is_required && !has_column(import, column))
            result =
                refuse_column(import, "missing_column", "The file needs the column", column->name);
    }
    return result;
}

/* A number if it is one; else the text, for the schema to refuse. */
static json_t *read_number(const char *cell)
{
    char *end;
    if (strspn(cell, "0123456789+-.eE") != strlen(cell))
        return json_string(cell);
    long long integer = strtoll(cell, &end, 10);
    if (!*end && strlen(cell) < 16)
        return json_integer(integer);
    double number = strtod(cell, &end);
    return *end || !isfinite(number) ? json_string(cell) : json_real(number);
}

static int set_member(json_t *entity, const char *pointer, json_t *value)
{
    const char *child = strchr(pointer + 1, '/');
    if (!child)
        return json_object_set_new(entity, pointer + 1, value);
    size_t length = (size_t)(child - pointer - 1);
    json_t *parent = json_object_getn(entity, pointer + 1, length);
    if (!parent) {
        parent = json_object();
        if (json_object_setn_new(entity, pointer + 1, length, parent) < 0)
            return -1;
    }
    return json_object_set_new(parent, child + 1, value);
}

static int take_cell(struct import *import, struct import_row *row,
                     const struct import_column *column, const char *cell)
{
    if (!*cell)
        return 0;
    const char *local =
        column->cell == IMPORT_TIME ? import_time_local(import->request->arena, cell) : NULL;
    if (local) {
        row->look_ups[column->look_up] = local;
        return 0;
    }
    if (column->cell == IMPORT_LOOK_UP) {
        row->look_ups[column->look_up] = cell;
        return 0;
    }
    return set_member(row->entity, column->pointer,
                      column->cell == IMPORT_NUMBER ? read_number(cell) : json_string(cell));
}

static int take_record(struct import *import, const struct csv_record *record)
{
    int number = import->reader.row;
    if (record->field_count != import->column_count) {
        const char *sentence =
            arena_printf(import->request->arena,
                         sentence_in(import->request->problem.language,
                                     "The row has %zu cells; the header names %zu."),
                         record->field_count, import->column_count);
        return import_report_refuse(&import->report, number, NULL, "cell_count",
                                    sentence ? sentence : "");
    }
    struct import_row *row = import_chunk_add(&import->chunk, number);
    for (size_t i = 0; row && i < record->field_count; i++)
        if (take_cell(import, row, import->columns[i], tidy(record->fields[i])) < 0)
            return -1;
    return row ? 0 : -1;
}

static int take_broken_record(struct import *import, int error)
{
    return import_report_refuse(
        &import->report, import->reader.row, NULL, "csv",
        error == CSV_UNTERMINATED
            ? said(import, "A quoted cell never ends; what follows was not read.")
            : said(import, "Text follows the quote that ends a cell."));
}

static int take_next(struct import *import, const struct csv_record *record, int outcome)
{
    if (import->reader.row > IMPORT_ROWS_MAX + 1)
        return problem_add(&import->request->problem, import->request->arena, PROBLEM_INVALID_FIELD,
                           "", "max_rows", "The file has more than %d rows; nothing was imported.",
                           IMPORT_ROWS_MAX);
    if (outcome > 0 && csv_record_is_blank(record))
        return 0;
    import->report.rows++;
    int result = outcome < 0 ? take_broken_record(import, outcome) : take_record(import, record);
    if (result < 0)
        return fail(import);
    return import->chunk.count == IMPORT_CHUNK_ROWS ? import_chunk_finish(&import->chunk) : 0;
}

static int read_rows(struct import *import)
{
    struct csv_record record;
    int outcome;
    int result = 0;
    while (result == 0 && (outcome = csv_read(&import->reader, &record)) != 0)
        result = take_next(import, &record, outcome);
    return result == 0 ? import_chunk_finish(&import->chunk) : result;
}

static int run(struct import *import)
{
    const struct contract_operation *operation =
        contract_operation_named(import->request->app->contract, import->kind->operation_id);
    if (!operation)
        return fail(import);
    import->report.arena = import->request->arena;
    import->chunk.request = import->request;
    import->chunk.kind = import->kind;
    import->chunk.schema = operation->body;
    import->chunk.report = &import->report;
    if (open_text(import) < 0 || read_header(import) < 0)
        return -1;
    int result = read_rows(import);
    import_chunk_clear(&import->chunk);
    return result;
}

/* A dry run does all that an import does, and takes it back. */
static int run_as_asked(struct import *import)
{
    const char *dry_run = request_query(import->request, "dry_run");
    bool is_trial = dry_run && strcmp(dry_run, "true") == 0;
    struct db *db = import->request->db;
    if (is_trial && import_trial_begin(db) < 0)
        return -1;
    int result = run(import);
    return result == 0 && is_trial ? import_trial_undo(db) : result;
}

static int import_file(struct request *request, struct response *response,
                       const struct import_kind *kind)
{
    struct import *import = arena_alloc(request->arena, sizeof *import);
    if (!import)
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "The server failed.");
    import->request = request;
    import->kind = kind;
    if (run_as_asked(import) < 0)
        return -1;
    const char *json = import_report_json(&import->report);
    if (!json)
        return fail(import);
    response_json(response, 200, json);
    return 0;
}

int import_customers(struct request *request, struct response *response)
{
    return import_file(request, response, &import_customer_kind);
}

int import_sites(struct request *request, struct response *response)
{
    return import_file(request, response, &import_site_kind);
}

int import_assets(struct request *request, struct response *response)
{
    return import_file(request, response, &import_asset_kind);
}

int import_work_orders(struct request *request, struct response *response)
{
    return import_file(request, response, &import_work_order_kind);
}
