/** The sheet's own words, in both languages. */
#ifndef FIELDPROOF_MEDIA_SHEET_LABEL_H
#define FIELDPROOF_MEDIA_SHEET_LABEL_H

#include "media/sheet/canvas.h"

enum label {
    LABEL_VISIT_SHEET,
    LABEL_NUMBER,
    LABEL_VERSION,
    LABEL_CUSTOMER,
    LABEL_SITE,
    LABEL_TECHNICIANS,
    LABEL_TIME_ZONE,
    LABEL_WORK_ORDERS,
    LABEL_TIMES_ON_SITE,
    LABEL_TECHNICIAN,
    LABEL_ARRIVAL,
    LABEL_DEPARTURE,
    LABEL_DURATION,
    LABEL_STILL_ON_SITE,
    LABEL_OPEN_BEFORE,
    LABEL_DONE,
    LABEL_CAUSE,
    LABEL_REMEDY,
    LABEL_LEFT_OPEN,
    LABEL_PLAN,
    LABEL_DUE,
    LABEL_NONE,
    LABEL_PARTS,
    LABEL_PART_NAME,
    LABEL_PART_NUMBER,
    LABEL_QUANTITY,
    LABEL_SCANS,
    LABEL_SYMBOLOGY,
    LABEL_VALUE,
    LABEL_ASSET,
    LABEL_POSITIONS,
    LABEL_COORDINATES,
    LABEL_ACCURACY,
    LABEL_DISTANCE,
    LABEL_LEGEND_FENCE,
    LABEL_LEGEND_ACCURACY,
    LABEL_LEGEND_POSITION,
    LABEL_PHOTOS,
    LABEL_NO_PICTURE,
    LABEL_FINDINGS,
    LABEL_SIGNATURE,
    LABEL_NAME,
    LABEL_ROLE,
    LABEL_SIGNED_AT,
    LABEL_POSITION,
    LABEL_SIGNED_DOCUMENT,
    LABEL_CHANGES,
    LABEL_REPLACED_DIGEST,
    LABEL_MISSING,
    LABEL_MISSING_MEANS,
    LABEL_DOCUMENT,
    LABEL_DIGEST,
    LABEL_VERIFICATION,
    LABEL_ACCEPTED,
    LABEL_NEEDS_REVIEW,
    LABEL_REJECTED,
    LABEL_INFO,
    LABEL_WARN,
    LABEL_FAIL,
    LABEL_COUNT,
};

/** In the sheet's language. */
const char *label_text(const struct canvas *canvas, enum label label);

/** In the other language when the sheet is bilingual, else NULL. */
const char *label_second_text(const struct canvas *canvas, enum label label);

/** Writes "Page 2 of 5" to `ret_text` of `size` bytes. */
void label_page(const struct canvas *canvas, char *ret_text, size_t size);

/** Writes that this version corrects an earlier one to `ret_text` of `size` bytes. */
void label_correction(const struct canvas *canvas, char *ret_text, size_t size);

/** Writes "label" or "label  second label" to `ret_text` of `size` bytes. */
void label_both(const struct canvas *canvas, enum label label, char *ret_text, size_t size);

#endif
