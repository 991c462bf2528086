/** What may be imported as CSV, and what the columns of each are called. */
#ifndef FIELDPROOF_RESOURCES_IMPORT_KINDS_H
#define FIELDPROOF_RESOURCES_IMPORT_KINDS_H

#include "server/http/request.h"
#include "server/store/import.h"

#include <jansson.h>

#define IMPORT_CHINESE_NAMES_MAX 3

enum import_cell {
    IMPORT_TEXT,
    IMPORT_NUMBER,
    IMPORT_LOOK_UP, /**< the text stands for something else: a code for an id */
    IMPORT_TIME,    /**< RFC 3339, or as the clock at the site of look-up 0 shows it */
};

struct import_column {
    const char *name;
    const char *chinese[IMPORT_CHINESE_NAMES_MAX]; /**< what it may be called instead */
    const char *pointer; /**< of the member that the cell becomes in the body of a create */
    bool is_required;    /**< the column must be there, and no cell of it empty */
    enum import_cell cell;
    bool is_list;             /**< the member is an array, which the cell is the only item of */
    int look_up;              /**< index of the query, for IMPORT_LOOK_UP and IMPORT_TIME */
    const char *look_up_rule; /**< broken when the text is unknown */
    const char *look_up_what; /**< "customer of this code": as in "There is no …." */
};

struct import_kind {
    const char *noun;
    const char *operation_id; /**< whose schema each row must fit */
    const char *key;          /**< the member that is unique, and that ids follow from */
    const struct import_queries *queries;
    int (*make_row)(struct request *request, const json_t *present,
                    json_t *row); /**< as in struct master_resource */
    size_t column_count;
    const struct import_column *columns;
};

extern const struct import_kind import_customer_kind;
extern const struct import_kind import_site_kind;
extern const struct import_kind import_asset_kind;
extern const struct import_kind import_work_order_kind;

/** The column of that name in a header, in either language; NULL when there is none. */
const struct import_column *import_column_named(const struct import_kind *kind, const char *name);

/** The column whose cells become the member at that pointer; NULL when there is none. */
const struct import_column *import_column_at(const struct import_kind *kind, const char *pointer);

#endif
