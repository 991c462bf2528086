/** The items of a list as the records of a file. */
#ifndef FIELDPROOF_RESOURCES_CSV_ROWS_H
#define FIELDPROOF_RESOURCES_CSV_ROWS_H

#include "server/base/csv_writer.h"
#include "server/base/sentence.h"
#include "server/resources/csv_answer.h"

#include <jansson.h>

#define CSV_CODES_MAX 64

/** What is known of a file between its pages. */
struct csv_rows {
    const struct csv_table *table;
    enum language language;
    int64_t most;                       /**< so many rows and no more; from 1 */
    int64_t count;                      /**< so many were written */
    size_t code_count;                  /**< columns that count findings */
    const char *codes[CSV_CODES_MAX];   /**< which findings they count */
    const char *of_what[CSV_CODES_MAX]; /**< "photos" or "visits" */
};

/**
 * Writes the titles. A table that counts findings has a column for each code of the answer's total;
 * their names go to the arena. Without memory for them the writer's buffer fails.
 */
void csv_rows_begin(struct csv_rows *rows, struct arena *arena, const json_t *answer,
                    struct csv_writer *writer);

/**
 * Writes a page of items, as far as the file may have rows.
 *
 * @param are_more whether another page follows
 * @return false: the file is full and says in its last record that rows are left out.
 */
bool csv_rows_write(struct csv_rows *rows, const json_t *items, bool are_more,
                    struct csv_writer *writer);

#endif
