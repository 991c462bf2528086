#include "server/http/query.h"

#include "server/http/http_head.h"

#include <string.h>

static int decode(struct arena *arena, const char *text, size_t length, const char **ret)
{
    char *decoded = arena_alloc(arena, length + 1);
    if (!decoded || http_percent_decode(text, length, true, decoded))
        return -1;
    *ret = decoded;
    return 0;
}

int query_parse(const char *query, struct arena *arena,
                struct query_parameter ret_parameters[QUERY_PARAMETERS_MAX], size_t *ret_count)
{
    size_t count = 0;
    for (const char *rest = query; rest && *rest;) {
        size_t length = strcspn(rest, "&");
        size_t name_length = strcspn(rest, "=&");
        const char *value = rest + name_length + (name_length < length);
        if (length) {
            if (count == QUERY_PARAMETERS_MAX || !name_length ||
                decode(arena, rest, name_length, &ret_parameters[count].name) ||
                decode(arena, value, (size_t)(rest + length - value), &ret_parameters[count].value))
                return -1;
            count++;
        }
        rest += length + (rest[length] == '&');
    }
    *ret_count = count;
    return 0;
}

const char *query_find(const struct query_parameter *parameters, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(parameters[i].name, name) == 0)
            return parameters[i].value;
    return NULL;
}
