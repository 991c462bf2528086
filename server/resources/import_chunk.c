#include "server/resources/import_chunk.h"

#include "server/base/buffer.h"
#include "server/base/hex.h"
#include "server/canonical/canonical_json.h"
#include "server/resources/derived_id.h"
#include "server/resources/json_fields.h"
#include "server/resources/master_data.h"

#include <stdlib.h>
#include <string.h>

/* One chunk's texts, released with it: rows of the longest cells that the contract allows. */
#define CHUNK_MEMORY_BYTES ((size_t)32 * 1024 * 1024)

/* Longer than any text that stands for something; such a one is unknown without asking. */
#define LOOK_UP_BYTES_MAX 200

/** What one chunk needs while it is being finished. */
struct pass {
    struct import_chunk *chunk;
    struct arena *arena;
    struct db_rows known[IMPORT_LOOK_UPS_MAX];
    struct buffer good; /* the rows to insert, as a JSON array */
};

struct import_row *import_chunk_add(struct import_chunk *chunk, int number)
{
    struct import_row *row = &chunk->rows[chunk->count];
    *row = (struct import_row){.number = number, .entity = json_object()};
    if (!row->entity)
        return NULL;
    chunk->count++;
    return row;
}

void import_chunk_clear(struct import_chunk *chunk)
{
    for (int i = 0; i < chunk->count; i++)
        json_decref(chunk->rows[i].entity);
    chunk->count = 0;
}

static int fail(const struct pass *pass)
{
    return problem_set(&pass->chunk->request->problem, pass->chunk->request->arena,
                       PROBLEM_INTERNAL, "The server failed.");
}

/* In the reader's language. */
__attribute__((format_arg(2))) static const char *said(const struct pass *pass, const char *english)
{
    return sentence_in(pass->chunk->request->problem.language, english);
}

static int refuse(const struct pass *pass, const struct import_row *row, const char *column,
                  const char *rule, const char *detail)
{
    return import_report_refuse(pass->chunk->report, row->number, column, rule,
                                said(pass, detail ? detail : "This value is not allowed."));
}

static int look_up(struct pass *pass, int index)
{
    const struct import_chunk *chunk = pass->chunk;
    const char *texts[IMPORT_CHUNK_ROWS];
    size_t count = 0;
    for (int i = 0; i < chunk->count; i++) {
        const char *text = chunk->rows[i].look_ups[index];
        if (text && strlen(text) <= LOOK_UP_BYTES_MAX)
            texts[count++] = text;
    }
    return import_look_up(chunk->request->db, pass->arena, chunk->kind->queries->look_ups[index],
                          &chunk->request->actor.org_id, texts, count, &pass->known[index]);
}

static const char *find_known(const struct db_rows *known, const char *text)
{
    for (int i = 0; i < known->count; i++)
        if (strcmp(db_value(known, i, 0), text) == 0)
            return db_value(known, i, 1);
    return NULL;
}

/* Puts what a text stands for into the entity. An unknown one is refused, and a stand-in keeps the
 * schema from refusing it once more. */
static int resolve(struct pass *pass, struct import_row *row, const struct import_column *column)
{
    static const char stand_in[] = "ffffffff-ffff-4fff-bfff-ffffffffffff";
    const char *text = row->look_ups[column->look_up];
    if (!text)
        return 0;
    const char *value = find_known(&pass->known[column->look_up], text);
    json_t *member = json_string(value ? value : stand_in);
    if (!value && column->cell == IMPORT_TIME) {
        json_decref(member); /* of a site that is unknown, which is refused by itself */
        return 0;
    }
    json_object_set_new(row->entity, column->pointer + 1,
                        column->is_list ? json_pack("[o]", member) : member);
    if (value)
        return 0;
    const char *quoted = strlen(text) <= LOOK_UP_BYTES_MAX ? text : "…";
    return refuse(pass, row, column->name, column->look_up_rule,
                  arena_printf(pass->arena, said(pass, "There is no %s: \"%s\"."),
                               said(pass, column->look_up_what), quoted));
}

static bool has_member(const json_t *entity, const char *pointer)
{
    const char *child = strchr(pointer + 1, '/');
    if (!child)
        return json_object_get(entity, pointer + 1) != NULL;
    const json_t *parent = json_object_getn(entity, pointer + 1, (size_t)(child - pointer - 1));
    return json_object_get(parent, child + 1) != NULL;
}

static bool stands_for_something(const struct import_column *column)
{
    return column->cell == IMPORT_LOOK_UP || column->cell == IMPORT_TIME;
}

static int check_columns(struct pass *pass, struct import_row *row)
{
    const struct import_kind *kind = pass->chunk->kind;
    for (size_t i = 0; i < kind->column_count; i++) {
        const struct import_column *column = &kind->columns[i];
        if (stands_for_something(column) && resolve(pass, row, column) < 0)
            return fail(pass);
        if (column->is_required && !has_member(row->entity, column->pointer) &&
            refuse(pass, row, column->name, "required", "The cell is empty.") < 0)
            return fail(pass);
    }
    return 0;
}

static int report_problem(struct pass *pass, const struct import_row *row,
                          const struct problem *problem)
{
    for (size_t i = 0; i < problem->error_count; i++) {
        const struct problem_error *error = &problem->errors[i];
        const struct import_column *column = import_column_at(pass->chunk->kind, error->pointer);
        if (refuse(pass, row, column ? column->name : NULL, error->rule, error->detail) < 0)
            return fail(pass);
    }
    return 0;
}

static int check_schema(struct pass *pass, const struct import_row *row)
{
    struct problem problem = {.language = pass->chunk->request->problem.language};
    if (schema_check(pass->chunk->schema, row->entity, "", PROBLEM_INVALID_FIELD, pass->arena,
                     &problem) == 0)
        return 0;
    return report_problem(pass, row, &problem);
}

