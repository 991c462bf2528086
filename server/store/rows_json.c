#include "server/store/rows_json.h"

#include "server/store/db_internal.h"

#include <string.h>

/* PostgreSQL's own types keep their numbers for ever: catalog/pg_type.dat. */
enum type {
    TYPE_BOOLEAN = 16,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_JSON = 114,
    TYPE_FLOAT4 = 700,
    TYPE_FLOAT8 = 701,
    TYPE_TIMESTAMP = 1114,
    TYPE_NUMERIC = 1700,
    TYPE_UUID = 2950,
    TYPE_JSONB = 3802,
};

/* "2026-11-22 10:00:00.123456" behind the year; the fraction may be shorter, or not there. */
#define AFTER_YEAR        "-00-00 00:00:00"
#define AFTER_YEAR_BYTES  (sizeof AFTER_YEAR - 1)
#define DATE_BYTES        (sizeof "-00-00" - 1)
#define YEAR_LEAST        4
#define YEAR_MOST         6
#define MILLISECONDS_MOST 3

/* Appends the value; negative: it is not as its type says. */
typedef int write_value(struct buffer *buffer, const char *value, size_t length);

struct column {
    int number;
    const char *lead; /* what stands between the value before and this one: ,"title": */
    size_t lead_bytes;
    write_value *write;
};

/** Described once for all rows. */
struct table {
    const PGresult *result;
    int count;
    int list; /* the number of the column that is an array; 0: none */
    struct column columns[ROWS_JSON_COLUMNS_MAX];
};

static int write_plain(struct buffer *buffer, const char *value, size_t length)
{
    buffer_append(buffer, value, length);
    return 0;
}

static int write_boolean(struct buffer *buffer, const char *value, size_t length)
{
    (void)length;
    buffer_append_text(buffer, value[0] == 't' ? "true" : "false");
    return 0;
}

static bool is_plain(unsigned char byte)
{
    return byte >= ' ' && byte != '"' && byte != '\\';
}

static void write_escaped(struct buffer *buffer, unsigned char byte)
{
    static const char hex[] = "0123456789abcdef";
    const char control[] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
    const char quoted[] = {'\\', (char)byte};
    if (byte < ' ')
        buffer_append(buffer, control, sizeof control);
    else
        buffer_append(buffer, quoted, sizeof quoted);
}

static int write_string(struct buffer *buffer, const char *value, size_t length)
{
    buffer_append(buffer, "\"", 1);
    for (size_t i = 0; i < length;) {
        size_t begin = i;
        while (i < length && is_plain((unsigned char)value[i]))
            i++;
        buffer_append(buffer, value + begin, i - begin);
        if (i < length)
            write_escaped(buffer, (unsigned char)value[i++]);
    }
    buffer_append(buffer, "\"", 1);
    return 0;
}

