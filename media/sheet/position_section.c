#include "media/sheet/flow.h"
#include "media/sheet/plan.h"
#include "media/sheet/sections.h"
#include "media/sheet/verdict_mark.h"

#include <stdio.h>

#define PLAN_SIDE   112.0
#define TEXT_LEFT   (CONTENT_LEFT + PLAN_SIDE + 18)
#define TEXT_WIDTH  (CONTENT_RIGHT - TEXT_LEFT)
#define LABEL_WIDTH 78.0
#define VALUE_LEFT  (TEXT_LEFT + LABEL_WIDTH)
#define VALUE_SIZE  64
#define CARD_GAP    14.0

static void draw_value(struct canvas *canvas, enum label label, const char *value)
{
    flow_row(canvas,
             (struct flow_cell[]){
                 {TEXT_LEFT, LABEL_WIDTH - 8, &STYLE_CAPTION_SOFT, label_text(canvas, label)},
                 {VALUE_LEFT, CONTENT_RIGHT - VALUE_LEFT, &STYLE_CAPTION, value},
             },
             2);
}

static void draw_numbers(struct canvas *canvas, const struct sheet_pdf_fix *fix)
{
    char text[VALUE_SIZE], length[VALUE_SIZE / 2];

    snprintf(text, sizeof text, "%.6f, %.6f  (WGS-84)", fix->lat_deg, fix->lon_deg);
    draw_value(canvas, LABEL_COORDINATES, text);
    plan_format_length(fix->accuracy_m, length, sizeof length);
    snprintf(text, sizeof text, "±%s", length);
    draw_value(canvas, LABEL_ACCURACY, text);
    if (fix->has_distance) {
        plan_format_length(fix->distance_m, text, sizeof text);
        draw_value(canvas, LABEL_DISTANCE, text);
    }
}

static void draw_verdict(struct canvas *canvas, const struct sheet_pdf_fix *fix)
{
    const char *word = verdict_mark_word(canvas, fix->verdict);

    if (!word)
        return;
    canvas_reserve(canvas, STYLE_BODY.pitch);
    verdict_mark_draw(canvas, fix->verdict, TEXT_LEFT, canvas->y + 3);
    flow_text(canvas, &STYLE_STRONG, TEXT_LEFT + MARK_SIDE + 5, TEXT_WIDTH - MARK_SIDE - 5, word);
}

static void draw_fix(struct canvas *canvas, const struct sheet_pdf_fix *fix)
{
    double plan_end;
    unsigned page;

    canvas_reserve(canvas, PLAN_SIDE);
    page = canvas->page;
    plan_end = canvas->y + PLAN_SIDE;
    plan_draw(canvas, fix, CONTENT_LEFT, canvas->y, PLAN_SIDE);
    flow_text(canvas, &STYLE_STRONG, TEXT_LEFT, TEXT_WIDTH, fix->label);
    flow_text(canvas, &STYLE_CAPTION_SOFT, TEXT_LEFT, TEXT_WIDTH, fix->captured);
    canvas->y += 3;
    draw_verdict(canvas, fix);
    flow_text(canvas, &STYLE_BODY, TEXT_LEFT, TEXT_WIDTH, fix->sentence);
    canvas->y += 3;
    draw_numbers(canvas, fix);
    if (canvas->page == page && canvas->y < plan_end)
        canvas->y = plan_end;
    canvas_skip(canvas, CARD_GAP);
}

void position_section_draw(struct canvas *canvas)
{
    if (canvas->sheet->fix_count == 0)
        return;
    flow_heading(canvas, LABEL_POSITIONS, PLAN_SIDE + CARD_GAP + 20);
    plan_draw_legend(canvas, CONTENT_LEFT, canvas->y);
    canvas->y += 17;
    for (size_t i = 0; i < canvas->sheet->fix_count; i++)
        draw_fix(canvas, &canvas->sheet->fixes[i]);
}
