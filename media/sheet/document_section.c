#include "media/sheet/flow.h"
#include "media/sheet/sections.h"

static void draw_value(struct canvas *canvas, enum label label, const struct text_style *style,
                       const char *text)
{
    char both[160];

    if (text_is_empty(text))
        return;
    label_both(canvas, label, both, sizeof both);
    canvas_reserve(canvas, STYLE_LABEL.pitch + style->pitch);
    flow_text(canvas, &STYLE_LABEL, CONTENT_LEFT, CONTENT_WIDTH, both);
    flow_text(canvas, style, CONTENT_LEFT, CONTENT_WIDTH, text);
    canvas_skip(canvas, 4);
}

void document_section_draw(struct canvas *canvas)
{
    const struct sheet_pdf *sheet = canvas->sheet;

    if (text_is_empty(sheet->document_sha256) && text_is_empty(sheet->verification))
        return;
    flow_heading(canvas, LABEL_DOCUMENT, 50);
    draw_value(canvas, LABEL_DIGEST, &STYLE_HASH, sheet->document_sha256);
    draw_value(canvas, LABEL_REPLACED_DIGEST, &STYLE_HASH, sheet->replaced_sha256);
    draw_value(canvas, LABEL_VERIFICATION, &STYLE_CAPTION, sheet->verification);
}
