#include "server/base/clock.h"
#include "server/base/hex.h"
#include "server/store/db_internal.h"

#include <assert.h>
#include <stdlib.h>

const char *db_value(const struct db_rows *rows, int row, int column)
{
    const PGresult *result = rows->result;
    return PQgetisnull(result, row, column) ? NULL : PQgetvalue(result, row, column);
}

int64_t db_affected(const struct db_rows *rows)
{
    /* PQcmdTuples only reads, but its prototype predates const. */
    return strtoll(PQcmdTuples((PGresult *)(uintptr_t)rows->result), NULL, 10);
}

int64_t db_integer(const struct db_rows *rows, int row, int column)
{
    const char *text = db_value(rows, row, column);
    return text ? strtoll(text, NULL, 10) : 0;
}

bool db_boolean(const struct db_rows *rows, int row, int column)
{
    const char *text = db_value(rows, row, column);
    return text && text[0] == 't';
}

void db_add_text(struct db_parameters *parameters, const char *text)
{
    assert(parameters->count < DB_PARAMETERS_MAX);
    parameters->values[parameters->count++] = text;
}

/* For texts the arena made: NULL means that it had no room. */
static void add_made(struct db_parameters *parameters, const char *text)
{
    if (!text)
        parameters->failed = true;
    db_add_text(parameters, text);
}

void db_add_uuid(struct db_parameters *parameters, struct arena *arena, const struct uuid *uuid)
{
    char *text = arena_alloc(arena, UUID_TEXT_BYTES);
    if (text)
        uuid_format(uuid, text);
    add_made(parameters, text);
}

void db_add_integer(struct db_parameters *parameters, struct arena *arena, int64_t value)
{
    add_made(parameters, arena_printf(arena, "%lld", (long long)value));
}

void db_add_double(struct db_parameters *parameters, struct arena *arena, double value)
{
    add_made(parameters, arena_printf(arena, "%.17g", value));
}

void db_add_time(struct db_parameters *parameters, struct arena *arena, int64_t time_ms)
{
    char *text = arena_alloc(arena, CLOCK_TEXT_BYTES);
    if (text)
        clock_format_rfc3339(time_ms, text);
    add_made(parameters, text);
}

void db_add_boolean(struct db_parameters *parameters, bool value)
{
    db_add_text(parameters, value ? "true" : "false");
}

void db_add_bytes(struct db_parameters *parameters, struct arena *arena, const uint8_t *bytes,
                  size_t length)
{
    char *text = arena_alloc(arena, 2 * length + 3);
    if (text) {
        text[0] = '\\';
        text[1] = 'x';
        hex_encode(bytes, length, text + 2);
    }
    add_made(parameters, text);
}
