#include "server/http/http_head.h"
#include "server/http/schema_model.h"

#include <stdio.h>
#include <string.h>

#define NESTING_MAX   96
#define POINTER_BYTES 512
#define SAFE_INTEGER  9007199254740991 /* 2^53 - 1: above it JavaScript rounds */
#define CHOICES_BYTES 160

/* Where in the value we are: a chain on the stack, made a text only when a rule is broken. */
struct place {
    const struct place *parent;
    const char *name; /* the root's is the place given by the caller */
    size_t index;
};

struct checker {
    struct arena *arena;
    struct problem *problem; /* NULL: only whether it fits matters */
    enum problem_type type;
    int depth;
};

static int check(struct checker *checker, const struct schema *schema, const json_t *value,
                 const struct place *place);

static size_t write_place(const struct place *place, char *text, size_t size)
{
    if (!place->parent)
        return (size_t)snprintf(text, size, "%s", place->name);
    size_t used = write_place(place->parent, text, size);
    if (used + 2 >= size)
        return used;
    if (!place->name)
        return used + (size_t)snprintf(text + used, size - used, "/%zu", place->index);
    text[used++] = '/';
    for (const char *c = place->name; *c && used + 3 < size; c++) {
        if (*c == '~' || *c == '/') {
            text[used++] = '~';
            text[used++] = *c == '~' ? '0' : '1';
        } else {
            text[used++] = *c;
        }
    }
    text[used] = '\0';
    return used;
}

static int broken(struct checker *checker, const struct place *place, const char *rule,
                  const char *detail)
{
    if (checker->problem) {
        char pointer[POINTER_BYTES];
        write_place(place, pointer, sizeof pointer);
        problem_add(checker->problem, checker->arena, checker->type, pointer, rule, "%s", detail);
    }
    return -1;
}

static int PRINTF_LIKE(4, 5) brokenf(struct checker *checker, const struct place *place,
                                     const char *rule, const char *format, ...)
{
    char detail[256];
    va_list arguments;
    if (!checker->problem)
        return -1;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, sentence_in(checker->problem->language, format), arguments);
    va_end(arguments);
    return broken(checker, place, rule, detail);
}

/* A word of a sentence. */
static const char *word(const struct checker *checker, const char *english)
{
    return checker->problem ? sentence_in(checker->problem->language, english) : english;
}

static unsigned type_of(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_NULL:
        return SCHEMA_NULL;
    case JSON_TRUE:
    case JSON_FALSE:
        return SCHEMA_BOOLEAN;
    case JSON_INTEGER:
        return SCHEMA_INTEGER | SCHEMA_NUMBER;
    case JSON_REAL:
        return SCHEMA_NUMBER; /* 5.0 too: PostgreSQL would not read it as an integer */
    case JSON_STRING:
        return SCHEMA_STRING;
    case JSON_ARRAY:
        return SCHEMA_ARRAY;
    default:
        return SCHEMA_OBJECT;
    }
}

static int check_type(struct checker *checker, const struct schema *schema, const json_t *value,
                      const struct place *place)
{
    static const char *const names[] = {"null",   "boolean", "integer", "number",
                                        "string", "array",   "object"};
    if (!schema->types || (schema->types & type_of(value)))
        return 0;
    char wanted[96] = "";
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        size_t used = strlen(wanted);
        if (schema->types & 1u << i)
            snprintf(wanted + used, sizeof wanted - used, "%s%s", used ? word(checker, " or ") : "",
                     names[i]);
    }
    return brokenf(checker, place, "type", "The value must be of type %s.", wanted);
}

static int check_number(struct checker *checker, const struct schema *schema, const json_t *value,
                        const struct place *place)
{
    double number = json_number_value(value);
    if (json_is_integer(value) &&
        (json_integer_value(value) > SAFE_INTEGER || json_integer_value(value) < -SAFE_INTEGER))
        return brokenf(checker, place, "safe_integer",
                       "An integer must lie between -%lld and %lld.", (long long)SAFE_INTEGER,
                       (long long)SAFE_INTEGER);
    if (schema->minimum.is_set && number < schema->minimum.value)
        return brokenf(checker, place, "minimum", "%.15g is less than the minimum of %.15g.",
                       number, schema->minimum.value);
    if (schema->maximum.is_set && number > schema->maximum.value)
        return brokenf(checker, place, "maximum", "%.15g is more than the maximum of %.15g.",
                       number, schema->maximum.value);
    if (schema->above.is_set && number <= schema->above.value)
        return brokenf(checker, place, "exclusiveMinimum", "%.15g is not more than %.15g.", number,
                       schema->above.value);
    if (schema->below.is_set && number >= schema->below.value)
        return brokenf(checker, place, "exclusiveMaximum", "%.15g is not less than %.15g.", number,
                       schema->below.value);
    return 0;
}

