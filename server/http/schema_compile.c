#include "server/http/schema_model.h"

#include <string.h>

#define PATTERN_LENGTH_MAX 512
#define DEPTH_MAX          64

/* A schema reached by reference, so that a recursive one is compiled once. */
struct known {
    struct known *next;
    const json_t *definition;
    struct schema *schema;
};

struct schema_compiler {
    struct arena *arena;
    const json_t *document;
    struct known *known;
    const char *error;
    int depth;
};

typedef int keyword_reader(struct schema_compiler *compiler, const json_t *value,
                           struct schema *schema);

int schema_compiler_create(struct arena *arena, const json_t *document,
                           struct schema_compiler **ret)
{
    struct schema_compiler *compiler = arena_alloc(arena, sizeof *compiler);
    if (!compiler)
        return -1;
    *compiler = (struct schema_compiler){.arena = arena, .document = document};
    *ret = compiler;
    return 0;
}

const char *schema_compiler_error(const struct schema_compiler *compiler)
{
    return compiler->error ? compiler->error : "out of memory";
}

static int fail(struct schema_compiler *compiler, const char *what, const char *name)
{
    if (!compiler->error)
        compiler->error = arena_printf(compiler->arena, "%s: %s", what, name);
    return -1;
}

const json_t *schema_resolve(const json_t *document, const char *reference)
{
    if (strncmp(reference, "#/", 2) != 0)
        return NULL;
    const json_t *value = document;
    for (const char *rest = reference + 2; value && *rest;) {
        char name[128];
        size_t length = strcspn(rest, "/");
        if (length >= sizeof name)
            return NULL;
        memcpy(name, rest, length);
        name[length] = '\0';
        value = json_object_get(value, name);
        rest += length + (rest[length] == '/');
    }
    return value;
}

static int read_type(struct schema_compiler *compiler, const json_t *value, struct schema *schema)
{
    static const char *const names[] = {"null",   "boolean", "integer", "number",
                                        "string", "array",   "object"};
    size_t count = json_is_array(value) ? json_array_size(value) : 1;
    for (size_t i = 0; i < count; i++) {
        const char *name =
            json_string_value(json_is_array(value) ? json_array_get(value, i) : value);
        unsigned found = 0;
        for (size_t j = 0; name && j < ARRAY_LENGTH(names); j++)
            if (strcmp(name, names[j]) == 0)
                found = 1u << j;
        if (!found)
            return fail(compiler, "unknown type", name ? name : "?");
        schema->types |= found;
    }
    return 0;
}

static int read_ref(struct schema_compiler *compiler, const json_t *value, struct schema *schema)
{
    const char *reference = json_string_value(value);
    const json_t *target = reference ? schema_resolve(compiler->document, reference) : NULL;
    if (!target)
        return fail(compiler, "reference leads nowhere", reference ? reference : "?");
    return schema_compile(compiler, target, &schema->reference);
}

static int read_properties(struct schema_compiler *compiler, const json_t *value,
                           struct schema *schema)
{
    const char *name;
    json_t *definition;
    schema->properties =
        arena_alloc(compiler->arena, (json_object_size(value) + 1) * sizeof *schema->properties);
    if (!schema->properties)
        return -1;
    json_object_foreach((json_t *)value, name, definition)
    {
        struct schema_property *property = &schema->properties[schema->property_count++];
        property->name = name;
        if (schema_compile(compiler, definition, &property->schema))
            return fail(compiler, "property", name);
    }
    return 0;
}

static int read_required(struct schema_compiler *compiler, const json_t *value,
                         struct schema *schema)
{
    size_t count = json_array_size(value);
    schema->required = arena_alloc(compiler->arena, (count + 1) * sizeof *schema->required);
    if (!schema->required)
        return -1;
    for (size_t i = 0; i < count; i++)
        if ((schema->required[i] = json_string_value(json_array_get(value, i))) == NULL)
            return fail(compiler, "not a name", "required");
    schema->required_count = count;
    return 0;
}

static int read_additional(struct schema_compiler *compiler, const json_t *value,
                           struct schema *schema)
{
    schema->refuses_others = json_is_false(value);
    return json_is_boolean(value) ? 0 : schema_compile(compiler, value, &schema->others);
}

static int read_items(struct schema_compiler *compiler, const json_t *value, struct schema *schema)
{
    return schema_compile(compiler, value, &schema->items);
}

static int read_list(struct schema_compiler *compiler, const json_t *value,
                     struct schema_list *list)
{
    list->items =
        arena_alloc(compiler->arena, (json_array_size(value) + 1) * sizeof(const struct schema *));
    if (!list->items)
        return -1;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (schema_compile(compiler, json_array_get(value, i), &list->items[list->count++]))
            return -1;
    return 0;
}

static int read_one_of(struct schema_compiler *compiler, const json_t *value, struct schema *schema)
{
    return read_list(compiler, value, &schema->one_of);
}

static int read_any_of(struct schema_compiler *compiler, const json_t *value, struct schema *schema)
{
    return read_list(compiler, value, &schema->any_of);
}

static int read_all_of(struct schema_compiler *compiler, const json_t *value, struct schema *schema)
{
    return read_list(compiler, value, &schema->all_of);
}

static void release_pattern(void *pattern)
{
    regfree(pattern);
}

