/** A whole visit sheet to draw: every section filled, in Chinese or in English. */
#ifndef FIELDPROOF_TESTS_MEDIA_SHEET_SAMPLE_SHEET_H
#define FIELDPROOF_TESTS_MEDIA_SHEET_SAMPLE_SHEET_H

#include "media/sheet/sheet_pdf.h"

#define SAMPLE_PHOTOS 4

struct sample_sheet {
    struct sheet_pdf sheet;
    struct sheet_pdf_photo photos[SAMPLE_PHOTOS];
    uint8_t *jpegs[SAMPLE_PHOTOS];
};

/** Fills `sample`; free with sample_sheet_close(). @return 0, or -1 when no photo could be made. */
__attribute__((warn_unused_result)) int sample_sheet_open(struct sample_sheet *sample,
                                                          enum sheet_pdf_language language);

void sample_sheet_close(struct sample_sheet *sample);

/** As little as a sheet must have. */
struct sheet_pdf sample_sheet_minimal(void);

#endif
