/** The page being drawn: where it is, how far down it is filled, and when the next one begins. */
#ifndef FIELDPROOF_MEDIA_SHEET_CANVAS_H
#define FIELDPROOF_MEDIA_SHEET_CANVAS_H

#include "media/sheet/sheet_pdf.h"

#include <cairo.h>
#include <pango/pango.h>

/* All lengths are points (1/72 inch); y grows downwards. ISO 216 A4. */
#define PAGE_WIDTH    595.276
#define PAGE_HEIGHT   841.890
#define MARGIN_SIDE   50.0
#define CONTENT_LEFT  MARGIN_SIDE
#define CONTENT_WIDTH (PAGE_WIDTH - 2 * MARGIN_SIDE)
#define CONTENT_RIGHT (PAGE_WIDTH - MARGIN_SIDE)
#define CONTENT_TOP   48.0
#define CONTENT_END   (PAGE_HEIGHT - 62.0)

struct canvas {
    const struct sheet_pdf *sheet;
    cairo_t *cairo;
    PangoContext *pango;
    double y;            /**< where the next thing goes */
    unsigned page;       /**< from 1 */
    unsigned page_count; /**< 0 while the pages are being counted */
};

/** Greys from black (0) to white (1), as printers render them: text stays at INK_SOFT or darker. */
#define INK_BLACK 0.08
#define INK_SOFT  0.38
#define INK_RULE  0.72
#define INK_TINT  0.945

/** What is drawn from now on is of this grey. */
void canvas_set_grey(const struct canvas *canvas, double grey);

/** A thin horizontal line across the content at `y`. */
void canvas_draw_rule(const struct canvas *canvas, double y, double width, double grey);

/** Begins a new page unless `height` fits on this one, or nothing is on it yet. */
void canvas_reserve(struct canvas *canvas, double height);

/** Leaves a gap, but none at the top of a page. */
void canvas_skip(struct canvas *canvas, double height);

/** Draws the footer and shows the page; the next one begins empty. */
void canvas_finish_page(struct canvas *canvas);

/** True once drawing further is pointless: cairo failed or there are too many pages. */
bool canvas_is_stopped(const struct canvas *canvas);

#endif
