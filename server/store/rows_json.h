/**
 * Rows as JSON objects, as json_agg() over them would write: a member a column, by the column's
 * name. For answers of hundreds or thousands of rows, where PostgreSQL takes several times as long
 * to write JSON as to find what goes into it (docs/benchmarks.md).
 *
 * A column named "site.name" is the member `name` of an object `site`; those of one object stand
 * beside each other. By their types: numbers, booleans, json and jsonb as they are; a timestamp
 * without time zone is one in UTC, and written as RFC 3339 with milliseconds; anything else is a
 * string.
 */
#ifndef FIELDPROOF_STORE_ROWS_JSON_H
#define FIELDPROOF_STORE_ROWS_JSON_H

#include "server/base/buffer.h"
#include "server/store/db.h"

#define ROWS_JSON_COLUMNS_MAX 32

/** Some neighbouring columns, at most ROWS_JSON_COLUMNS_MAX. */
struct rows_json_columns {
    int first; /**< null in rows that are not meant */
    int count;
    /** A column whose values are an array: of the neighbouring rows that are the same in `first`,
     * which are one object. 0: none. */
    int list;
};

/** Appends an array of the rows' objects. Negative: a value is not as its type says, or there is no
 * memory. */
int rows_json_append(struct buffer *buffer, const struct db_rows *rows,
                     struct rows_json_columns columns) MUST_CHECK;

/** Appends the first row's object but for its closing brace, for more members to follow. */
int rows_json_begin(struct buffer *buffer, const struct db_rows *rows,
                    struct rows_json_columns columns) MUST_CHECK;

#endif
