#include "media/sheet/verdict_mark.h"

#include <math.h>

static void begin(const struct canvas *canvas, double x, double y)
{
    cairo_save(canvas->cairo);
    cairo_translate(canvas->cairo, x, y);
    cairo_scale(canvas->cairo, MARK_SIDE, MARK_SIDE);
    canvas_set_grey(canvas, INK_BLACK);
    cairo_set_line_width(canvas->cairo, 0.1);
    cairo_set_line_cap(canvas->cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(canvas->cairo, CAIRO_LINE_JOIN_ROUND);
}

static void end(const struct canvas *canvas)
{
    cairo_restore(canvas->cairo);
}

static void draw_circle(const struct canvas *canvas)
{
    cairo_new_sub_path(canvas->cairo);
    cairo_arc(canvas->cairo, 0.5, 0.5, 0.45, 0, 2 * M_PI);
    cairo_stroke(canvas->cairo);
}

static void draw_tick(const struct canvas *canvas)
{
    draw_circle(canvas);
    cairo_move_to(canvas->cairo, 0.29, 0.52);
    cairo_line_to(canvas->cairo, 0.44, 0.67);
    cairo_line_to(canvas->cairo, 0.72, 0.35);
    cairo_stroke(canvas->cairo);
}

static void draw_warning(const struct canvas *canvas)
{
    cairo_move_to(canvas->cairo, 0.5, 0.06);
    cairo_line_to(canvas->cairo, 0.97, 0.92);
    cairo_line_to(canvas->cairo, 0.03, 0.92);
    cairo_close_path(canvas->cairo);
    cairo_move_to(canvas->cairo, 0.5, 0.38);
    cairo_line_to(canvas->cairo, 0.5, 0.6);
    cairo_move_to(canvas->cairo, 0.5, 0.76);
    cairo_line_to(canvas->cairo, 0.5, 0.77);
    cairo_stroke(canvas->cairo);
}

static void draw_cross(const struct canvas *canvas)
{
    draw_circle(canvas);
    cairo_move_to(canvas->cairo, 0.34, 0.34);
    cairo_line_to(canvas->cairo, 0.66, 0.66);
    cairo_move_to(canvas->cairo, 0.66, 0.34);
    cairo_line_to(canvas->cairo, 0.34, 0.66);
    cairo_stroke(canvas->cairo);
}

static void draw_dot(const struct canvas *canvas)
{
    cairo_arc(canvas->cairo, 0.5, 0.5, 0.18, 0, 2 * M_PI);
    cairo_fill(canvas->cairo);
}

void verdict_mark_draw(const struct canvas *canvas, enum sheet_pdf_verdict verdict, double x,
                       double y)
{
    begin(canvas, x, y);
    if (verdict == SHEET_PDF_ACCEPTED)
        draw_tick(canvas);
    else if (verdict == SHEET_PDF_NEEDS_REVIEW)
        draw_warning(canvas);
    else if (verdict == SHEET_PDF_REJECTED)
        draw_cross(canvas);
    end(canvas);
}

const char *verdict_mark_word(const struct canvas *canvas, enum sheet_pdf_verdict verdict)
{
    switch (verdict) {
    case SHEET_PDF_ACCEPTED:
        return label_text(canvas, LABEL_ACCEPTED);
    case SHEET_PDF_NEEDS_REVIEW:
        return label_text(canvas, LABEL_NEEDS_REVIEW);
    case SHEET_PDF_REJECTED:
        return label_text(canvas, LABEL_REJECTED);
    case SHEET_PDF_NO_VERDICT:
    default:
        return NULL;
    }
}

void severity_mark_draw(const struct canvas *canvas, enum sheet_pdf_severity severity, double x,
                        double y)
{
    begin(canvas, x, y);
    if (severity == SHEET_PDF_FAIL)
        draw_cross(canvas);
    else if (severity == SHEET_PDF_WARN)
        draw_warning(canvas);
    else
        draw_dot(canvas);
    end(canvas);
}

const char *severity_mark_word(const struct canvas *canvas, enum sheet_pdf_severity severity)
{
    static const enum label labels[] = {[SHEET_PDF_INFO] = LABEL_INFO,
                                        [SHEET_PDF_WARN] = LABEL_WARN,
                                        [SHEET_PDF_FAIL] = LABEL_FAIL};

    return label_text(canvas, labels[severity]);
}
