#include "media/sheet/flow.h"
#include "media/sheet/sections.h"

#define BLOCK_WIDTH 92.0
#define LINE_LEFT   (CONTENT_LEFT + BLOCK_WIDTH + 12)
#define KEEP_ROW    60.0

void missing_section_draw(struct canvas *canvas)
{
    const struct sheet_pdf *sheet = canvas->sheet;

    if (sheet->missing_count == 0)
        return;
    flow_heading(canvas, LABEL_MISSING, KEEP_ROW);
    flow_text(canvas, &STYLE_BODY, CONTENT_LEFT, CONTENT_WIDTH,
              label_text(canvas, LABEL_MISSING_MEANS));
    if (label_second_text(canvas, LABEL_MISSING_MEANS))
        flow_text(canvas, &STYLE_SOFT, CONTENT_LEFT, CONTENT_WIDTH,
                  label_second_text(canvas, LABEL_MISSING_MEANS));
    canvas_skip(canvas, 4);
    for (size_t i = 0; i < sheet->missing_count; i++) {
        const struct sheet_pdf_missing *missing = &sheet->missing[i];

        flow_row(canvas,
                 (struct flow_cell[]){
                     {CONTENT_LEFT, BLOCK_WIDTH, &STYLE_LABEL, missing->block},
                     {LINE_LEFT, CONTENT_RIGHT - LINE_LEFT, &STYLE_BODY, missing->line},
                 },
                 2);
        canvas_skip(canvas, 4);
    }
}
