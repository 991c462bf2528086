#include "server/resources/sheet_comparison.h"

#include "server/base/macros.h"

#include <string.h>

/* Longer than any name that the contract lets the office write. */
#define NAME_BYTES_MAX 16384

/* What the office may word anew without changing what was done; * is any member of the array. */
static const char *const names[] = {
    "/organisation/name", "/customer/name",   "/customer/language",   "/site/name",
    "/site/address",      "/technician/name", "/work_orders/*/title", "/work_orders/*/number",
};

/* Lists whose members have ids. */
static const char *const keyed_lists[] = {"/work_orders", "/check_ins", "/scans", "/photos"};

struct comparison {
    struct arena *arena;
    struct sheet_difference *first;
    struct sheet_difference **end;
};

static int compare(struct comparison *comparison, const char *pointer, const json_t *signed_value,
                   const json_t *recorded);

static int add(struct comparison *comparison, enum sheet_difference_kind kind, const char *pointer,
               const json_t *signed_value, const json_t *recorded)
{
    struct sheet_difference *made = arena_alloc(comparison->arena, sizeof *made);
    if (!made)
        return -1;
    *made = (struct sheet_difference){kind, pointer, signed_value, recorded, NULL};
    *comparison->end = made;
    comparison->end = &made->next;
    return 0;
}

static bool pointer_matches(const char *pattern, const char *pointer)
{
    for (; *pattern; pattern++) {
        if (*pattern != '*') {
            if (*pattern != *pointer++)
                return false;
            continue;
        }
        if (*pointer == '/' || *pointer == '\0')
            return false;
        pointer += strcspn(pointer, "/");
    }
    return *pointer == '\0';
}

static bool is_name(const char *pointer)
{
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
        if (pointer_matches(names[i], pointer))
            return true;
    return false;
}

static bool is_keyed_list(const char *pointer)
{
    for (size_t i = 0; i < ARRAY_LENGTH(keyed_lists); i++)
        if (strcmp(keyed_lists[i], pointer) == 0)
            return true;
    return false;
}

/* Whether the office could have written this value here. */
static bool name_is_possible(const char *pointer, const json_t *value)
{
    const char *text = json_string_value(value);
    if (strcmp(pointer, "/customer/language") == 0)
        return text && (strcmp(text, "en") == 0 || strcmp(text, "zh") == 0);
    if (strcmp(pointer, "/site/address") == 0 && json_is_null(value))
        return true;
    return text && json_string_length(value) > 0 && json_string_length(value) <= NAME_BYTES_MAX;
}

static const char *member_pointer(struct comparison *comparison, const char *pointer,
                                  const char *name)
{
    return arena_printf(comparison->arena, "%s/%s", pointer, name);
}

static const char *index_pointer(struct comparison *comparison, const char *pointer, size_t index)
{
    return arena_printf(comparison->arena, "%s/%zu", pointer, index);
}

static int compare_leaf(struct comparison *comparison, const char *pointer,
                        const json_t *signed_value, const json_t *recorded)
{
    if (json_equal(signed_value, recorded))
        return 0;
    return add(comparison,
               is_name(pointer) && name_is_possible(pointer, signed_value) ? SHEET_DIFFERENCE_NAME
                                                                           : SHEET_DIFFERENCE_FACT,
               pointer, signed_value, recorded);
}

static int compare_object(struct comparison *comparison, const char *pointer,
                          const json_t *signed_object, const json_t *recorded)
{
    const char *name;
    json_t *value;
    /* jansson's loop wants a mutable object though it leaves it as it is. */
    json_object_foreach((json_t *)recorded, name, value)
    {
        const char *place = member_pointer(comparison, pointer, name);
        if (!place || compare(comparison, place, json_object_get(signed_object, name), value) < 0)
            return -1;
    }
    json_object_foreach((json_t *)signed_object, name, value)
    {
        /* Whatever its name is, it may be long: the place is the object's. */
        if (!json_object_get(recorded, name) &&
            add(comparison, SHEET_DIFFERENCE_FACT, pointer, value, NULL) < 0)
            return -1;
    }
    return 0;
}

