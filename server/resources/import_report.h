/** What became of the rows of an import: ImportReport of the contract. */
#ifndef FIELDPROOF_RESOURCES_IMPORT_REPORT_H
#define FIELDPROOF_RESOURCES_IMPORT_REPORT_H

#include "server/base/arena.h"

/** Of one row; a fifth broken rule tells nothing new. */
#define IMPORT_REFUSALS_A_ROW_MAX 4

struct import_refusal {
    int row;
    int order; /**< among the refusals of its row */
    const char *column;
    const char *rule;
    const char *detail;
};

struct import_report {
    struct arena *arena;
    int rows;
    int imported;
    int unchanged;
    size_t count;
    size_t capacity;
    struct import_refusal *refusals;
};

/**
 * Notes a broken rule. A row's second one about the same column, or about no column, says nothing
 * new and is left out.
 *
 * @param column NULL: the row as a whole. Static, as `rule` is; `detail` is copied.
 * @return 0; negative when the arena is exhausted.
 */
int import_report_refuse(struct import_report *report, int row, const char *column,
                         const char *rule, const char *detail) MUST_CHECK;

/** Whether the row has been refused; only for the row that was refused last, and later ones. */
int import_report_refusals_of(const struct import_report *report, int row);

/** The report as JSON, in the order of rows; it is the arena's. NULL when there is no memory. */
const char *import_report_json(struct import_report *report);

#endif
