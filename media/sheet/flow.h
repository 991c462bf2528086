/** Text that runs down the page and on over the next ones. */
#ifndef FIELDPROOF_MEDIA_SHEET_FLOW_H
#define FIELDPROOF_MEDIA_SHEET_FLOW_H

#include "media/sheet/label.h"
#include "media/sheet/text.h"

#define FLOW_CELLS_MAX 6

/** One column of a row. An empty text leaves its column blank. */
struct flow_cell {
    double x;
    double width;
    const struct text_style *style;
    const char *text;
};

/**
 * Sets the cells side by side from the canvas's y on. A row that fits on a page stays whole; a
 * longer one breaks between lines, with at least two lines before the break.
 */
void flow_row(struct canvas *canvas, const struct flow_cell *cells, size_t cell_count);

/** One cell. */
void flow_text(struct canvas *canvas, const struct text_style *style, double x, double width,
               const char *text);

/** A section's heading with a rule above; `keep` more points must fit below it on the same page. */
void flow_heading(struct canvas *canvas, enum label label, double keep);

#endif
