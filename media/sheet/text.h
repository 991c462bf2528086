/** Setting type: styles, and lines of text at a place. Text that may break over pages: flow.h. */
#ifndef FIELDPROOF_MEDIA_SHEET_TEXT_H
#define FIELDPROOF_MEDIA_SHEET_TEXT_H

#include "media/sheet/canvas.h"

struct text_style {
    double size;  /**< points */
    double pitch; /**< from baseline to baseline, points; taller lines push it apart */
    double grey;
    bool strong; /**< the font has one weight: the outline is drawn a little thicker */
    bool mono;
    PangoAlignment align;
};

extern const struct text_style STYLE_TITLE;
extern const struct text_style STYLE_TITLE_SECOND;
extern const struct text_style STYLE_HEADING;
extern const struct text_style STYLE_HEADING_SECOND;
extern const struct text_style STYLE_BODY;
extern const struct text_style STYLE_STRONG;
extern const struct text_style STYLE_SOFT;
extern const struct text_style STYLE_RIGHT;
extern const struct text_style STYLE_LABEL;
extern const struct text_style STYLE_LABEL_RIGHT;
extern const struct text_style STYLE_CAPTION;
extern const struct text_style STYLE_CAPTION_SOFT;
extern const struct text_style STYLE_CAPTION_CENTRE;
extern const struct text_style STYLE_NUMBER;
extern const struct text_style STYLE_PLAN;
extern const struct text_style STYLE_HASH;
extern const struct text_style STYLE_FOOTER;
extern const struct text_style STYLE_FOOTER_RIGHT;

/** NULL and "" are the same to a sheet. */
bool text_is_empty(const char *text);

/**
 * A copy that cairo accepts: it refuses Unicode's noncharacters (U+FFFE, U+FFFF, U+FDD0 ...), which
 * are replaced by U+FFFD. Endless words get invisible places to break at. Released with g_free().
 */
char *text_drawable(const char *text);

/** Wrapped to `width`; words that are too long are broken. Released with g_object_unref(). */
PangoLayout *text_layout(const struct canvas *canvas, const struct text_style *style, double width,
                         const char *text);

/** Height of one line as it is set here: the style's pitch, or what tall glyphs need. */
double text_line_height(const struct text_style *style, const PangoRectangle *logical);

/** Height that `text` takes when wrapped to `width`. */
double text_height(const struct canvas *canvas, const struct text_style *style, double width,
                   const char *text);

/** Draws the line that `iter` is at, its top at `y`; returns its height. */
double text_draw_iter(const struct canvas *canvas, const struct text_style *style,
                      PangoLayoutIter *iter, double x, double y);

/** Draws all of `text`, wrapped; returns its height. The caller made sure of the room. */
double text_draw(const struct canvas *canvas, const struct text_style *style, double x, double y,
                 double width, const char *text);

/** Draws `text` on one line, ending in an ellipsis where it is too long; returns its width. */
double text_draw_line(const struct canvas *canvas, const struct text_style *style, double x,
                      double y, double width, const char *text);

#endif