static int64_t count_code_points(const char *text)
{
    int64_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static int check_string(struct checker *checker, const struct schema *schema, const json_t *value,
                        const struct place *place)
{
    const char *text = json_string_value(value);
    int64_t length = count_code_points(text);
    if (schema->most_length >= 0 && length > schema->most_length)
        return brokenf(checker, place, "maxLength",
                       "The text has %lld characters; at most %lld are allowed.", (long long)length,
                       (long long)schema->most_length);
    if (length < schema->least_length)
        return brokenf(checker, place, "minLength",
                       "The text has %lld characters; at least %lld are needed.", (long long)length,
                       (long long)schema->least_length);
    if (!http_text_is_clean(text, json_string_length(value), "\t\n"))
        return broken(checker, place, "no_control_characters", "The text has a control character.");
    if (schema->format && !schema->format->matches(text))
        return brokenf(checker, place, "format", "The text must be %s.",
                       word(checker, schema->format->detail));
    if (schema->pattern && regexec(schema->pattern, text, 0, NULL, 0))
        return brokenf(checker, place, "pattern", "The text must match %s.", schema->pattern_text);
    return 0;
}

static const struct schema_format *format_of(const struct schema *schema)
{
    while (schema && !schema->format && schema->reference)
        schema = schema->reference;
    return schema ? schema->format : NULL;
}

static bool is_same(const struct schema_format *format, const json_t *one, const json_t *other)
{
    return json_is_string(one) && json_is_string(other)
               ? schema_format_is_same(format, json_string_value(one), json_string_value(other))
               : json_equal(one, other);
}

static int check_unique(struct checker *checker, const struct schema *schema, const json_t *value,
                        const struct place *place)
{
    const struct schema_format *format = format_of(schema->items);
    for (size_t i = 1; i < json_array_size(value); i++)
        for (size_t j = 0; j < i; j++)
            if (is_same(format, json_array_get(value, i), json_array_get(value, j)))
                return brokenf(checker, &(struct place){place, NULL, i}, "uniqueItems",
                               "The entry is the same as entry %zu.", j);
    return 0;
}

static int check_array(struct checker *checker, const struct schema *schema, const json_t *value,
                       const struct place *place)
{
    int64_t count = (int64_t)json_array_size(value);
    if (schema->most_items >= 0 && count > schema->most_items)
        return brokenf(checker, place, "maxItems",
                       "The list has %lld entries; at most %lld are allowed.", (long long)count,
                       (long long)schema->most_items);
    if (count < schema->least_items)
        return brokenf(checker, place, "minItems",
                       "The list has %lld entries; at least %lld are needed.", (long long)count,
                       (long long)schema->least_items);
    int result = 0;
    for (size_t i = 0; schema->items && i < (size_t)count; i++)
        if (check(checker, schema->items, json_array_get(value, i),
                  &(struct place){place, NULL, i}))
            result = -1;
    if (schema->unique_items && check_unique(checker, schema, value, place))
        result = -1;
    return result;
}

static const struct schema *find_property(const struct schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->property_count; i++)
        if (strcmp(schema->properties[i].name, name) == 0)
            return schema->properties[i].schema;
    return NULL;
}

static int check_member(struct checker *checker, const struct schema *schema, const char *name,
                        const json_t *value, const struct place *place)
{
    const struct place here = {place, name, 0};
    const struct schema *property = find_property(schema, name);
    if (!property && schema->refuses_others)
        return broken(checker, &here, "additionalProperties",
                      "There is no field of this name here.");
    if (!property)
        property = schema->others;
    return property ? check(checker, property, value, &here) : 0;
}

