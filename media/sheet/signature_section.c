#include "media/sheet/flow.h"
#include "media/sheet/sections.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define BOX_WIDTH    230.0
#define BOX_HEIGHT   92.0
#define TEXT_LEFT    (CONTENT_LEFT + BOX_WIDTH + 22)
#define LABEL_WIDTH  52.0
#define VALUE_LEFT   (TEXT_LEFT + LABEL_WIDTH)
#define PEN_WIDTH    1.25
#define TYPED_MARGIN 10.0
#define TYPED_TOP    26.0
#define SECTION_KEEP (BOX_HEIGHT + 44)

/* Through the midpoints, so that a coarse recording looks like the pen's own line. */
static void path_stroke(cairo_t *cairo, const struct sheet_pdf_stroke *stroke)
{
    const struct sheet_pdf_stroke_point *p = stroke->points;
    const size_t last = stroke->point_count - 1;

    cairo_move_to(cairo, p[0].x, p[0].y);
    for (size_t i = 1; i < last; i++) {
        const double to_x = (p[i].x + p[i + 1].x) / 2, to_y = (p[i].y + p[i + 1].y) / 2;
        double x, y;

        cairo_get_current_point(cairo, &x, &y);
        cairo_curve_to(cairo, x + (p[i].x - x) * 2 / 3, y + (p[i].y - y) * 2 / 3,
                       to_x + (p[i].x - to_x) * 2 / 3, to_y + (p[i].y - to_y) * 2 / 3, to_x, to_y);
    }
    /* A single point becomes a dot under round caps. */
    cairo_line_to(cairo, p[last].x, p[last].y);
}

static void draw_strokes(const struct canvas *canvas, const struct sheet_pdf_signature *signature,
                         double x, double y)
{
    cairo_t *cairo = canvas->cairo;
    const double scale = fmin(BOX_WIDTH / signature->box_width, BOX_HEIGHT / signature->box_height);

    cairo_save(cairo);
    cairo_rectangle(cairo, x, y, BOX_WIDTH, BOX_HEIGHT);
    cairo_clip(cairo);
    cairo_translate(cairo, x + (BOX_WIDTH - signature->box_width * scale) / 2,
                    y + (BOX_HEIGHT - signature->box_height * scale) / 2);
    cairo_scale(cairo, scale, scale);
    cairo_rectangle(cairo, 0, 0, signature->box_width, signature->box_height);
    cairo_clip(cairo);
    cairo_set_line_width(cairo, PEN_WIDTH / scale);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    for (size_t i = 0; i < signature->stroke_count; i++) {
        if (signature->strokes[i].point_count == 0)
            continue;
        path_stroke(cairo, &signature->strokes[i]);
        cairo_stroke(cairo);
    }
    cairo_restore(cairo);
}

/* Who could not draw typed the name. It stands in full beside the box. */
static void draw_typed(const struct canvas *canvas, const struct sheet_pdf_signature *signature,
                       double x, double y)
{
    const double width = BOX_WIDTH - 2 * TYPED_MARGIN;

    cairo_save(canvas->cairo);
    cairo_rectangle(canvas->cairo, x, y, BOX_WIDTH, BOX_HEIGHT);
    cairo_clip(canvas->cairo);
    text_draw_line(canvas, &STYLE_HEADING, x + TYPED_MARGIN, y + TYPED_TOP, width, signature->name);
    text_draw(canvas, &STYLE_CAPTION_SOFT, x + TYPED_MARGIN, y + TYPED_TOP + 24, width,
              signature->instead_of_strokes);
    cairo_restore(canvas->cairo);
}

static void draw_box(const struct canvas *canvas, double x, double y)
{
    canvas_set_grey(canvas, INK_RULE);
    cairo_set_line_width(canvas->cairo, 0.6);
    cairo_rectangle(canvas->cairo, x, y, BOX_WIDTH, BOX_HEIGHT);
    cairo_stroke(canvas->cairo);
}

static void draw_value(struct canvas *canvas, enum label label, const char *value)
{
    flow_row(canvas,
             (struct flow_cell[]){
                 {TEXT_LEFT, LABEL_WIDTH - 8, &STYLE_SOFT, label_text(canvas, label)},
                 {VALUE_LEFT, CONTENT_RIGHT - VALUE_LEFT, &STYLE_BODY, value},
             },
             2);
    canvas->y += 2;
}

static void draw_signed(struct canvas *canvas, const struct sheet_pdf_signature *signature)
{
    draw_value(canvas, LABEL_NAME, signature->name);
    if (!text_is_empty(signature->role))
        draw_value(canvas, LABEL_ROLE, signature->role);
    draw_value(canvas, LABEL_SIGNED_AT, signature->signed_local);
    if (!text_is_empty(signature->signed_utc))
        flow_text(canvas, &STYLE_CAPTION_SOFT, VALUE_LEFT, CONTENT_RIGHT - VALUE_LEFT,
                  signature->signed_utc);
    if (!text_is_empty(signature->position))
        draw_value(canvas, LABEL_POSITION, signature->position);
}

/* Lines to be filled in by hand. */
static void draw_unsigned(struct canvas *canvas)
{
    static const enum label labels[] = {LABEL_NAME, LABEL_ROLE, LABEL_SIGNED_AT};

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        canvas->y += 10;
        draw_value(canvas, labels[i], "");
        canvas_set_grey(canvas, INK_RULE);
        cairo_set_line_width(canvas->cairo, 0.6);
        cairo_move_to(canvas->cairo, VALUE_LEFT, canvas->y - 3);
        cairo_line_to(canvas->cairo, CONTENT_RIGHT, canvas->y - 3);
        cairo_stroke(canvas->cairo);
    }
}

void signature_section_draw(struct canvas *canvas)
{
    const struct sheet_pdf_signature *signature = canvas->sheet->signature;
    char label[160];
    double box_end;
    unsigned page;

    flow_heading(canvas, LABEL_SIGNATURE, SECTION_KEEP);
    page = canvas->page;
    box_end = canvas->y + BOX_HEIGHT + 4;
    draw_box(canvas, CONTENT_LEFT, canvas->y);
    if (signature) {
        if (text_is_empty(signature->instead_of_strokes))
            draw_strokes(canvas, signature, CONTENT_LEFT, canvas->y);
        else
            draw_typed(canvas, signature, CONTENT_LEFT, canvas->y);
        draw_signed(canvas, signature);
    } else {
        draw_unsigned(canvas);
    }
    if (canvas->page == page && canvas->y < box_end)
        canvas->y = box_end;
    if (!signature || text_is_empty(signature->displayed_sha256))
        return;
    canvas_skip(canvas, 4);
    label_both(canvas, LABEL_SIGNED_DOCUMENT, label, sizeof label);
    flow_text(canvas, &STYLE_LABEL, CONTENT_LEFT, CONTENT_WIDTH, label);
    flow_text(canvas, &STYLE_HASH, CONTENT_LEFT, CONTENT_WIDTH, signature->displayed_sha256);
}
