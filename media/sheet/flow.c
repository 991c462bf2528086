#include "media/sheet/flow.h"

#include <pango/pangocairo.h>

/* Rows shorter than this are never broken; taller ones may be, to leave no half-empty pages. */
#define WHOLE_ROW_MAX      120.0
#define LINES_BEFORE_BREAK 2

struct column {
    const struct flow_cell *cell;
    PangoLayout *layout;
    PangoLayoutIter *iter;
    bool done;
};

static void column_open(struct column *column, const struct canvas *canvas,
                        const struct flow_cell *cell)
{
    column->cell = cell;
    column->layout = text_layout(canvas, cell->style, cell->width, cell->text);
    column->iter = pango_layout_get_iter(column->layout);
    column->done = text_is_empty(cell->text);
}

static void column_close(struct column *column)
{
    pango_layout_iter_free(column->iter);
    g_object_unref(column->layout);
}

/* Height of the first `line_count` lines. */
static double column_height(const struct column *column, int line_count)
{
    PangoLayoutIter *iter = pango_layout_get_iter(column->layout);
    double height = 0;

    for (int i = 0; i < line_count && !column->done; i++) {
        PangoRectangle logical;

        pango_layout_iter_get_line_extents(iter, NULL, &logical);
        height += text_line_height(column->cell->style, &logical);
        if (!pango_layout_iter_next_line(iter))
            break;
    }
    pango_layout_iter_free(iter);
    return height;
}

static double row_height(const struct column *columns, size_t count, int line_count)
{
    double height = 0;

    for (size_t i = 0; i < count; i++) {
        const double column = column_height(&columns[i], line_count);

        height = column > height ? column : height;
    }
    return height;
}

/* Draws lines down to the page's end; returns where it stopped. A fresh page takes one in any case.
 */
static double column_draw(struct column *column, const struct canvas *canvas)
{
    double y = canvas->y;

    while (!column->done) {
        PangoRectangle logical;

        pango_layout_iter_get_line_extents(column->iter, NULL, &logical);
        if (y + text_line_height(column->cell->style, &logical) > CONTENT_END && y > CONTENT_TOP)
            break;
        y += text_draw_iter(canvas, column->cell->style, column->iter, column->cell->x, y);
        column->done = !pango_layout_iter_next_line(column->iter);
    }
    return y;
}

static void row_draw(struct canvas *canvas, struct column *columns, size_t count)
{
    bool done = false;

    while (!done && !canvas_is_stopped(canvas)) {
        double end = canvas->y;

        done = true;
        for (size_t i = 0; i < count; i++) {
            const double y = column_draw(&columns[i], canvas);

            end = y > end ? y : end;
            done = done && columns[i].done;
        }
        canvas->y = end;
        if (!done)
            canvas_finish_page(canvas);
    }
}

void flow_row(struct canvas *canvas, const struct flow_cell *cells, size_t cell_count)
{
    struct column columns[FLOW_CELLS_MAX];
    const size_t count = cell_count < FLOW_CELLS_MAX ? cell_count : FLOW_CELLS_MAX;
    double height;

    for (size_t i = 0; i < count; i++)
        column_open(&columns[i], canvas, &cells[i]);
    height = row_height(columns, count, G_MAXINT);
    if (height > WHOLE_ROW_MAX)
        height = row_height(columns, count, LINES_BEFORE_BREAK);
    canvas_reserve(canvas, height);
    row_draw(canvas, columns, count);
    for (size_t i = 0; i < count; i++)
        column_close(&columns[i]);
}

void flow_text(struct canvas *canvas, const struct text_style *style, double x, double width,
               const char *text)
{
    flow_row(canvas, &(struct flow_cell){x, width, style, text}, 1);
}

void flow_heading(struct canvas *canvas, enum label label, double keep)
{
    const char *second = label_second_text(canvas, label);
    double width;

    canvas_skip(canvas, 16);
    canvas_reserve(canvas, 26 + keep);
    canvas_draw_rule(canvas, canvas->y, 0.6, INK_BLACK);
    canvas->y += 6;
    width = text_draw_line(canvas, &STYLE_HEADING, CONTENT_LEFT, canvas->y, CONTENT_WIDTH * 0.6,
                           label_text(canvas, label));
    if (second)
        text_draw_line(canvas, &STYLE_HEADING_SECOND, CONTENT_LEFT + width + 8, canvas->y + 0.8,
                       CONTENT_WIDTH * 0.35, second);
    canvas->y += 20;
}
