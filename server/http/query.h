/** The query string as names and values. */
#ifndef FIELDPROOF_HTTP_QUERY_H
#define FIELDPROOF_HTTP_QUERY_H

#include "server/base/arena.h"

#define QUERY_PARAMETERS_MAX 24

struct query_parameter {
    const char *name;
    const char *value;
};

/** Splits and decodes a raw query string (NULL: none) into the arena. Negative when it is
 * ill-formed. */
int query_parse(const char *query, struct arena *arena,
                struct query_parameter ret_parameters[QUERY_PARAMETERS_MAX],
                size_t *ret_count) MUST_CHECK;

/** The value of that name among the first `count`; NULL when absent. */
const char *query_find(const struct query_parameter *parameters, size_t count, const char *name);

#endif
