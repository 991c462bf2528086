#include "server/canonical/canonical_json.h"
#include "server/canonical/utf16_order.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 1024

struct output {
    char *text;
    size_t length;
    size_t capacity;
};

struct member {
    const char *key;
    size_t key_length;
    const json_t *value;
};

static int dump_value(struct output *out, const json_t *value, unsigned depth);

/* Room for `extra` bytes and a terminating NUL. */
static int output_reserve(struct output *out, size_t extra)
{
    size_t capacity = out->capacity ? out->capacity : FIRST_CAPACITY;
    char *text;

    if (extra > CANONICAL_JSON_LENGTH_MAX - out->length)
        return CANONICAL_JSON_TOO_LONG;
    while (capacity <= out->length + extra)
        capacity *= 2;
    if (capacity == out->capacity)
        return 0;
    text = realloc(out->text, capacity);
    if (!text)
        return CANONICAL_JSON_NO_MEMORY;
    out->text = text;
    out->capacity = capacity;
    return 0;
}

static int output_append(struct output *out, const char *bytes, size_t length)
{
    int r = output_reserve(out, length);

    if (r < 0)
        return r;
    memcpy(out->text + out->length, bytes, length);
    out->length += length;
    return 0;
}

static int output_append_char(struct output *out, char c)
{
    return output_append(out, &c, 1);
}

/* RFC 8785, section 3.2.2.2: the short escapes, then lower-case \u00xx, and nothing else. */
static int dump_escaped(struct output *out, unsigned char c)
{
    static const char letters[] = "btn?fr"; /* from U+0008 on; U+000B has none */
    char text[8];
    int length;

    if (c == '"' || c == '\\')
        length = snprintf(text, sizeof text, "\\%c", c);
    else if (c >= '\b' && c <= '\r' && c != '\v')
        length = snprintf(text, sizeof text, "\\%c", letters[c - '\b']);
    else
        length = snprintf(text, sizeof text, "\\u%04x", (unsigned)c);
    return output_append(out, text, (size_t)length);
}

static bool needs_escape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\';
}

static int dump_string(struct output *out, const char *text, size_t length)
{
    size_t start = 0;
    int r;

    if (!utf8_is_well_formed(text, length))
        return CANONICAL_JSON_NOT_UTF8;
    if ((r = output_append_char(out, '"')) < 0)
        return r;
    for (size_t i = 0; i < length; i++) {
        if (!needs_escape((unsigned char)text[i]))
            continue;
        if ((r = output_append(out, text + start, i - start)) < 0 ||
            (r = dump_escaped(out, (unsigned char)text[i])) < 0)
            return r;
        start = i + 1;
    }
    if ((r = output_append(out, text + start, length - start)) < 0)
        return r;
    return output_append_char(out, '"');
}

static int dump_integer(struct output *out, json_int_t integer)
{
    char text[CANONICAL_JSON_NUMBER_SIZE];
    int length;

    if (integer > CANONICAL_JSON_INTEGER_MAX || integer < -CANONICAL_JSON_INTEGER_MAX)
        return CANONICAL_JSON_INTEGER_RANGE;
    length = snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, integer);
    return output_append(out, text, (size_t)length);
}

static int dump_real(struct output *out, double real)
{
    char text[CANONICAL_JSON_NUMBER_SIZE];
    int r = canonical_json_format_number(real, text);

    return r < 0 ? r : output_append(out, text, strlen(text));
}

static int dump_array(struct output *out, const json_t *array, unsigned depth)
{
    const size_t count = json_array_size(array);
    int r = output_append_char(out, '[');

    for (size_t i = 0; r == 0 && i < count; i++) {
        if (i > 0 && (r = output_append_char(out, ',')) < 0)
            break;
        r = dump_value(out, json_array_get(array, i), depth);
    }
    return r < 0 ? r : output_append_char(out, ']');
}

static int member_compare(const void *left, const void *right)
{
    const struct member *a = left, *b = right;

    return utf16_order_compare(a->key, a->key_length, b->key, b->key_length);
}

static int dump_members(struct output *out, const struct member *members, size_t count,
                        unsigned depth)
{
    int r = output_append_char(out, '{');

    for (size_t i = 0; r == 0 && i < count; i++) {
        if (i > 0 && (r = output_append_char(out, ',')) < 0)
            break;
        if ((r = dump_string(out, members[i].key, members[i].key_length)) < 0 ||
            (r = output_append_char(out, ':')) < 0)
            break;
        r = dump_value(out, members[i].value, depth);
    }
    return r < 0 ? r : output_append_char(out, '}');
}

static int dump_object(struct output *out, const json_t *object, unsigned depth)
{
    /* jansson's iterators want a mutable object though they leave it as it is. */
    json_t *mutable_object = (json_t *)object;
    const size_t count = json_object_size(object);
    struct member *members = calloc(count + 1, sizeof *members);
    size_t filled = 0;
    int r = 0;

    if (!members)
        return CANONICAL_JSON_NO_MEMORY;
    for (void *i = json_object_iter(mutable_object); i && filled < count;
         i = json_object_iter_next(mutable_object, i)) {
        members[filled++] = (struct member){
            .key = json_object_iter_key(i),
            .key_length = json_object_iter_key_len(i),
            .value = json_object_iter_value(i),
        };
        /* Ill-formed keys have no order. */
        if (!utf8_is_well_formed(members[filled - 1].key, members[filled - 1].key_length))
            r = CANONICAL_JSON_NOT_UTF8;
    }
    if (r == 0) {
        qsort(members, filled, sizeof *members, member_compare);
        r = dump_members(out, members, filled, depth);
    }
    free(members);
    return r;
}

static int dump_value(struct output *out, const json_t *value, unsigned depth)
{
    if (depth > CANONICAL_JSON_DEPTH_MAX)
        return CANONICAL_JSON_TOO_DEEP;
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return dump_object(out, value, depth + 1);
    case JSON_ARRAY:
        return dump_array(out, value, depth + 1);
    case JSON_STRING:
        return dump_string(out, json_string_value(value), json_string_length(value));
    case JSON_INTEGER:
        return dump_integer(out, json_integer_value(value));
    case JSON_REAL:
        return dump_real(out, json_real_value(value));
    case JSON_TRUE:
        return output_append(out, "true", 4);
    case JSON_FALSE:
        return output_append(out, "false", 5);
    case JSON_NULL:
    default:
        return output_append(out, "null", 4);
    }
}

int canonical_json_dump(const json_t *value, char **ret_text, size_t *ret_length)
{
    struct output out = {0};
    int r = dump_value(&out, value, 0);

    if (r < 0) {
        free(out.text);
        return r;
    }
    out.text[out.length] = '\0';
    *ret_text = out.text;
    *ret_length = out.length;
    return 0;
}

const char *canonical_json_describe(int error)
{
    switch (error) {
    case CANONICAL_JSON_NO_MEMORY:
        return "out of memory";
    case CANONICAL_JSON_INTEGER_RANGE:
        return "an integer is beyond 2^53 - 1";
    case CANONICAL_JSON_TOO_DEEP:
        return "nested too deeply";
    case CANONICAL_JSON_TOO_LONG:
        return "the canonical text is too long";
    case CANONICAL_JSON_NOT_UTF8:
        return "a string is not well-formed UTF-8";
    case CANONICAL_JSON_NOT_FINITE:
        return "a number is not finite";
    default:
        return "no error";
    }
}
