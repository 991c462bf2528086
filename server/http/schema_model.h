/** A compiled schema: shared by the compiler and the checker only. */
#ifndef FIELDPROOF_HTTP_SCHEMA_MODEL_H
#define FIELDPROOF_HTTP_SCHEMA_MODEL_H

#include "server/http/schema.h"
#include "server/http/schema_format.h"

#include <regex.h>
#include <stdbool.h>
#include <stdint.h>

enum schema_type {
    SCHEMA_NULL = 1 << 0,
    SCHEMA_BOOLEAN = 1 << 1,
    SCHEMA_INTEGER = 1 << 2,
    SCHEMA_NUMBER = 1 << 3,
    SCHEMA_STRING = 1 << 4,
    SCHEMA_ARRAY = 1 << 5,
    SCHEMA_OBJECT = 1 << 6,
};

struct schema_property {
    const char *name;
    const struct schema *schema;
};

struct schema_bound {
    bool is_set;
    double value;
};

struct schema_list {
    size_t count;
    const struct schema **items;
};

struct schema {
    unsigned types; /**< 0: any */
    const struct schema *reference;
    size_t property_count;
    struct schema_property *properties;
    size_t required_count;
    const char **required;
    bool refuses_others; /**< additionalProperties or unevaluatedProperties: false */
    const struct schema *others;
    const struct schema *items;
    int64_t least_items, most_items; /**< -1: no such rule; these three pairs alike */
    int64_t least_length, most_length;
    int64_t least_properties, most_properties;
    bool unique_items;
    struct schema_bound minimum, maximum, above, below;
    const json_t *choices; /**< enum */
    const json_t *constant;
    const struct schema_format *format;
    const regex_t *pattern;
    const char *pattern_text;
    struct schema_list one_of, any_of, all_of;
};

#endif
