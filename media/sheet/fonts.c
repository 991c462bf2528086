#include "media/sheet/fonts.h"

#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#define REQUIRED_FAMILY "WenQuanYi Micro Hei"

static const char CONFIGURATION[] = "<?xml version=\"1.0\"?><fontconfig>"
                                    "<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"
                                    "<cachedir>/var/cache/fontconfig</cachedir>"
                                    "</fontconfig>";

static bool has_family(FcConfig *config, const char *family)
{
    FcPattern *pattern = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family, NULL);
    FcObjectSet *objects = FcObjectSetBuild(FC_FAMILY, NULL);
    FcFontSet *found = pattern && objects ? FcFontList(config, pattern, objects) : NULL;
    const bool has = found && found->nfont > 0;

    if (found)
        FcFontSetDestroy(found);
    if (objects)
        FcObjectSetDestroy(objects);
    if (pattern)
        FcPatternDestroy(pattern);
    return has;
}

static void set_rendering(PangoContext *context, enum sheet_pdf_language language)
{
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    pango_context_set_language(
        context, pango_language_from_string(language == SHEET_PDF_CHINESE ? "zh-cn" : "en"));
}

int fonts_open(struct fonts *fonts, enum sheet_pdf_language language)
{
    *fonts = (struct fonts){.config = FcConfigCreate()};
    if (!fonts->config ||
        !FcConfigParseAndLoadFromMemory(fonts->config, (const FcChar8 *)CONFIGURATION, FcTrue) ||
        !FcConfigBuildFonts(fonts->config))
        return SHEET_PDF_NO_MEMORY;
    if (!has_family(fonts->config, REQUIRED_FAMILY))
        return SHEET_PDF_NO_FONTS;
    fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!fonts->map)
        return SHEET_PDF_NO_FONTS;
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), fonts->config);
    fonts->context = pango_font_map_create_context(fonts->map);
    set_rendering(fonts->context, language);
    return 0;
}

void fonts_close(struct fonts *fonts)
{
    if (fonts->context)
        g_object_unref(fonts->context);
    if (fonts->map)
        g_object_unref(fonts->map);
    if (fonts->config)
        FcConfigDestroy(fonts->config);
    *fonts = (struct fonts){0};
}
