#include "media/sheet/table.h"

/* A row taller than this may break over pages instead of moving to the next one. */
#define WHOLE_ROW_MAX 120.0
#define ROW_PADDING   2.5
#define LABEL_SIZE    96

static void fill_cells(const struct table *table, const char *const *texts,
                       const struct text_style *left, const struct text_style *right,
                       struct flow_cell *ret_cells)
{
    double x = CONTENT_LEFT;

    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];

        ret_cells[i] = (struct flow_cell){x, column->width, column->right ? right : left, texts[i]};
        x += column->width + TABLE_GAP;
    }
}

static void draw_head(struct canvas *canvas, const struct table *table)
{
    char labels[FLOW_CELLS_MAX][LABEL_SIZE];
    const char *texts[FLOW_CELLS_MAX];
    struct flow_cell cells[FLOW_CELLS_MAX];

    for (size_t i = 0; i < table->column_count; i++) {
        label_both(canvas, table->columns[i].label, labels[i], sizeof labels[i]);
        texts[i] = labels[i];
    }
    fill_cells(table, texts, &STYLE_LABEL, &STYLE_LABEL_RIGHT, cells);
    flow_row(canvas, cells, table->column_count);
    canvas->y += 2;
}

static double row_height(const struct canvas *canvas, const struct flow_cell *cells, size_t count)
{
    double height = 0;

    for (size_t i = 0; i < count; i++) {
        const double cell = text_height(canvas, cells[i].style, cells[i].width, cells[i].text);

        height = cell > height ? cell : height;
    }
    return height < WHOLE_ROW_MAX ? height : WHOLE_ROW_MAX;
}

void table_draw_row(struct canvas *canvas, struct table *table, const char *const *texts)
{
    struct flow_cell cells[FLOW_CELLS_MAX];
    const unsigned page = canvas->page;

    fill_cells(table, texts, &STYLE_BODY, &STYLE_RIGHT, cells);
    canvas_reserve(canvas, row_height(canvas, cells, table->column_count) + 2 * ROW_PADDING);
    if (!table->no_head && (table->rows == 0 || canvas->page != page))
        draw_head(canvas, table);
    if (!table->no_head || table->rows > 0)
        canvas_draw_rule(canvas, canvas->y, 0.4, INK_RULE);
    canvas->y += ROW_PADDING;
    flow_row(canvas, cells, table->column_count);
    canvas->y += ROW_PADDING;
    table->rows++;
}
