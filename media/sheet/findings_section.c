#include "media/sheet/flow.h"
#include "media/sheet/sections.h"
#include "media/sheet/verdict_mark.h"

#define WORD_LEFT  (CONTENT_LEFT + 16)
#define WORD_WIDTH 50.0
#define TEXT_LEFT  (WORD_LEFT + WORD_WIDTH + 8)

void findings_section_draw(struct canvas *canvas)
{
    if (canvas->sheet->finding_count == 0)
        return;
    flow_heading(canvas, LABEL_FINDINGS, 40);
    for (size_t i = 0; i < canvas->sheet->finding_count; i++) {
        const struct sheet_pdf_finding *finding = &canvas->sheet->findings[i];

        canvas_reserve(canvas, 2 * STYLE_BODY.pitch);
        severity_mark_draw(canvas, finding->severity, CONTENT_LEFT, canvas->y + 3);
        flow_row(
            canvas,
            (struct flow_cell[]){
                {WORD_LEFT, WORD_WIDTH, &STYLE_SOFT, severity_mark_word(canvas, finding->severity)},
                {TEXT_LEFT, CONTENT_RIGHT - TEXT_LEFT, &STYLE_BODY, finding->sentence},
            },
            2);
        canvas_skip(canvas, 3);
    }
}
