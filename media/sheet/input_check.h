/** Refuses what the sheet cannot draw, before anything is drawn. */
#ifndef FIELDPROOF_MEDIA_SHEET_INPUT_CHECK_H
#define FIELDPROOF_MEDIA_SHEET_INPUT_CHECK_H

#include "media/sheet/sheet_pdf.h"

/** @return 0, or the first of sheet_pdf_error that the input earns. */
__attribute__((warn_unused_result)) int input_check(const struct sheet_pdf *sheet);

#endif
