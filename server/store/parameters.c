#include "server/store/parameters.h"

#include "server/base/buffer.h"

#define ARRAY_CEILING_BYTES ((size_t)1024 * 1024)

struct db_parameters db_key(struct arena *arena, const struct uuid *org_id, const struct uuid *id)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_uuid(&parameters, arena, id);
    return parameters;
}

/* An exhausted arena leaves a literal that PostgreSQL refuses, so nothing wrong is ever stored. */
static const char *const UNREADABLE = "{";

static void append_quoted(struct buffer *buffer, const char *value)
{
    buffer_append(buffer, "\"", 1);
    for (const char *c = value; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            buffer_append(buffer, "\\", 1);
        buffer_append(buffer, c, 1);
    }
    buffer_append(buffer, "\"", 1);
}

void db_add_text_array(struct db_parameters *parameters, struct arena *arena,
                       const char *const *values, size_t count)
{
    struct buffer buffer;
    buffer_init(&buffer, arena, ARRAY_CEILING_BYTES);
    buffer_append(&buffer, "{", 1);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_append(&buffer, ",", 1);
        append_quoted(&buffer, values[i]);
    }
    buffer_append(&buffer, "}", 1);
    db_add_text(parameters, buffer.failed ? UNREADABLE : buffer.text);
}

void db_add_uuid_array(struct db_parameters *parameters, struct arena *arena,
                       const struct uuid *values, size_t count)
{
    struct buffer buffer;
    buffer_init(&buffer, arena, ARRAY_CEILING_BYTES);
    buffer_append(&buffer, "{", 1);
    for (size_t i = 0; i < count; i++) {
        char text[UUID_TEXT_BYTES];
        uuid_format(&values[i], text);
        if (i > 0)
            buffer_append(&buffer, ",", 1);
        buffer_append_text(&buffer, text);
    }
    buffer_append(&buffer, "}", 1);
    db_add_text(parameters, buffer.failed ? UNREADABLE : buffer.text);
}

void db_add_optional_uuid(struct db_parameters *parameters, struct arena *arena,
                          const struct uuid *uuid)
{
    if (uuid)
        db_add_uuid(parameters, arena, uuid);
    else
        db_add_text(parameters, NULL);
}

void db_add_optional_double(struct db_parameters *parameters, struct arena *arena, bool present,
                            double value)
{
    if (present)
        db_add_double(parameters, arena, value);
    else
        db_add_text(parameters, NULL);
}

void db_add_optional_integer(struct db_parameters *parameters, struct arena *arena, bool present,
                             int64_t value)
{
    if (present)
        db_add_integer(parameters, arena, value);
    else
        db_add_text(parameters, NULL);
}

void db_add_all(struct db_parameters *parameters, const struct db_parameters *more)
{
    for (int i = 0; i < more->count; i++)
        db_add_text(parameters, more->values[i]);
    parameters->failed = parameters->failed || more->failed;
}
