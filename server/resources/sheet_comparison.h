/** How the document that a phone made differs from the one that the server makes of the same visit.
 */
#ifndef FIELDPROOF_RESOURCES_SHEET_COMPARISON_H
#define FIELDPROOF_RESOURCES_SHEET_COMPARISON_H

#include "server/base/arena.h"

#include <jansson.h>

/** What a difference means for a signature. */
enum sheet_difference_kind {
    /** A name, title or address: the office changed it since the phone last heard of it. */
    SHEET_DIFFERENCE_NAME,
    /** Evidence that the document has and the server has not yet. */
    SHEET_DIFFERENCE_AWAITED,
    /** Anything else: what was signed is not what is recorded. */
    SHEET_DIFFERENCE_FACT,
};

struct sheet_difference {
    enum sheet_difference_kind kind;
    const char *pointer;           /**< JSON pointer into the signed document */
    const json_t *signed_value;    /**< borrowed; NULL: the signed document has none */
    const json_t *recorded_value;  /**< borrowed; NULL: the server's document has none */
    struct sheet_difference *next; /**< in the order of the document; NULL: the last */
};

/**
 * Compares two documents (fieldproof.visit-sheet/1), each parsed from its canonical text. What has
 * an id is compared with what has the same id.
 *
 * @param[out] ret the differences, in the arena; NULL when there are none. They borrow values from
 *     both documents.
 * @return 0, or -1 when the arena or the memory is exhausted.
 */
int sheet_comparison_of(struct arena *arena, const json_t *signed_document,
                        const json_t *recorded_document, struct sheet_difference **ret) MUST_CHECK;

#endif