static int check_object(struct checker *checker, const struct schema *schema, const json_t *value,
                        const struct place *place)
{
    int result = 0;
    int64_t count = (int64_t)json_object_size(value);
    if (schema->most_properties >= 0 && count > schema->most_properties)
        return brokenf(checker, place, "maxProperties",
                       "The object has %lld fields; at most %lld are allowed.", (long long)count,
                       (long long)schema->most_properties);
    if (count < schema->least_properties)
        return brokenf(checker, place, "minProperties",
                       "The object has %lld fields; at least %lld are needed.", (long long)count,
                       (long long)schema->least_properties);
    for (size_t i = 0; i < schema->required_count; i++)
        if (!json_object_get(value, schema->required[i]))
            result = broken(checker, &(struct place){place, schema->required[i], 0}, "required",
                            "The field is missing.");
    const char *name;
    json_t *member;
    json_object_foreach((json_t *)value, name, member)
    {
        if (check_member(checker, schema, name, member, place))
            result = -1;
    }
    return result;
}

static int check_choices(struct checker *checker, const struct schema *schema, const json_t *value,
                         const struct place *place)
{
    if (schema->constant && !json_equal(schema->constant, value))
        return broken(checker, place, "const", "The value is not the only one that is allowed.");
    if (!schema->choices)
        return 0;
    char list[CHOICES_BYTES] = "";
    for (size_t i = 0; i < json_array_size(schema->choices); i++) {
        const json_t *choice = json_array_get(schema->choices, i);
        if (json_equal(choice, value))
            return 0;
        size_t used = strlen(list);
        if (json_is_string(choice))
            snprintf(list + used, sizeof list - used, "%s%s", used ? ", " : "",
                     json_string_value(choice));
    }
    return brokenf(checker, place, "enum", "The value must be one of: %s.", list);
}

/* The alternative to blame: the only one whose type fits, so that its own rules can be named. */
static const struct schema *likely(const struct schema_list *list, const json_t *value)
{
    const struct schema *found = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct schema *item = list->items[i];
        while (item->reference && !item->types)
            item = item->reference;
        if (item->types && !(item->types & type_of(value)))
            continue;
        if (found)
            return NULL;
        found = list->items[i];
    }
    return found;
}

static int check_alternatives(struct checker *checker, const struct schema_list *list,
                              bool only_one, const json_t *value, const struct place *place)
{
    if (!list->count)
        return 0;
    struct checker silent = *checker;
    silent.problem = NULL;
    size_t fitting = 0;
    for (size_t i = 0; i < list->count; i++)
        fitting += check(&silent, list->items[i], value, place) == 0;
    if (fitting == 1 || (fitting > 1 && !only_one))
        return 0;
    const struct schema *candidate = fitting ? NULL : likely(list, value);
    if (candidate)
        return check(checker, candidate, value, place);
    return broken(
        checker, place, only_one ? "oneOf" : "anyOf",
        fitting ? "The value fits more than one of the allowed forms; it must fit exactly one."
                : "The value fits none of the allowed forms.");
}

static int check_by_type(struct checker *checker, const struct schema *schema, const json_t *value,
                         const struct place *place)
{
    if (json_is_number(value))
        return check_number(checker, schema, value, place);
    if (json_is_string(value))
        return check_string(checker, schema, value, place);
    if (json_is_array(value))
        return check_array(checker, schema, value, place);
    return json_is_object(value) ? check_object(checker, schema, value, place) : 0;
}

static int check(struct checker *checker, const struct schema *schema, const json_t *value,
                 const struct place *place)
{
    if (checker->depth >= NESTING_MAX)
        return broken(checker, place, "max_depth", "The value nests too deep.");
    if (check_type(checker, schema, value, place))
        return -1;
    checker->depth++;
    int result = 0;
    if (schema->reference && check(checker, schema->reference, value, place))
        result = -1;
    if (!result && (check_choices(checker, schema, value, place) ||
                    check_by_type(checker, schema, value, place)))
        result = -1;
    for (size_t i = 0; i < schema->all_of.count; i++)
        if (check(checker, schema->all_of.items[i], value, place))
            result = -1;
    if (!result && (check_alternatives(checker, &schema->one_of, true, value, place) ||
                    check_alternatives(checker, &schema->any_of, false, value, place)))
        result = -1;
    checker->depth--;
    return result;
}

int schema_check(const struct schema *schema, const json_t *value, const char *place,
                 enum problem_type type, struct arena *arena, struct problem *problem)
{
    struct checker checker = {.arena = arena, .problem = problem, .type = type};
    return check(&checker, schema, value, &(struct place){NULL, place, 0});
}
