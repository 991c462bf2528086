#include "media/sheet/flow.h"
#include "media/sheet/sections.h"

#include <glib.h>
#include <stdio.h>

#define BLOCK_WIDTH  92.0
#define GAP          12.0
#define TEXT_WIDTH   ((CONTENT_WIDTH - BLOCK_WIDTH) / 2 - GAP)
#define BEFORE_LEFT  (CONTENT_LEFT + BLOCK_WIDTH + GAP)
#define AFTER_LEFT   (BEFORE_LEFT + TEXT_WIDTH + GAP)
#define VERSION_SIZE 64
#define KEEP_ROW     40.0

static void draw_row(struct canvas *canvas, const struct text_style *style, const char *block,
                     const char *before, const char *after)
{
    flow_row(canvas,
             (struct flow_cell[]){
                 {CONTENT_LEFT, BLOCK_WIDTH, &STYLE_LABEL, block},
                 {BEFORE_LEFT, TEXT_WIDTH, style, before},
                 {AFTER_LEFT, TEXT_WIDTH, style, after},
             },
             3);
    canvas_skip(canvas, 4);
}

/* Marks that survive black-and-white printing. */
static char *marked(const char *mark, const char *text)
{
    return g_strdup_printf("%s %s", text_is_empty(text) ? "" : mark,
                           text_is_empty(text) ? "–" : text);
}

void change_section_draw(struct canvas *canvas)
{
    const struct sheet_pdf *sheet = canvas->sheet;
    char before[VERSION_SIZE], after[VERSION_SIZE];

    if (text_is_empty(sheet->replaced_sha256))
        return;
    flow_heading(canvas, LABEL_CHANGES, KEEP_ROW);
    if (sheet->change_count == 0) {
        flow_text(canvas, &STYLE_SOFT, CONTENT_LEFT, CONTENT_WIDTH, label_text(canvas, LABEL_NONE));
        return;
    }
    snprintf(before, sizeof before, "%s %u", label_text(canvas, LABEL_VERSION),
             sheet->replaces_version);
    snprintf(after, sizeof after, "%s %u", label_text(canvas, LABEL_VERSION), sheet->version);
    draw_row(canvas, &STYLE_LABEL, "", before, after);
    for (size_t i = 0; i < sheet->change_count; i++) {
        const struct sheet_pdf_change *change = &sheet->changes[i];
        char *removed = marked("−", change->before), *added = marked("+", change->after);

        draw_row(canvas, &STYLE_BODY, change->block, removed, added);
        g_free(removed);
        g_free(added);
    }
}
