/** Tables whose head is repeated on each page. */
#ifndef FIELDPROOF_MEDIA_SHEET_TABLE_H
#define FIELDPROOF_MEDIA_SHEET_TABLE_H

#include "media/sheet/flow.h"

struct table_column {
    double width; /**< points; the columns and the gaps between them fill the content's width */
    enum label label;
    bool right; /**< numbers */
};

struct table {
    const struct table_column *columns;
    size_t column_count; /**< up to FLOW_CELLS_MAX */
    bool no_head;        /**< the section's heading says it all */
    size_t rows;         /**< drawn so far; 0 to begin with */
};

/** A gap between columns. */
#define TABLE_GAP 12.0

/** Draws the table's head, and again on each new page; then a row. `texts` holds one text a column;
 * NULL leaves it blank. */
void table_draw_row(struct canvas *canvas, struct table *table, const char *const *texts);

#endif