static int compare_in_order(struct comparison *comparison, const char *pointer,
                            const json_t *signed_list, const json_t *recorded)
{
    size_t signed_count = json_array_size(signed_list);
    size_t recorded_count = json_array_size(recorded);
    for (size_t i = 0; i < signed_count || i < recorded_count; i++) {
        const char *place = index_pointer(comparison, pointer, i);
        if (!place || compare(comparison, place, json_array_get(signed_list, i),
                              json_array_get(recorded, i)) < 0)
            return -1;
    }
    return 0;
}

static const char *id_of(const json_t *value)
{
    const char *id = json_string_value(json_object_get(value, "id"));
    return id ? id : "";
}

/* The recorded members by their ids; each is taken out when its like is met. */
static json_t *by_id(const json_t *list)
{
    json_t *map = json_object();
    size_t i;
    json_t *value;
    json_array_foreach(list, i, value)
    {
        json_object_set(map, id_of(value), value);
    }
    return map;
}

static bool order_is_free(const char *pointer)
{
    return strcmp(pointer, "/work_orders") == 0; /* by number, and that is a name */
}

/* One member of a keyed list: with its like, which `left` loses; or without, and is then awaited,
 * or a second one of the same id. */
static int compare_member(struct comparison *comparison, const char *place,
                          const json_t *signed_value, json_t *left, json_t *met)
{
    const char *id = id_of(signed_value);
    json_t *like = json_object_get(left, id);
    if (!like)
        return add(comparison,
                   json_object_get(met, id) ? SHEET_DIFFERENCE_FACT : SHEET_DIFFERENCE_AWAITED,
                   place, signed_value, NULL);
    int result = compare(comparison, place, signed_value, like);
    json_object_set_new(met, id, json_true());
    json_object_del(left, id);
    return result;
}

static int compare_by_id(struct comparison *comparison, const char *pointer,
                         const json_t *signed_list, const json_t *recorded)
{
    struct sheet_difference **before = comparison->end;
    json_t *left = by_id(recorded);
    json_t *met = json_object();
    size_t i;
    const char *id;
    json_t *value;
    int result = left && met ? 0 : -1;
    json_array_foreach(signed_list, i, value)
    {
        const char *place = index_pointer(comparison, pointer, i);
        if (result < 0 || !place || compare_member(comparison, place, value, left, met) < 0)
            result = -1;
    }
    json_object_foreach(left, id, value)
    {
        result = result < 0 ? -1 : add(comparison, SHEET_DIFFERENCE_FACT, pointer, NULL, value);
    }
    json_decref(left);
    json_decref(met);
    if (result == 0 && comparison->end == before && !order_is_free(pointer))
        return json_equal(signed_list, recorded)
                   ? 0
                   : add(comparison, SHEET_DIFFERENCE_FACT, pointer, NULL, NULL);
    return result;
}

static int compare(struct comparison *comparison, const char *pointer, const json_t *signed_value,
                   const json_t *recorded)
{
    if (!signed_value || !recorded)
        return add(comparison, SHEET_DIFFERENCE_FACT, pointer, signed_value, recorded);
    if (json_is_object(signed_value) && json_is_object(recorded))
        return compare_object(comparison, pointer, signed_value, recorded);
    if (!json_is_array(signed_value) || !json_is_array(recorded))
        return compare_leaf(comparison, pointer, signed_value, recorded);
    if (is_keyed_list(pointer))
        return compare_by_id(comparison, pointer, signed_value, recorded);
    return compare_in_order(comparison, pointer, signed_value, recorded);
}

int sheet_comparison_of(struct arena *arena, const json_t *signed_document,
                        const json_t *recorded_document, struct sheet_difference **ret)
{
    struct comparison comparison = {.arena = arena};
    comparison.end = &comparison.first;
    if (compare(&comparison, "", signed_document, recorded_document) < 0)
        return -1;
    *ret = comparison.first;
    return 0;
}
