#include "media/sheet/text.h"
#include "media/sheet/fonts.h"

#include <pango/pangocairo.h>

#define LEFT   PANGO_ALIGN_LEFT
#define RIGHT  PANGO_ALIGN_RIGHT
#define CENTRE PANGO_ALIGN_CENTER

const struct text_style STYLE_TITLE = {22, 28, INK_BLACK, true, false, LEFT};
const struct text_style STYLE_TITLE_SECOND = {11, 16, INK_SOFT, false, false, LEFT};
const struct text_style STYLE_HEADING = {11.5, 16, INK_BLACK, true, false, LEFT};
const struct text_style STYLE_HEADING_SECOND = {8, 16, INK_SOFT, false, false, LEFT};
const struct text_style STYLE_BODY = {9.5, 14, INK_BLACK, false, false, LEFT};
const struct text_style STYLE_STRONG = {9.5, 14, INK_BLACK, true, false, LEFT};
const struct text_style STYLE_SOFT = {9.5, 14, INK_SOFT, false, false, LEFT};
const struct text_style STYLE_RIGHT = {9.5, 14, INK_BLACK, false, false, RIGHT};
const struct text_style STYLE_LABEL = {7.5, 11, INK_SOFT, false, false, LEFT};
const struct text_style STYLE_LABEL_RIGHT = {7.5, 11, INK_SOFT, false, false, RIGHT};
const struct text_style STYLE_CAPTION = {8, 11.5, INK_BLACK, false, false, LEFT};
const struct text_style STYLE_CAPTION_SOFT = {7.5, 11, INK_SOFT, false, false, LEFT};
const struct text_style STYLE_CAPTION_CENTRE = {7.5, 11, INK_SOFT, false, false, CENTRE};
const struct text_style STYLE_NUMBER = {11.5, 16, INK_BLACK, true, false, RIGHT};
const struct text_style STYLE_PLAN = {6.5, 8, INK_BLACK, false, false, LEFT};
const struct text_style STYLE_HASH = {7.5, 11, INK_BLACK, false, true, LEFT};
const struct text_style STYLE_FOOTER = {7.5, 11, INK_SOFT, false, false, LEFT};
const struct text_style STYLE_FOOTER_RIGHT = {7.5, 11, INK_SOFT, false, false, RIGHT};

/* Part of the size by which strong outlines are thickened. */
#define STRONG_STROKE 0.03

/* Pango's time to break a word grows with the square of its length: 0.7 s for 32 KB in one. */
#define WORD_LENGTH_MAX  300
#define ZERO_WIDTH_SPACE 0x200b
#define FIRST_IDEOGRAPH  0x2e80

bool text_is_empty(const char *text)
{
    return !text || !*text;
}

static bool is_noncharacter(gunichar c)
{
    return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
}

/* Between ideographs, as at spaces, a line may end. */
static bool ends_word(gunichar c)
{
    return g_unichar_isspace(c) || c >= FIRST_IDEOGRAPH;
}

char *text_drawable(const char *text)
{
    GString *copy = g_string_new(NULL);
    size_t word_length = 0;

    for (const char *c = text ? text : ""; *c; c = g_utf8_next_char(c)) {
        const gunichar character = g_utf8_get_char(c);

        word_length = ends_word(character) ? 0 : word_length + 1;
        if (word_length > WORD_LENGTH_MAX) {
            g_string_append_unichar(copy, ZERO_WIDTH_SPACE);
            word_length = 1;
        }
        g_string_append_unichar(copy, is_noncharacter(character) ? 0xfffd : character);
    }
    return g_string_free(copy, FALSE);
}

/* A hyphen where a serial number or an address is broken would read as part of it. */
static void forbid_hyphens(PangoLayout *layout)
{
    PangoAttrList *attributes = pango_attr_list_new();

    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

PangoLayout *text_layout(const struct canvas *canvas, const struct text_style *style, double width,
                         const char *text)
{
    PangoLayout *layout = pango_layout_new(canvas->pango);
    PangoFontDescription *font = pango_font_description_new();
    char *drawable = text_drawable(text);

    pango_font_description_set_family_static(font, style->mono ? FONTS_MONO : FONTS_SANS);
    pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, style->align);
    pango_layout_set_text(layout, drawable, -1);
    forbid_hyphens(layout);
    g_free(drawable);
    return layout;
}

double text_line_height(const struct text_style *style, const PangoRectangle *logical)
{
    const double height = (double)logical->height / PANGO_SCALE;

    return height > style->pitch ? height : style->pitch;
}

double text_height(const struct canvas *canvas, const struct text_style *style, double width,
                   const char *text)
{
    PangoLayout *layout = text_layout(canvas, style, width, text);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    double height = 0;

    do {
        PangoRectangle logical;

        pango_layout_iter_get_line_extents(iter, NULL, &logical);
        height += text_line_height(style, &logical);
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    g_object_unref(layout);
    return height;
}

double text_draw_iter(const struct canvas *canvas, const struct text_style *style,
                      PangoLayoutIter *iter, double x, double y)
{
    PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);
    PangoRectangle logical;
    double height, left, baseline;

    pango_layout_iter_get_line_extents(iter, NULL, &logical);
    height = text_line_height(style, &logical);
    left = x + (double)logical.x / PANGO_SCALE;
    baseline = y + (height - (double)logical.height / PANGO_SCALE) / 2 +
               (double)(pango_layout_iter_get_baseline(iter) - logical.y) / PANGO_SCALE;
    canvas_set_grey(canvas, style->grey);
    cairo_move_to(canvas->cairo, left, baseline);
    pango_cairo_show_layout_line(canvas->cairo, line);
    if (style->strong) {
        cairo_move_to(canvas->cairo, left, baseline);
        pango_cairo_layout_line_path(canvas->cairo, line);
        cairo_set_line_width(canvas->cairo, style->size * STRONG_STROKE);
        cairo_stroke(canvas->cairo);
    }
    cairo_new_path(canvas->cairo);
    return height;
}

static double draw_lines(const struct canvas *canvas, const struct text_style *style,
                         PangoLayout *layout, double x, double y)
{
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    double height = 0;

    do {
        height += text_draw_iter(canvas, style, iter, x, y + height);
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return height;
}

double text_draw(const struct canvas *canvas, const struct text_style *style, double x, double y,
                 double width, const char *text)
{
    PangoLayout *layout = text_layout(canvas, style, width, text);
    double height = draw_lines(canvas, style, layout, x, y);

    g_object_unref(layout);
    return height;
}

double text_draw_line(const struct canvas *canvas, const struct text_style *style, double x,
                      double y, double width, const char *text)
{
    PangoLayout *layout = text_layout(canvas, style, width, text);
    PangoRectangle logical;

    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    draw_lines(canvas, style, layout, x, y);
    pango_layout_get_extents(layout, NULL, &logical);
    g_object_unref(layout);
    return (double)logical.width / PANGO_SCALE;
}
