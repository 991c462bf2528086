#include "media/sheet/flow.h"
#include "media/sheet/sections.h"

#include <stdio.h>

#define NUMBER_WIDTH 20.0
#define TEXT_LEFT    (CONTENT_LEFT + NUMBER_WIDTH)
#define TEXT_WIDTH   (CONTENT_WIDTH - NUMBER_WIDTH)
#define DETAIL_LABEL 54.0
#define ENTRY_GAP    6.0
#define KEEP_ENTRY   46.0
#define NUMBER_SIZE  24

static void draw_first_line(struct canvas *canvas, size_t index, const struct text_style *style,
                            const char *text)
{
    char number[NUMBER_SIZE];

    snprintf(number, sizeof number, "%zu", index + 1);
    flow_row(canvas,
             (struct flow_cell[]){
                 {CONTENT_LEFT, NUMBER_WIDTH, &STYLE_SOFT, number},
                 {TEXT_LEFT, TEXT_WIDTH, style, text_is_empty(text) ? "–" : text},
             },
             2);
}

static void draw_detail(struct canvas *canvas, enum label label, const char *text)
{
    if (text_is_empty(text))
        return;
    flow_row(canvas,
             (struct flow_cell[]){
                 {TEXT_LEFT, DETAIL_LABEL - 6, &STYLE_SOFT, label_text(canvas, label)},
                 {TEXT_LEFT + DETAIL_LABEL, TEXT_WIDTH - DETAIL_LABEL, &STYLE_BODY, text},
             },
             2);
}

static void draw_none(struct canvas *canvas, size_t count)
{
    if (count == 0)
        flow_text(canvas, &STYLE_SOFT, CONTENT_LEFT, CONTENT_WIDTH, label_text(canvas, LABEL_NONE));
}

static void draw_open_before(struct canvas *canvas)
{
    const struct sheet_pdf *sheet = canvas->sheet;

    flow_heading(canvas, LABEL_OPEN_BEFORE, KEEP_ENTRY);
    draw_none(canvas, sheet->open_before_count);
    for (size_t i = 0; i < sheet->open_before_count; i++) {
        draw_first_line(canvas, i, &STYLE_BODY, sheet->open_before[i]);
        canvas_skip(canvas, ENTRY_GAP / 2);
    }
}

static void draw_done(struct canvas *canvas)
{
    const struct sheet_pdf *sheet = canvas->sheet;

    flow_heading(canvas, LABEL_DONE, KEEP_ENTRY);
    draw_none(canvas, sheet->done_count);
    for (size_t i = 0; i < sheet->done_count; i++) {
        canvas_reserve(canvas, KEEP_ENTRY);
        draw_first_line(canvas, i, &STYLE_STRONG, sheet->done[i].what);
        draw_detail(canvas, LABEL_CAUSE, sheet->done[i].cause);
        draw_detail(canvas, LABEL_REMEDY, sheet->done[i].remedy);
        canvas_skip(canvas, ENTRY_GAP);
    }
}

static void draw_left_open(struct canvas *canvas)
{
    const struct sheet_pdf *sheet = canvas->sheet;

    flow_heading(canvas, LABEL_LEFT_OPEN, KEEP_ENTRY);
    draw_none(canvas, sheet->left_open_count);
    for (size_t i = 0; i < sheet->left_open_count; i++) {
        canvas_reserve(canvas, KEEP_ENTRY);
        draw_first_line(canvas, i, &STYLE_STRONG, sheet->left_open[i].what);
        draw_detail(canvas, LABEL_PLAN, sheet->left_open[i].plan);
        draw_detail(canvas, LABEL_DUE, sheet->left_open[i].due);
        canvas_skip(canvas, ENTRY_GAP);
    }
}

void entry_sections_draw(struct canvas *canvas)
{
    draw_open_before(canvas);
    draw_done(canvas);
    draw_left_open(canvas);
}
