/** Some hundreds of rows of an import, checked and inserted together. */
#ifndef FIELDPROOF_RESOURCES_IMPORT_CHUNK_H
#define FIELDPROOF_RESOURCES_IMPORT_CHUNK_H

#include "server/http/schema.h"
#include "server/resources/import_kinds.h"
#include "server/resources/import_report.h"

#define IMPORT_CHUNK_ROWS 500

struct import_row {
    int number;     /**< as a spreadsheet shows it */
    json_t *entity; /**< what a create would send; look-ups are still missing */
    const char *look_ups[IMPORT_LOOK_UPS_MAX]; /**< the texts to look up; NULL: an empty cell */
};

struct import_chunk {
    struct request *request;
    const struct import_kind *kind;
    const struct schema *schema;
    struct import_report *report;
    int count;
    struct import_row rows[IMPORT_CHUNK_ROWS];
};

/** An empty row in the chunk, which must not be full. NULL when there is no memory. */
struct import_row *import_chunk_add(struct import_chunk *chunk, int number);

/**
 * Checks the rows as single creates would be, inserts the good ones, reports the others, and
 * empties the chunk. Negative with the problem set when the import as a whole cannot go on.
 */
int import_chunk_finish(struct import_chunk *chunk) MUST_CHECK;

/** Empties the chunk. */
void import_chunk_clear(struct import_chunk *chunk);

#endif
