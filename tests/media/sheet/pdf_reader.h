/** Renders a sheet and reads the PDF back with poppler's programs. */
#ifndef FIELDPROOF_TESTS_MEDIA_SHEET_PDF_READER_H
#define FIELDPROOF_TESTS_MEDIA_SHEET_PDF_READER_H

#include "media/sheet/sheet_pdf.h"

struct bytes {
    char *data; /**< with a NUL behind the last byte */
    size_t length;
};

void bytes_close(struct bytes *bytes);

/** Renders into memory; fails the test when that does not work. */
struct bytes pdf_render(const struct sheet_pdf *sheet);

/**
 * Runs `program` with `options` (ended by NULL), the PDF's name and `last` (or NULL); returns what
 * it prints. Fails the test unless it exits with 0.
 */
struct bytes pdf_read(const struct bytes *pdf, const char *program, const char *const *options,
                      const char *last);

/** The text of all pages, each page ended by a form feed. */
struct bytes pdf_text(const struct bytes *pdf);

/** Fails the test unless `needle` is in the text. */
void pdf_text_assert_contains(const struct bytes *text, const char *needle);

unsigned pdf_text_count_pages(const struct bytes *text);

/** The page that `needle` first stands on, from 1; 0 for none. */
unsigned pdf_text_page_of(const struct bytes *text, const char *needle);

/** Fails the test unless the outer 40 of 50 points of the side margins of every page are blank. */
void pdf_assert_margins_blank(const struct bytes *pdf);

/** What `program` prints, given one argument. */
struct bytes program_output(const char *program, const char *argument);

#endif
