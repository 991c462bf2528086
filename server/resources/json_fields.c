#include "server/resources/json_fields.h"

#include "server/base/clock.h"
#include "server/canonical/canonical_json.h"

#include <stdlib.h>

const json_t *json_field(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return json_is_null(value) ? NULL : value;
}

const char *json_field_text(const json_t *object, const char *name)
{
    return json_string_value(json_field(object, name));
}

bool json_field_number(const json_t *object, const char *name, double *ret)
{
    const json_t *value = json_field(object, name);
    if (!json_is_number(value))
        return false;
    *ret = json_number_value(value);
    return true;
}

bool json_field_is_true(const json_t *object, const char *name)
{
    return json_is_true(json_field(object, name));
}

bool json_field_time_ms(const json_t *object, const char *name, int64_t *ret_ms)
{
    const char *text = json_field_text(object, name);
    return text && clock_parse_rfc3339(text, ret_ms) == 0;
}

bool json_field_uuid(const json_t *object, const char *name, struct uuid *ret)
{
    const char *text = json_field_text(object, name);
    return text && uuid_parse(text, ret) == 0;
}

const char *json_text(struct arena *arena, const json_t *value)
{
    char *made;
    size_t length;
    if (!value || canonical_json_dump(value, &made, &length) < 0)
        return NULL;
    const char *text = arena_copy(arena, made, length);
    free(made);
    return text;
}

const char **json_texts(struct arena *arena, const json_t *list, const char *member,
                        size_t *ret_count)
{
    const char **made = arena_alloc(arena, sizeof *made * (json_array_size(list) + 1));
    size_t i, count = 0;
    const json_t *entry;
    json_array_foreach(list, i, entry)
    {
        const char *text = member ? json_field_text(entry, member) : json_string_value(entry);
        if (made && text)
            made[count++] = text;
    }
    *ret_count = count;
    return made;
}
