/** The parts of the sheet, in the order they are drawn. Each leaves out what its list does not
 * hold. */
#ifndef FIELDPROOF_MEDIA_SHEET_SECTIONS_H
#define FIELDPROOF_MEDIA_SHEET_SECTIONS_H

#include "media/sheet/canvas.h"

/** Organisation, number, version, correction, customer, site, people. */
void header_section_draw(struct canvas *canvas);

/** Of a correction: what it says otherwise, beside what it corrects. */
void change_section_draw(struct canvas *canvas);

/** What was signed and never received: before all that it stands in. */
void missing_section_draw(struct canvas *canvas);

/** Work orders and times on site. */
void attendance_section_draw(struct canvas *canvas);

/** Open before this visit; done on it; left open, with the plan. Drawn when empty, too. */
void entry_sections_draw(struct canvas *canvas);

/** Parts used and scans. */
void item_sections_draw(struct canvas *canvas);

/** Each fix with its plan. */
void position_section_draw(struct canvas *canvas);

/** Thumbnails, three in a row. */
void photo_section_draw(struct canvas *canvas);

void findings_section_draw(struct canvas *canvas);

/** The customer's signature, or room for one. */
void signature_section_draw(struct canvas *canvas);

/** The document's digest and how to verify it. */
void document_section_draw(struct canvas *canvas);

#endif
