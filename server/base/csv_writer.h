/**
 * CSV as RFC 4180 describes it, for spreadsheets: UTF-8, records end with CRLF, texts stand in
 * quotes.
 *
 * A spreadsheet takes a cell that begins with = + - @ (or their fullwidth forms ＝＋－＠), a tab or
 * a line end for a formula, quotes or not. Such a text gets an apostrophe in front; one that is a
 * plain number stays as it is.
 */
#ifndef FIELDPROOF_BASE_CSV_WRITER_H
#define FIELDPROOF_BASE_CSV_WRITER_H

#include "server/base/buffer.h"

#include <stdbool.h>

/** Stands at the beginning of a file, so that Excel reads it as UTF-8. */
#define CSV_BYTE_ORDER_MARK "\xEF\xBB\xBF"

struct csv_writer {
    struct buffer *out; /**< check it for failure at the end */
    bool has_field;     /**< in this record */
};

/** Adds a text; NULL: an empty field. */
void csv_add_text(struct csv_writer *writer, const char *text);

/** Adds a number as it is printed here; NULL: an empty field. */
void csv_add_number(struct csv_writer *writer, const char *number);

/** Ends the line; the next field begins another record. */
void csv_end_record(struct csv_writer *writer);

#endif
