/**
 * CSV as RFC 4180 describes it and spreadsheets write it: fields in quotes may hold commas, doubled
 * quotes and line ends; records end with CRLF, LF or CR. A quote inside of an unquoted field stands
 * for itself.
 */
#ifndef FIELDPROOF_BASE_CSV_H
#define FIELDPROOF_BASE_CSV_H

#include "server/base/macros.h"

#include <stdbool.h>
#include <stddef.h>

/** More fields than this are counted, but not kept. */
#define CSV_FIELDS_MAX 64

enum csv_error {
    CSV_UNTERMINATED = -1,     /**< a quoted field that never ends; nothing follows */
    CSV_TEXT_AFTER_QUOTE = -2, /**< as in "ab"c; the record was skipped */
};

struct csv_reader {
    char *at;
    char *end;
    int row; /**< of the record read last, as a spreadsheet numbers its rows, from 1 */
};

/** Fields are NUL-terminated pieces of the reader's text, without quotes. */
struct csv_record {
    size_t field_count;
    const char *fields[CSV_FIELDS_MAX];
};

/** Reads `length` bytes, which must be followed by a NUL and hold none. They are changed in place.
 */
void csv_reader_init(struct csv_reader *reader, char *text, size_t length);

/** Reads the next record. 1; 0 at the end; or a negative csv_error, and `ret` says nothing then. */
int csv_read(struct csv_reader *reader, struct csv_record *ret) MUST_CHECK;

/** Whether all fields are empty: a blank line, or one of commas only. */
bool csv_record_is_blank(const struct csv_record *record);

#endif
