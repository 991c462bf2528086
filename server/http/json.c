#include "server/http/json.h"

#include <string.h>

/*
 * jansson recurses as deep as the text nests, and a value costs it some 100 bytes however short its
 * text: both are bounded before it sees the text.
 */
static int check_shape(const char *text, size_t length, const char *place, struct arena *arena,
                       struct problem *problem)
{
    size_t depth = 0, values = 0;
    size_t values_max = length / JSON_BYTES_PER_VALUE;
    if (values_max < JSON_VALUES_MAX)
        values_max = JSON_VALUES_MAX;
    bool in_string = false;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (in_string) {
            i += c == '\\';
            in_string = c != '"';
            continue;
        }
        in_string = c == '"';
        depth += c == '{' || c == '[';
        depth -= (c == '}' || c == ']') && depth;
        values += c == ',' || c == '{' || c == '[' || c == ':';
        if (depth > JSON_DEPTH_MAX)
            return problem_add(problem, arena, PROBLEM_INVALID_BODY, place, "max_depth",
                               "The JSON nests deeper than %d levels.", JSON_DEPTH_MAX);
        if (values > values_max)
            return problem_add(problem, arena, PROBLEM_INVALID_BODY, place, "max_values",
                               "The JSON has more than %zu values.", values_max);
    }
    return 0;
}

static void release(void *value)
{
    json_decref(value);
}

static const char *rule_of(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_invalid_utf8:
        return "utf8";
    case json_error_duplicate_key:
        return "unique_names";
    case json_error_numeric_overflow:
        return "number_range";
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return "no_nul";
    default:
        return "json";
    }
}

int json_parse(const char *text, size_t length, const char *place, struct arena *arena,
               struct problem *problem, const json_t **ret)
{
    if (check_shape(text, length, place, arena, problem))
        return -1;
    json_error_t error;
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value)
        return problem_add(problem, arena, PROBLEM_INVALID_BODY, place, rule_of(&error),
                           "The JSON cannot be read at line %d, column %d: %.120s.", error.line,
                           error.column, error.text);
    if (arena_defer(arena, release, value))
        return problem_set(problem, arena, PROBLEM_INVALID_BODY, "The JSON is too large.");
    *ret = value;
    return 0;
}
