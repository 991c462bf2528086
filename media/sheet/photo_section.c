#include "media/sheet/flow.h"
#include "media/sheet/jpeg_header.h"
#include "media/sheet/sections.h"
#include "media/sheet/verdict_mark.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define COLUMNS      3
#define COLUMN_GAP   14.0
#define COLUMN_WIDTH ((CONTENT_WIDTH - (COLUMNS - 1) * COLUMN_GAP) / COLUMNS)
#define FRAME_HEIGHT 120.0
#define ROW_KEEP     (FRAME_HEIGHT + 62)
#define DIGEST_SHOWN 16
#define CAPTION_SIZE 96

static double column_left(size_t column)
{
    return CONTENT_LEFT + (double)column * (COLUMN_WIDTH + COLUMN_GAP);
}

/*
 * Cairo copies the JPEG into the PDF as it is and never looks at the surface's own pixels, which
 * only give the size and stay untouched zero pages.
 */
static cairo_surface_t *jpeg_surface(const struct sheet_pdf_photo *photo)
{
    struct jpeg_header header;
    cairo_surface_t *surface;

    if (jpeg_header_read(photo->jpeg, photo->jpeg_length, &header) < 0)
        return NULL;
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, header.width, header.height);
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, photo->jpeg, photo->jpeg_length,
                                    NULL, NULL) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(surface);
        return NULL;
    }
    return surface;
}

static void draw_picture(const struct canvas *canvas, cairo_surface_t *surface, double x, double y)
{
    const double width = cairo_image_surface_get_width(surface);
    const double height = cairo_image_surface_get_height(surface);
    const double scale = fmin(COLUMN_WIDTH / width, FRAME_HEIGHT / height);

    cairo_save(canvas->cairo);
    cairo_translate(canvas->cairo, x + (COLUMN_WIDTH - width * scale) / 2,
                    y + (FRAME_HEIGHT - height * scale) / 2);
    cairo_scale(canvas->cairo, scale, scale);
    cairo_set_source_surface(canvas->cairo, surface, 0, 0);
    cairo_rectangle(canvas->cairo, 0, 0, width, height);
    cairo_fill(canvas->cairo);
    cairo_restore(canvas->cairo);
}

static void draw_frame(const struct canvas *canvas, const struct sheet_pdf_photo *photo, double x,
                       double y)
{
    /* While pages are counted only the room matters. */
    cairo_surface_t *surface = photo->jpeg && canvas->page_count > 0 ? jpeg_surface(photo) : NULL;

    canvas_set_grey(canvas, INK_TINT);
    cairo_rectangle(canvas->cairo, x, y, COLUMN_WIDTH, FRAME_HEIGHT);
    cairo_fill(canvas->cairo);
    if (surface) {
        draw_picture(canvas, surface, x, y);
        cairo_surface_destroy(surface);
    } else {
        text_draw_line(canvas, &STYLE_CAPTION_CENTRE, x, y + FRAME_HEIGHT / 2 - 6, COLUMN_WIDTH,
                       label_text(canvas, LABEL_NO_PICTURE));
    }
}

static void format_digest(const struct sheet_pdf_photo *photo, char *ret_text, size_t size)
{
    if (text_is_empty(photo->sha256))
        *ret_text = '\0';
    else
        snprintf(ret_text, size, "SHA-256 %.*s", DIGEST_SHOWN, photo->sha256);
}

static void draw_verdicts(struct canvas *canvas, const struct sheet_pdf_photo *photos, size_t count)
{
    struct flow_cell cells[COLUMNS] = {0};
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        const char *word = verdict_mark_word(canvas, photos[i].verdict);

        any = any || word;
        cells[i] = (struct flow_cell){column_left(i) + MARK_SIDE + 4, COLUMN_WIDTH - MARK_SIDE - 4,
                                      &STYLE_CAPTION, word};
    }
    if (!any)
        return;
    canvas_reserve(canvas, STYLE_CAPTION.pitch);
    for (size_t i = 0; i < count; i++)
        verdict_mark_draw(canvas, photos[i].verdict, column_left(i), canvas->y + 1.8);
    flow_row(canvas, cells, count);
}

static void draw_captions(struct canvas *canvas, const struct sheet_pdf_photo *photos, size_t count)
{
    struct flow_cell role[COLUMNS] = {0}, captured[COLUMNS] = {0}, digest[COLUMNS] = {0};
    struct flow_cell note[COLUMNS] = {0};
    char digests[COLUMNS][CAPTION_SIZE];

    for (size_t i = 0; i < count; i++) {
        const double x = column_left(i);

        format_digest(&photos[i], digests[i], sizeof digests[i]);
        role[i] = (struct flow_cell){x, COLUMN_WIDTH, &STYLE_STRONG, photos[i].role};
        captured[i] = (struct flow_cell){x, COLUMN_WIDTH, &STYLE_CAPTION_SOFT, photos[i].captured};
        digest[i] = (struct flow_cell){x, COLUMN_WIDTH, &STYLE_CAPTION_SOFT, digests[i]};
        note[i] = (struct flow_cell){x, COLUMN_WIDTH, &STYLE_CAPTION_SOFT, photos[i].note};
    }
    flow_row(canvas, role, count);
    flow_row(canvas, captured, count);
    flow_row(canvas, digest, count);
    draw_verdicts(canvas, photos, count);
    flow_row(canvas, note, count);
}

void photo_section_draw(struct canvas *canvas)
{
    const struct sheet_pdf *sheet = canvas->sheet;

    if (sheet->photo_count == 0)
        return;
    flow_heading(canvas, LABEL_PHOTOS, ROW_KEEP);
    for (size_t i = 0; i < sheet->photo_count && !canvas_is_stopped(canvas); i += COLUMNS) {
        const size_t left = sheet->photo_count - i;
        const size_t count = left < COLUMNS ? left : COLUMNS;

        canvas_reserve(canvas, ROW_KEEP);
        for (size_t j = 0; j < count; j++)
            draw_frame(canvas, &sheet->photos[i + j], column_left(j), canvas->y);
        canvas->y += FRAME_HEIGHT + 5;
        draw_captions(canvas, &sheet->photos[i], count);
        canvas_skip(canvas, 12);
    }
}
