/** The sheet's fonts, from the system's font folder alone: no user's or host's configuration. */
#ifndef FIELDPROOF_MEDIA_SHEET_FONTS_H
#define FIELDPROOF_MEDIA_SHEET_FONTS_H

#include "media/sheet/sheet_pdf.h"

#include <fontconfig/fontconfig.h>
#include <pango/pango.h>

/* Chinese and Latin come from one font; DejaVu has the symbols that it lacks. */
#define FONTS_SANS "WenQuanYi Micro Hei,DejaVu Sans"
#define FONTS_MONO "WenQuanYi Micro Hei Mono,DejaVu Sans Mono"

struct fonts {
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context; /**< one unit is one point; no hinting, so that metrics scale */
};

/** @return 0, SHEET_PDF_NO_FONTS or SHEET_PDF_NO_MEMORY; fonts_close() in every case. */
__attribute__((warn_unused_result)) int fonts_open(struct fonts *fonts,
                                                   enum sheet_pdf_language language);

/** Also after a fonts_open() that failed. */
void fonts_close(struct fonts *fonts);

#endif
