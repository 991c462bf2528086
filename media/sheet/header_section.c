#include "media/sheet/flow.h"
#include "media/sheet/sections.h"

#include <glib.h>
#include <stdio.h>

#define COLUMN_GAP   24.0
#define COLUMN_WIDTH ((CONTENT_WIDTH - COLUMN_GAP) / 2)
#define RIGHT_COLUMN (CONTENT_LEFT + COLUMN_WIDTH + COLUMN_GAP)
/* A UUID fits. */
#define NUMBER_WIDTH 245.0
#define TITLE_WIDTH  240.0
#define LABEL_SIZE   96

/* Returns the width that it takes from the organisation's name. */
static double draw_number(const struct canvas *canvas)
{
    const double left = CONTENT_RIGHT - NUMBER_WIDTH;
    char version[LABEL_SIZE];

    text_draw_line(canvas, &STYLE_LABEL_RIGHT, left, canvas->y + 1, NUMBER_WIDTH,
                   label_text(canvas, LABEL_NUMBER));
    snprintf(version, sizeof version, "%s %u", label_text(canvas, LABEL_VERSION),
             canvas->sheet->version);
    text_draw_line(canvas, &STYLE_LABEL_RIGHT, left, canvas->y + 31, NUMBER_WIDTH, version);
    return text_draw_line(canvas, &STYLE_NUMBER, left, canvas->y + 13, NUMBER_WIDTH,
                          canvas->sheet->number);
}

static void draw_title(struct canvas *canvas)
{
    const char *second = label_second_text(canvas, LABEL_VISIT_SHEET);
    const double number_width = draw_number(canvas);
    double width;

    flow_text(canvas, &STYLE_STRONG, CONTENT_LEFT, CONTENT_WIDTH - number_width - COLUMN_GAP,
              canvas->sheet->organisation);
    canvas->y += 4;
    width = text_draw_line(canvas, &STYLE_TITLE, CONTENT_LEFT, canvas->y, TITLE_WIDTH,
                           label_text(canvas, LABEL_VISIT_SHEET));
    if (second)
        text_draw_line(canvas, &STYLE_TITLE_SECOND, CONTENT_LEFT + width + 10, canvas->y + 8,
                       TITLE_WIDTH / 2, second);
    canvas->y += STYLE_TITLE.pitch + 6;
    canvas_draw_rule(canvas, canvas->y, 1.4, INK_BLACK);
    canvas->y += 12;
}

static void draw_correction(struct canvas *canvas)
{
    char text[LABEL_SIZE];

    if (canvas->sheet->replaces_version == 0)
        return;
    label_correction(canvas, text, sizeof text);
    canvas_set_grey(canvas, INK_TINT);
    cairo_rectangle(canvas->cairo, CONTENT_LEFT, canvas->y, CONTENT_WIDTH, 22);
    cairo_fill(canvas->cairo);
    canvas_set_grey(canvas, INK_BLACK);
    cairo_rectangle(canvas->cairo, CONTENT_LEFT, canvas->y, 3, 22);
    cairo_fill(canvas->cairo);
    text_draw_line(canvas, &STYLE_STRONG, CONTENT_LEFT + 12, canvas->y + 4, CONTENT_WIDTH - 24,
                   text);
    canvas->y += 26;
    if (!text_is_empty(canvas->sheet->correction_reason))
        flow_text(canvas, &STYLE_BODY, CONTENT_LEFT + 12, CONTENT_WIDTH - 24,
                  canvas->sheet->correction_reason);
    canvas->y += 10;
}

static void draw_pair(struct canvas *canvas, enum label left, const char *left_text,
                      enum label right, const char *right_text)
{
    char left_label[LABEL_SIZE], right_label[LABEL_SIZE];
    const bool has_left = !text_is_empty(left_text), has_right = !text_is_empty(right_text);

    if (!has_left && !has_right)
        return;
    label_both(canvas, left, left_label, sizeof left_label);
    label_both(canvas, right, right_label, sizeof right_label);
    canvas_reserve(canvas, 40);
    flow_row(canvas,
             (struct flow_cell[]){
                 {CONTENT_LEFT, COLUMN_WIDTH, &STYLE_LABEL, has_left ? left_label : ""},
                 {RIGHT_COLUMN, COLUMN_WIDTH, &STYLE_LABEL, has_right ? right_label : ""},
             },
             2);
    flow_row(canvas,
             (struct flow_cell[]){
                 {CONTENT_LEFT, COLUMN_WIDTH, &STYLE_BODY, left_text},
                 {RIGHT_COLUMN, COLUMN_WIDTH, &STYLE_BODY, right_text},
             },
             2);
    canvas->y += 8;
}

static char *join(const char *const *texts, size_t count, const char *between)
{
    GString *joined = g_string_new(NULL);

    for (size_t i = 0; i < count; i++) {
        if (text_is_empty(texts[i]))
            continue;
        if (joined->len > 0)
            g_string_append(joined, between);
        g_string_append(joined, texts[i]);
    }
    return g_string_free(joined, FALSE);
}

void header_section_draw(struct canvas *canvas)
{
    const struct sheet_pdf *sheet = canvas->sheet;
    char *site = join((const char *const[]){sheet->site_name, sheet->site_address}, 2, "\n");
    char *people = join(sheet->technicians, sheet->technician_count,
                        sheet->language == SHEET_PDF_CHINESE ? "、" : ", ");

    draw_title(canvas);
    draw_correction(canvas);
    draw_pair(canvas, LABEL_CUSTOMER, sheet->customer, LABEL_SITE, site);
    draw_pair(canvas, LABEL_TECHNICIANS, people, LABEL_TIME_ZONE, sheet->time_zone);
    g_free(people);
    g_free(site);
}