/* Only what POSIX and ECMAScript read alike, and only on short texts. */
static int read_pattern(struct schema_compiler *compiler, const json_t *value,
                        struct schema *schema)
{
    const char *text = json_string_value(value);
    regex_t *pattern = arena_alloc(compiler->arena, sizeof *pattern);
    if (!pattern || !text || strchr(text, '\\') || strstr(text, "(?") ||
        regcomp(pattern, text, REG_EXTENDED | REG_NOSUB))
        return fail(compiler, "pattern that POSIX reads differently", text ? text : "?");
    schema->pattern = pattern;
    schema->pattern_text = text;
    return arena_defer(compiler->arena, release_pattern, pattern);
}

static int read_format(struct schema_compiler *compiler, const json_t *value, struct schema *schema)
{
    const char *name = json_string_value(value);
    schema->format = name ? schema_format_find(name) : NULL;
    return schema->format ? 0 : fail(compiler, "unknown format", name ? name : "?");
}

static int read_enum(struct schema_compiler *compiler, const json_t *value, struct schema *schema)
{
    (void)compiler;
    schema->choices = value;
    return json_is_array(value) ? 0 : -1;
}

static int read_const(struct schema_compiler *compiler, const json_t *value, struct schema *schema)
{
    (void)compiler;
    schema->constant = value;
    return 0;
}

static int read_unique(struct schema_compiler *compiler, const json_t *value, struct schema *schema)
{
    (void)compiler;
    schema->unique_items = json_is_true(value);
    return 0;
}

static bool is_annotation(const char *keyword)
{
    static const char *const names[] = {
        "title",    "description", "example",  "examples",         "default",         "deprecated",
        "readOnly", "writeOnly",   "$comment", "contentMediaType", "contentEncoding",
    };
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
        if (strcmp(keyword, names[i]) == 0)
            return true;
    return strncmp(keyword, "x-", 2) == 0;
}

/* Sets *ret_known when the keyword is a bound on a number or a count. */
static int read_bound(struct schema *schema, const char *keyword, const json_t *value,
                      bool *ret_known)
{
    const struct {
        const char *keyword;
        struct schema_bound *bound;
        int64_t *count;
    } bounds[] = {
        {"minimum", &schema->minimum, NULL},
        {"maximum", &schema->maximum, NULL},
        {"exclusiveMinimum", &schema->above, NULL},
        {"exclusiveMaximum", &schema->below, NULL},
        {"minItems", NULL, &schema->least_items},
        {"maxItems", NULL, &schema->most_items},
        {"minLength", NULL, &schema->least_length},
        {"maxLength", NULL, &schema->most_length},
        {"minProperties", NULL, &schema->least_properties},
        {"maxProperties", NULL, &schema->most_properties},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(bounds); i++) {
        if (strcmp(bounds[i].keyword, keyword) != 0)
            continue;
        *ret_known = true;
        if (bounds[i].count)
            *bounds[i].count = json_integer_value(value);
        else
            *bounds[i].bound = (struct schema_bound){true, json_number_value(value)};
        return json_is_number(value) ? 0 : -1;
    }
    return 0;
}

static int read_keyword(struct schema_compiler *compiler, const char *keyword, const json_t *value,
                        struct schema *schema)
{
    static const struct {
        const char *keyword;
        keyword_reader *read;
    } readers[] = {
        {"$ref", read_ref},
        {"additionalProperties", read_additional},
        {"allOf", read_all_of},
        {"anyOf", read_any_of},
        {"const", read_const},
        {"enum", read_enum},
        {"format", read_format},
        {"items", read_items},
        {"oneOf", read_one_of},
        {"pattern", read_pattern},
        {"properties", read_properties},
        {"required", read_required},
        {"type", read_type},
        {"uniqueItems", read_unique},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(readers); i++)
        if (strcmp(readers[i].keyword, keyword) == 0)
            return readers[i].read(compiler, value, schema) ? fail(compiler, "wrong value", keyword)
                                                            : 0;
    bool is_known = is_annotation(keyword);
    if (!is_known && read_bound(schema, keyword, value, &is_known))
        return fail(compiler, "wrong value", keyword);
    return is_known ? 0 : fail(compiler, "keyword that nobody enforces", keyword);
}

static struct schema *remember(struct schema_compiler *compiler, const json_t *definition)
{
    struct known *known = arena_alloc(compiler->arena, sizeof *known);
    struct schema *schema = arena_alloc(compiler->arena, sizeof *schema);
    if (!known || !schema)
        return NULL;
    schema->least_items = schema->most_items = schema->least_length = schema->most_length = -1;
    schema->least_properties = schema->most_properties = -1;
    *known = (struct known){compiler->known, definition, schema};
    compiler->known = known;
    return schema;
}

int schema_compile(struct schema_compiler *compiler, const json_t *definition,
                   const struct schema **ret)
{
    for (const struct known *known = compiler->known; known; known = known->next) {
        if (known->definition == definition) {
            *ret = known->schema;
            return 0;
        }
    }
    struct schema *schema = remember(compiler, definition);
    if (!schema)
        return -1;
    if (!json_is_object(definition) || compiler->depth >= DEPTH_MAX)
        return fail(compiler, "not a schema, or nested too deep", "schema");
    const char *keyword;
    json_t *value;
    compiler->depth++;
    json_object_foreach((json_t *)definition, keyword, value)
    {
        if (read_keyword(compiler, keyword, value, schema))
            return -1;
    }
    compiler->depth--;
    if (schema->pattern && (schema->most_length < 0 || schema->most_length > PATTERN_LENGTH_MAX))
        return fail(compiler, "a pattern needs a maxLength of at most 512", schema->pattern_text);
    if (schema->unique_items && (schema->most_items < 0 || schema->most_items > 1000))
        return fail(compiler, "needs a maxItems of at most 1000", "uniqueItems");
    *ret = schema;
    return 0;
}
