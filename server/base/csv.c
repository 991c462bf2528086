#include "server/base/csv.h"

#include <string.h>

void csv_reader_init(struct csv_reader *reader, char *text, size_t length)
{
    *reader = (struct csv_reader){.at = text, .end = text + length};
}

static bool is_line_end(char c)
{
    return c == '\r' || c == '\n';
}

static void skip_line_end(struct csv_reader *reader)
{
    if (reader->at < reader->end && *reader->at == '\r')
        reader->at++;
    else if (reader->at == reader->end || *reader->at != '\n')
        return;
    if (reader->at < reader->end && *reader->at == '\n')
        reader->at++;
}

static void skip_line(struct csv_reader *reader)
{
    while (reader->at < reader->end && !is_line_end(*reader->at))
        reader->at++;
    skip_line_end(reader);
}

/* Moves the field to the place of its opening quote, without its quotes. */
static int read_quoted(struct csv_reader *reader, char **ret_end)
{
    char *to = reader->at;
    char *from = reader->at + 1;
    while (from < reader->end) {
        if (*from == '"' && from[1] != '"') {
            reader->at = from + 1;
            *ret_end = to;
            return 0;
        }
        from += *from == '"';
        *to++ = *from++;
    }
    reader->at = reader->end;
    return CSV_UNTERMINATED;
}

static void read_plain(struct csv_reader *reader, char **ret_end)
{
    while (reader->at < reader->end && *reader->at != ',' && !is_line_end(*reader->at))
        reader->at++;
    *ret_end = reader->at;
}

/* Reads one field and what ends it. 1: another field follows; 0: the record ends. */
static int read_field(struct csv_reader *reader, const char **ret)
{
    char *field = reader->at;
    char *field_end;
    if (*reader->at == '"') {
        if (read_quoted(reader, &field_end) < 0)
            return CSV_UNTERMINATED;
        if (reader->at < reader->end && *reader->at != ',' && !is_line_end(*reader->at)) {
            skip_line(reader);
            return CSV_TEXT_AFTER_QUOTE;
        }
    } else {
        read_plain(reader, &field_end);
    }
    bool has_next = reader->at < reader->end && *reader->at == ',';
    if (has_next)
        reader->at++;
    else
        skip_line_end(reader);
    *field_end = '\0'; /* last: it may stand where the comma or the line end stood */
    *ret = field;
    return has_next;
}

int csv_read(struct csv_reader *reader, struct csv_record *ret)
{
    const char *field;
    int more = 1;
    if (reader->at == reader->end)
        return 0;
    reader->row++;
    ret->field_count = 0;
    while (more > 0) {
        more = read_field(reader, &field);
        if (more < 0)
            return more;
        if (ret->field_count < CSV_FIELDS_MAX)
            ret->fields[ret->field_count] = field;
        ret->field_count++;
    }
    return 1;
}

bool csv_record_is_blank(const struct csv_record *record)
{
    for (size_t i = 0; i < record->field_count && i < CSV_FIELDS_MAX; i++)
        if (*record->fields[i])
            return false;
    return record->field_count <= CSV_FIELDS_MAX;
}
