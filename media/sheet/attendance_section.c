#include "media/sheet/sections.h"
#include "media/sheet/table.h"

#include <glib.h>

static void draw_work_orders(struct canvas *canvas)
{
    static const struct table_column columns[] = {
        {110, LABEL_NUMBER, false}, {CONTENT_WIDTH - 110 - TABLE_GAP, LABEL_WORK_ORDERS, false}};
    struct table table = {columns, G_N_ELEMENTS(columns), true, 0};

    if (canvas->sheet->work_order_count == 0)
        return;
    flow_heading(canvas, LABEL_WORK_ORDERS, 44);
    for (size_t i = 0; i < canvas->sheet->work_order_count; i++) {
        const struct sheet_pdf_work_order *order = &canvas->sheet->work_orders[i];

        table_draw_row(canvas, &table, (const char *const[]){order->number, order->title});
    }
}

/* The site's time, and UTC small beneath it. */
static char *both_clocks(const char *local, const char *utc)
{
    if (text_is_empty(utc))
        return g_strdup(local ? local : "");
    return g_strdup_printf("%s\n%s", local ? local : "", utc);
}

void attendance_section_draw(struct canvas *canvas)
{
    static const struct table_column columns[] = {{141, LABEL_TECHNICIAN, false},
                                                  {120, LABEL_ARRIVAL, false},
                                                  {120, LABEL_DEPARTURE, false},
                                                  {78, LABEL_DURATION, true}};
    struct table table = {columns, G_N_ELEMENTS(columns), false, 0};

    draw_work_orders(canvas);
    if (canvas->sheet->attendance_count == 0)
        return;
    flow_heading(canvas, LABEL_TIMES_ON_SITE, 60);
    for (size_t i = 0; i < canvas->sheet->attendance_count; i++) {
        const struct sheet_pdf_attendance *at = &canvas->sheet->attendances[i];
        char *arrival = both_clocks(at->arrival_local, at->arrival_utc);
        char *departure =
            both_clocks(text_is_empty(at->departure_local) ? label_text(canvas, LABEL_STILL_ON_SITE)
                                                           : at->departure_local,
                        at->departure_utc);

        table_draw_row(canvas, &table,
                       (const char *const[]){at->technician, arrival, departure, at->duration});
        g_free(departure);
        g_free(arrival);
    }
}
