/** The formats of texts that the contract uses. */
#ifndef FIELDPROOF_HTTP_SCHEMA_FORMAT_H
#define FIELDPROOF_HTTP_SCHEMA_FORMAT_H

#include <stdbool.h>

struct schema_format {
    const char *name;
    const char *detail; /**< what a text of this format looks like, behind "must be " */
    bool (*matches)(const char *text);
};

/** NULL when we know no such format. */
const struct schema_format *schema_format_find(const char *name);

/** Whether two texts mean the same: a UUID's digits do in both cases (RFC 9562, section 4).
 * `format` may be NULL. */
bool schema_format_is_same(const struct schema_format *format, const char *one, const char *other);

#endif
