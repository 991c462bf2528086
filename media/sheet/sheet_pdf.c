#include "media/sheet/sheet_pdf.h"
#include "media/sheet/canvas.h"
#include "media/sheet/fonts.h"
#include "media/sheet/input_check.h"
#include "media/sheet/label.h"
#include "media/sheet/output.h"
#include "media/sheet/sections.h"
#include "media/sheet/text.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <time.h>

#define DATE_SIZE 32

/*
 * Draws all pages; `page_count` is printed in the footers. Returns how many pages it took, or more
 * than SHEET_PDF_PAGES_MAX when it gave up.
 */
static unsigned draw_pages(const struct sheet_pdf *sheet, PangoContext *pango, cairo_t *cairo,
                           unsigned page_count)
{
    struct canvas canvas = {.sheet = sheet,
                            .cairo = cairo,
                            .pango = pango,
                            .y = CONTENT_TOP,
                            .page = 1,
                            .page_count = page_count};
    /* What the customer signs comes first; the evidence follows. */
    static void (*const sections[])(struct canvas *) = {
        header_section_draw, change_section_draw,   missing_section_draw,   attendance_section_draw,
        entry_sections_draw, item_sections_draw,    signature_section_draw, document_section_draw,
        photo_section_draw,  position_section_draw, findings_section_draw};

    for (size_t i = 0; i < G_N_ELEMENTS(sections) && !canvas_is_stopped(&canvas); i++)
        sections[i](&canvas);
    if (canvas_is_stopped(&canvas))
        return SHEET_PDF_PAGES_MAX + 1;
    canvas_finish_page(&canvas);
    return canvas.page - 1;
}

/* Draws onto nothing: layout alone decides where pages end. */
static int count_pages(const struct sheet_pdf *sheet, PangoContext *pango, unsigned *ret_count)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cairo = cairo_create(surface);
    cairo_status_t status;
    unsigned count;

    cairo_rectangle(cairo, 0, 0, 0, 0);
    cairo_clip(cairo);
    count = draw_pages(sheet, pango, cairo, 0);
    status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return status == CAIRO_STATUS_NO_MEMORY ? SHEET_PDF_NO_MEMORY : SHEET_PDF_DRAWING_FAILED;
    if (count > SHEET_PDF_PAGES_MAX)
        return SHEET_PDF_TOO_MANY_PAGES;
    *ret_count = count;
    return 0;
}

static void set_metadata(cairo_surface_t *surface, const struct sheet_pdf *sheet)
{
    const time_t created = (time_t)(sheet->created_ms / 1000);
    char *number = text_drawable(sheet->number), *author = text_drawable(sheet->organisation);
    char *title = g_strdup_printf("%s (%u)", number, sheet->version);
    char date[DATE_SIZE];
    struct tm utc;

    gmtime_r(&created, &utc);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &utc);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, author);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Fieldproof");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date);
    g_free(title);
    g_free(author);
    g_free(number);
}

static int write_pages(const struct sheet_pdf *sheet, PangoContext *pango, unsigned page_count,
                       struct output *output)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(output_write, output, PAGE_WIDTH, PAGE_HEIGHT);
    cairo_t *cairo = cairo_create(surface);
    cairo_status_t status;

    set_metadata(surface, sheet);
    draw_pages(sheet, pango, cairo, page_count);
    status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (output->error != 0)
        return output->error;
    if (status != CAIRO_STATUS_SUCCESS)
        return status == CAIRO_STATUS_NO_MEMORY ? SHEET_PDF_NO_MEMORY : SHEET_PDF_DRAWING_FAILED;
    return output_flush(output);
}

int sheet_pdf_render(const struct sheet_pdf *sheet, int fd)
{
    struct output *output = NULL;
    struct fonts fonts = {0};
    unsigned page_count = 0;
    int system_error = 0, r = input_check(sheet);

    if (r < 0)
        return r;
    if ((r = fonts_open(&fonts, sheet->language)) < 0)
        goto cleanup;
    output = g_new0(struct output, 1);
    output->fd = fd;
    if ((r = count_pages(sheet, fonts.context, &page_count)) < 0)
        goto cleanup;
    r = write_pages(sheet, fonts.context, page_count, output);
    system_error = output->system_error;

cleanup:
    g_free(output);
    fonts_close(&fonts);
    if (r == SHEET_PDF_WRITE_FAILED)
        errno = system_error;
    return r;
}

const char *sheet_pdf_describe(int error)
{
    switch (error) {
    case SHEET_PDF_NO_MEMORY:
        return "out of memory";
    case SHEET_PDF_WRITE_FAILED:
        return "the PDF could not be written";
    case SHEET_PDF_NOT_UTF8:
        return "a text is not well-formed UTF-8";
    case SHEET_PDF_TEXT_TOO_LONG:
        return "a text, or all texts together, is too long";
    case SHEET_PDF_TOO_MANY:
        return "a list has too many entries";
    case SHEET_PDF_BAD_NUMBER:
        return "a number is out of range";
    case SHEET_PDF_BAD_PHOTO:
        return "a thumbnail is not a grey or YCbCr JPEG of the allowed size";
    case SHEET_PDF_BAD_DIGEST:
        return "a digest is not 64 lower-case hexadecimal digits";
    case SHEET_PDF_MISSING:
        return "a required field is missing";
    case SHEET_PDF_NO_FONTS:
        return "the font WenQuanYi Micro Hei is not installed (package fonts-wqy-microhei)";
    case SHEET_PDF_OUTPUT_TOO_LARGE:
        return "the PDF is too large";
    case SHEET_PDF_TOO_MANY_PAGES:
        return "the sheet has too many pages";
    case SHEET_PDF_DRAWING_FAILED:
        return "cairo could not draw the sheet";
    default:
        return "no error";
    }
}
