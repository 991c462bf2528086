/** Lists and reports as CSV, for those who ask with `Accept: text/csv`. */
#ifndef FIELDPROOF_RESOURCES_CSV_ANSWER_H
#define FIELDPROOF_RESOURCES_CSV_ANSWER_H

#include "server/http/route.h"

/**
 * A column: where its value stands in an item, as `site/name`; `*` is each element of an array, and
 * their values stand in one cell with "; " between.
 */
struct csv_column {
    const char *path;
    const char *title[2]; /**< by enum language */
};

struct csv_table {
    route_handler *handle;   /**< answers with JSON */
    const char *file_name;   /**< without .csv */
    const char *entity_kind; /**< what its rows are, for the audit trail */
    const char *items;       /**< the member of its answer that holds the items */
    const char *limit;       /**< items to ask for at a time */
    bool counts_findings;    /**< a column more for each code of total/findings */
    const struct csv_column *columns;
    size_t column_count;
};

/**
 * Answers as the table's handler does; or, when CSV is asked for, with every item that the same
 * filters find, a page of JSON at a time, streamed. limit and cursor of the request do not count
 * then. Who took it, by which filters and how many rows stands in the audit trail before the file
 * ends, also of one that is broken off.
 */
int csv_or_json(struct request *request, const struct csv_table *table,
                struct response *response) MUST_CHECK;

#endif
