/** Small signs that differ in shape, so that they survive a black-and-white printer. */
#ifndef FIELDPROOF_MEDIA_SHEET_VERDICT_MARK_H
#define FIELDPROOF_MEDIA_SHEET_VERDICT_MARK_H

#include "media/sheet/label.h"

/** The side of the square that a mark is drawn in. */
#define MARK_SIDE 8.0

/** A tick in a circle, an exclamation mark in a triangle, or a cross in a circle; else nothing. */
void verdict_mark_draw(const struct canvas *canvas, enum sheet_pdf_verdict verdict, double x,
                       double y);

/** The verdict's word; NULL for none. */
const char *verdict_mark_word(const struct canvas *canvas, enum sheet_pdf_verdict verdict);

/** A dot, an exclamation mark in a triangle, or a cross in a circle. */
void severity_mark_draw(const struct canvas *canvas, enum sheet_pdf_severity severity, double x,
                        double y);

const char *severity_mark_word(const struct canvas *canvas, enum sheet_pdf_severity severity);

#endif