/* Nothing in it needs an escape. */
static int write_uuid(struct buffer *buffer, const char *value, size_t length)
{
    buffer_append(buffer, "\"", 1);
    buffer_append(buffer, value, length);
    buffer_append(buffer, "\"", 1);
    return 0;
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* As DateStyle ISO writes it; what else there is (infinity, before Christ, another style) is no
 * time of RFC 3339. */
static bool is_moment(const char *value, size_t length, size_t year)
{
    const char *rest = value + year;
    if (year < YEAR_LEAST || year > YEAR_MOST || length < year + AFTER_YEAR_BYTES)
        return false;
    for (size_t i = 0; i < AFTER_YEAR_BYTES; i++)
        if (is_digit(AFTER_YEAR[i]) ? !is_digit(rest[i]) : rest[i] != AFTER_YEAR[i])
            return false;
    const char *fraction = rest + AFTER_YEAR_BYTES;
    return !*fraction ||
           (*fraction == '.' && strspn(fraction + 1, "0123456789") == strlen(fraction + 1));
}

static int write_moment(struct buffer *buffer, const char *value, size_t length)
{
    size_t year = strspn(value, "0123456789");
    char milliseconds[] = ".000Z\"";
    if (!is_moment(value, length, year))
        return -1;
    const char *date = value + year;
    const char *fraction = date + AFTER_YEAR_BYTES;
    for (size_t i = 0; *fraction && i < MILLISECONDS_MOST && fraction[1 + i]; i++)
        milliseconds[1 + i] = fraction[1 + i];
    buffer_append(buffer, "\"", 1);
    buffer_append(buffer, value, year + DATE_BYTES);
    buffer_append(buffer, "T", 1);
    buffer_append(buffer, date + DATE_BYTES + 1, AFTER_YEAR_BYTES - DATE_BYTES - 1);
    buffer_append(buffer, milliseconds, sizeof milliseconds - 1);
    return 0;
}

static write_value *writer_of(Oid type)
{
    switch (type) {
    case TYPE_BOOLEAN:
        return write_boolean;
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
    case TYPE_FLOAT4:
    case TYPE_FLOAT8:
    case TYPE_NUMERIC:
    case TYPE_JSON:
    case TYPE_JSONB:
        return write_plain;
    case TYPE_TIMESTAMP:
        return write_moment;
    case TYPE_UUID:
        return write_uuid;
    default:
        return write_string;
    }
}

/* How long the object's name before the dot is; 0: the column is a member of the row itself. */
static size_t object_bytes(const char *name)
{
    const char *dot = strchr(name, '.');
    return dot ? (size_t)(dot - name) : 0;
}

static const char *lead_of(struct arena *arena, const char *before, const char *name)
{
    size_t object = object_bytes(name);
    bool is_first = !before;
    size_t before_object = before ? object_bytes(before) : 0;
    const char *member = object ? name + object + 1 : name;
    if (object && object == before_object && strncmp(name, before, object) == 0)
        return arena_printf(arena, ",\"%s\":", member);
    const char *open = object ? arena_printf(arena, "\"%.*s\":{", (int)object, name) : "";
    return open ? arena_printf(arena, "%s%s%s\"%s\":", before_object ? "}" : "",
                               is_first ? "{" : ",", open, member)
                : NULL;
}

static int describe(struct arena *arena, const PGresult *result, struct rows_json_columns columns,
                    struct table *ret)
{
    const char *before = NULL;
    if (columns.count < 1 || columns.count > ROWS_JSON_COLUMNS_MAX ||
        columns.first + columns.count > PQnfields(result))
        return -1;
    *ret = (struct table){.result = result, .count = columns.count, .list = columns.list};
    for (int i = 0; i < columns.count; i++) {
        int number = columns.first + i;
        const char *name = PQfname(result, number);
        const char *lead = lead_of(arena, before, name);
        if (!lead)
            return -1;
        ret->columns[i] =
            (struct column){number, lead, strlen(lead), writer_of(PQftype(result, number))};
        before = name;
    }
    return 0;
}

static int append_value(struct buffer *buffer, const struct table *table, int row,
                        const struct column *column)
{
    const PGresult *result = table->result;
    if (!PQgetisnull(result, row, column->number))
        return column->write(buffer, PQgetvalue(result, row, column->number),
                             (size_t)PQgetlength(result, row, column->number));
    buffer_append(buffer, "null", 4);
    return 0;
}

/* The column's values in the rows from `row` to before `end`; null is no value. */
static int append_list(struct buffer *buffer, const struct table *table, int row, int end,
                       const struct column *column)
{
    const char *separator = "[";
    for (; row < end; row++) {
        if (PQgetisnull(table->result, row, column->number))
            continue;
        buffer_append(buffer, separator, 1);
        separator = ",";
        if (append_value(buffer, table, row, column) < 0)
            return -1;
    }
    buffer_append_text(buffer, separator[0] == '[' ? "[]" : "]");
    return 0;
}

/* But for the closing brace. */
static int append_members(struct buffer *buffer, const struct table *table, int row, int end)
{
    for (int i = 0; i < table->count; i++) {
        const struct column *column = &table->columns[i];
        bool is_list = table->list && column->number == table->list;
        buffer_append(buffer, column->lead, column->lead_bytes);
        if ((is_list ? append_list(buffer, table, row, end, column)
                     : append_value(buffer, table, row, column)) < 0)
            return -1;
    }
    const char *last = PQfname(table->result, table->columns[table->count - 1].number);
    if (object_bytes(last) > 0)
        buffer_append(buffer, "}", 1);
    return 0;
}

static bool is_same(const PGresult *result, int row, int other, int column)
{
    int length = PQgetlength(result, row, column);
    return PQgetlength(result, other, column) == length &&
           memcmp(PQgetvalue(result, row, column), PQgetvalue(result, other, column),
                  (size_t)length) == 0;
}

/* Behind the last row of the object that begins with `row`. */
static int end_of_object(const struct table *table, int row)
{
    int end = row + 1;
    while (table->list && end < PQntuples(table->result) &&
           is_same(table->result, row, end, table->columns[0].number))
        end++;
    return end;
}

/* About as much as a row takes, by the first one: most are alike. */
static size_t row_bytes(const struct table *table)
{
    size_t bytes = sizeof "{},";
    for (int i = 0; i < table->count; i++)
        bytes += table->columns[i].lead_bytes + sizeof "\"\"" +
                 (size_t)PQgetlength(table->result, 0, table->columns[i].number);
    return bytes;
}

int rows_json_append(struct buffer *buffer, const struct db_rows *rows,
                     struct rows_json_columns columns)
{
    struct table *table = arena_alloc(buffer->arena, sizeof *table);
    const char *separator = "[";
    if (!table || describe(buffer->arena, rows->result, columns, table) < 0)
        return -1;
    if (rows->count > 0)
        buffer_reserve(buffer, (size_t)rows->count * row_bytes(table));
    for (int row = 0, end; row < rows->count; row = end) {
        end = end_of_object(table, row);
        if (PQgetisnull(table->result, row, columns.first))
            continue;
        buffer_append(buffer, separator, 1);
        separator = ",";
        if (append_members(buffer, table, row, end) < 0)
            return -1;
        buffer_append(buffer, "}", 1);
    }
    buffer_append_text(buffer, separator[0] == '[' ? "[]" : "]");
    return buffer->failed ? -1 : 0;
}

int rows_json_begin(struct buffer *buffer, const struct db_rows *rows,
                    struct rows_json_columns columns)
{
    struct table *table = arena_alloc(buffer->arena, sizeof *table);
    if (!table || rows->count < 1 || describe(buffer->arena, rows->result, columns, table) < 0 ||
        append_members(buffer, table, 0, 1) < 0)
        return -1;
    return buffer->failed ? -1 : 0;
}
