#include "media/sheet/sections.h"
#include "media/sheet/table.h"

#include <glib.h>

#define KEEP_FIRST_ROW 40.0

static void draw_parts(struct canvas *canvas)
{
    static const struct table_column columns[] = {
        {260, LABEL_PART_NAME, false}, {130, LABEL_PART_NUMBER, false}, {81, LABEL_QUANTITY, true}};
    struct table table = {columns, G_N_ELEMENTS(columns), false, 0};

    if (canvas->sheet->part_count == 0)
        return;
    flow_heading(canvas, LABEL_PARTS, KEEP_FIRST_ROW);
    for (size_t i = 0; i < canvas->sheet->part_count; i++) {
        const struct sheet_pdf_part *part = &canvas->sheet->parts[i];
        char *quantity =
            g_strdup_printf("%s%s%s", part->quantity ? part->quantity : "",
                            text_is_empty(part->unit) ? "" : " ", part->unit ? part->unit : "");

        table_draw_row(canvas, &table, (const char *const[]){part->name, part->number, quantity});
        g_free(quantity);
    }
}

static bool has_assets(const struct sheet_pdf *sheet)
{
    for (size_t i = 0; i < sheet->scan_count; i++) {
        if (!text_is_empty(sheet->scans[i].asset))
            return true;
    }
    return false;
}

/* The column of assets is there when a scan names one. */
static void draw_scans(struct canvas *canvas)
{
    static const struct table_column columns[] = {
        {201, LABEL_ASSET, false}, {90, LABEL_SYMBOLOGY, false}, {180, LABEL_VALUE, false}};
    static const struct table_column without_assets[] = {{120, LABEL_SYMBOLOGY, false},
                                                         {363, LABEL_VALUE, false}};
    bool with_assets = has_assets(canvas->sheet);
    struct table table = {with_assets ? columns : without_assets,
                          with_assets ? G_N_ELEMENTS(columns) : G_N_ELEMENTS(without_assets), false,
                          0};

    if (canvas->sheet->scan_count == 0)
        return;
    flow_heading(canvas, LABEL_SCANS, KEEP_FIRST_ROW);
    for (size_t i = 0; i < canvas->sheet->scan_count; i++) {
        const struct sheet_pdf_scan *scan = &canvas->sheet->scans[i];
        const char *texts[] = {text_is_empty(scan->asset) ? "–" : scan->asset, scan->symbology,
                               scan->value};

        table_draw_row(canvas, &table, with_assets ? texts : texts + 1);
    }
}

void item_sections_draw(struct canvas *canvas)
{
    draw_parts(canvas);
    draw_scans(canvas);
}
