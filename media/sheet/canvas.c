#include "media/sheet/canvas.h"
#include "media/sheet/label.h"
#include "media/sheet/text.h"

#include <stdio.h>

void canvas_set_grey(const struct canvas *canvas, double grey)
{
    cairo_set_source_rgb(canvas->cairo, grey, grey, grey);
}

void canvas_draw_rule(const struct canvas *canvas, double y, double width, double grey)
{
    canvas_set_grey(canvas, grey);
    cairo_set_line_width(canvas->cairo, width);
    cairo_move_to(canvas->cairo, CONTENT_LEFT, y);
    cairo_line_to(canvas->cairo, CONTENT_RIGHT, y);
    cairo_stroke(canvas->cairo);
}

bool canvas_is_stopped(const struct canvas *canvas)
{
    return canvas->page > SHEET_PDF_PAGES_MAX ||
           cairo_status(canvas->cairo) != CAIRO_STATUS_SUCCESS;
}

void canvas_reserve(struct canvas *canvas, double height)
{
    if (canvas->y + height > CONTENT_END && canvas->y > CONTENT_TOP)
        canvas_finish_page(canvas);
}

void canvas_skip(struct canvas *canvas, double height)
{
    if (canvas->y > CONTENT_TOP)
        canvas->y += height;
}

static void draw_footer(const struct canvas *canvas)
{
    const struct sheet_pdf *sheet = canvas->sheet;
    const double y = PAGE_HEIGHT - 42;
    char text[SHEET_PDF_LINE_BYTES_MAX + 96];

    canvas_draw_rule(canvas, y - 6, 0.4, INK_RULE);
    snprintf(text, sizeof text, "%s  ·  %s %u", sheet->number, label_text(canvas, LABEL_VERSION),
             sheet->version);
    text_draw_line(canvas, &STYLE_FOOTER, CONTENT_LEFT, y, CONTENT_WIDTH * 0.62, text);
    label_page(canvas, text, sizeof text);
    text_draw_line(canvas, &STYLE_FOOTER_RIGHT, CONTENT_LEFT + CONTENT_WIDTH * 0.7, y,
                   CONTENT_WIDTH * 0.3, text);
}

void canvas_finish_page(struct canvas *canvas)
{
    draw_footer(canvas);
    cairo_show_page(canvas->cairo);
    canvas->page++;
    canvas->y = CONTENT_TOP;
}
