#include "server/http/schema_model.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static unsigned wanted_types(const struct schema *schema)
{
    while (!schema->types && schema->reference)
        schema = schema->reference;
    return schema->types;
}

/* A text that is not of the wanted type stays a text, and then breaks the rule "type". */
static json_t *read_text(unsigned types, const char *text)
{
    char *end = NULL;
    errno = 0;
    if (types & SCHEMA_INTEGER && *text && strspn(text, "-0123456789") == strlen(text)) {
        long long integer = strtoll(text, &end, 10);
        if (!*end && !errno)
            return json_integer(integer);
    }
    if (types & SCHEMA_NUMBER && *text && strspn(text, "-+.0123456789eE") == strlen(text)) {
        double number = strtod(text, &end);
        if (!*end && !errno)
            return json_real(number);
    }
    if (types & SCHEMA_BOOLEAN && (strcmp(text, "true") == 0 || strcmp(text, "false") == 0))
        return json_boolean(text[0] == 't');
    return json_string(text);
}

int schema_check_text(const struct schema *schema, const char *text, const char *place,
                      enum problem_type type, struct arena *arena, struct problem *problem)
{
    json_t *value = read_text(wanted_types(schema), text);
    if (!value)
        return problem_set(problem, arena, PROBLEM_INTERNAL, "There is no memory for the request.");
    int result = schema_check(schema, value, place, type, arena, problem);
    json_decref(value);
    return result;
}
