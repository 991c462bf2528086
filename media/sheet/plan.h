/** A small plan of one fix: the fence, the circle of accuracy, the position. */
#ifndef FIELDPROOF_MEDIA_SHEET_PLAN_H
#define FIELDPROOF_MEDIA_SHEET_PLAN_H

#include "media/sheet/canvas.h"

/** Draws a square plan, north up, into `side` points from (x, y); nothing leaves the square. */
void plan_draw(const struct canvas *canvas, const struct sheet_pdf_fix *fix, double x, double y,
               double side);

/** Draws one line that explains the plan's signs. */
void plan_draw_legend(const struct canvas *canvas, double x, double y);

/** Writes "12 m", "3.4 m" or "1.2 km". */
void plan_format_length(double length_m, char *ret_text, size_t size);

#endif