static int set_id(struct pass *pass, const struct import_row *row)
{
    const struct import_kind *kind = pass->chunk->kind;
    const char *key = json_field_text(row->entity, kind->key);
    struct uuid id;
    char text[UUID_TEXT_BYTES];
    if (json_object_get(row->entity, "id"))
        return 0;
    if (derived_id(&pass->chunk->request->actor.org_id, kind->noun, key ? key : "", &id) < 0)
        return fail(pass);
    uuid_format(&id, text);
    return json_object_set_new(row->entity, "id", json_string(text)) < 0 ? fail(pass) : 0;
}

/* Runs the resource's own checks. What they refuse is this row's, and not the request's. */
static int make_columns(struct pass *pass, const struct import_row *row, json_t *columns)
{
    const struct import_chunk *chunk = pass->chunk;
    struct problem *problem = &chunk->request->problem;
    if (!chunk->kind->make_row || chunk->kind->make_row(chunk->request, NULL, columns) == 0)
        return 0;
    if (problem->type != PROBLEM_INVALID_FIELD)
        return -1;
    struct problem refused = *problem;
    problem_clear(problem);
    return report_problem(pass, row, &refused);
}

static int append_row(struct pass *pass, const struct import_row *row, const json_t *columns)
{
    char *text, digest[65];
    size_t length;
    uint8_t sha256[32];
    if (master_content_sha256(pass->chunk->request, row->entity, sha256) < 0 ||
        canonical_json_dump(columns, &text, &length) < 0)
        return fail(pass);
    hex_encode(sha256, sizeof sha256, digest);
    buffer_printf(&pass->good, "%s{\"row\":%d,\"content_sha256\":\"%s\",\"entity\":",
                  pass->good.length > 1 ? "," : "", row->number, digest);
    buffer_append(&pass->good, text, length);
    buffer_append(&pass->good, "}", 1);
    free(text);
    return 0;
}

static int take_row(struct pass *pass, struct import_row *row)
{
    const struct import_report *report = pass->chunk->report;
    if (set_id(pass, row) < 0 || check_columns(pass, row) < 0 || check_schema(pass, row) < 0)
        return -1;
    if (import_report_refusals_of(report, row->number) > 0)
        return 0;
    json_t *columns = json_copy(row->entity);
    int result = columns ? make_columns(pass, row, columns) : fail(pass);
    if (result == 0 && import_report_refusals_of(report, row->number) == 0)
        result = append_row(pass, row, columns);
    json_decref(columns);
    return result;
}

static int report_outcome(struct pass *pass, int number, const char *outcome)
{
    struct import_report *report = pass->chunk->report;
    const struct import_kind *kind = pass->chunk->kind;
    if (strcmp(outcome, "imported") == 0)
        report->imported++;
    else if (strcmp(outcome, "unchanged") == 0)
        report->unchanged++;
    else if (strcmp(outcome, "content_conflict") == 0)
        return import_report_refuse(
            report, number, "id", "content_conflict",
            said(pass, "This id exists with other content; nothing was changed."));
    else
        return import_report_refuse(
            report, number, kind->key, "duplicate",
            arena_printf(report->arena,
                         said(pass, "There is a %s of this %s with other content; nothing was "
                                    "changed."),
                         said(pass, kind->noun), said(pass, kind->key)));
    return 0;
}

static int insert(struct pass *pass)
{
    struct db_rows rows;
    const struct import_chunk *chunk = pass->chunk;
    buffer_append(&pass->good, "]", 1);
    if (pass->good.failed)
        return fail(pass);
    if (import_insert(chunk->request->db, pass->arena, chunk->kind->queries,
                      &chunk->request->actor.org_id, &chunk->request->actor.user_id,
                      pass->good.text, &rows) < 0)
        return -1;
    for (int i = 0; i < rows.count; i++)
        if (report_outcome(pass, (int)db_integer(&rows, i, 0), db_value(&rows, i, 1)) < 0)
            return fail(pass);
    return 0;
}

/* What a clock shows means something together with the place where it hangs. */
static void place_times(struct pass *pass, struct import_row *row)
{
    const struct import_kind *kind = pass->chunk->kind;
    for (size_t i = 0; i < kind->column_count; i++) {
        const struct import_column *column = &kind->columns[i];
        const char **text = &row->look_ups[column->look_up];
        if (column->cell == IMPORT_TIME && *text)
            *text = row->look_ups[0]
                        ? arena_printf(pass->arena, "%s\x1f%s", *text, row->look_ups[0])
                        : NULL;
    }
}

static int finish(struct pass *pass)
{
    struct import_chunk *chunk = pass->chunk;
    buffer_init(&pass->good, pass->arena, CHUNK_MEMORY_BYTES);
    buffer_append(&pass->good, "[", 1);
    for (int i = 0; i < chunk->count; i++)
        place_times(pass, &chunk->rows[i]);
    for (int i = 0; i < IMPORT_LOOK_UPS_MAX && chunk->kind->queries->look_ups[i]; i++)
        if (look_up(pass, i) < 0)
            return -1;
    for (int i = 0; i < chunk->count; i++)
        if (take_row(pass, &chunk->rows[i]) < 0)
            return -1;
    return insert(pass);
}

int import_chunk_finish(struct import_chunk *chunk)
{
    struct pass pass = {.chunk = chunk, .arena = arena_create(CHUNK_MEMORY_BYTES)};
    int result = pass.arena ? finish(&pass) : fail(&pass);
    import_chunk_clear(chunk);
    arena_free(pass.arena);
    return result;
}
