#include "server/base/csv_writer.h"

#include "server/base/macros.h"

#include <string.h>

static void begin_field(struct csv_writer *writer)
{
    if (writer->has_field)
        buffer_append(writer->out, ",", 1);
    writer->has_field = true;
}

/* -12, +3.5 and 1e-3 are numbers; so is nothing else that a formula could begin with. */
static bool is_number(const char *text)
{
    const char *at = text + strspn(text, "+-");
    size_t whole = strspn(at, "0123456789");
    if (at - text > 1 || whole == 0)
        return false;
    at += whole;
    if (*at == '.') {
        size_t fraction = strspn(at + 1, "0123456789");
        if (fraction == 0)
            return false;
        at += 1 + fraction;
    }
    return *at == '\0';
}

/* Spaces before a formula do not keep every spreadsheet from reading it. */
static bool begins_formula(const char *text)
{
    static const char *const fullwidth[] = {"＝", "＋", "－", "＠"};
    const char *at = text + strspn(text, " ");
    if (*at && strchr("=+-@\t\r\n", *at))
        return !is_number(text);
    for (size_t i = 0; i < ARRAY_LENGTH(fullwidth); i++)
        if (strncmp(at, fullwidth[i], strlen(fullwidth[i])) == 0)
            return true;
    return false;
}

void csv_add_text(struct csv_writer *writer, const char *text)
{
    begin_field(writer);
    if (!text)
        return;
    buffer_append_text(writer->out, begins_formula(text) ? "\"'" : "\"");
    for (const char *at = text; *at;) {
        size_t plain = strcspn(at, "\"");
        buffer_append(writer->out, at, plain);
        at += plain;
        if (*at == '"') {
            buffer_append(writer->out, "\"\"", 2);
            at++;
        }
    }
    buffer_append(writer->out, "\"", 1);
}

void csv_add_number(struct csv_writer *writer, const char *number)
{
    begin_field(writer);
    buffer_append_text(writer->out, number ? number : "");
}

void csv_end_record(struct csv_writer *writer)
{
    buffer_append(writer->out, "\r\n", 2);
    writer->has_field = false;
}
