/** Numbers with their units in words, independent of the process's locale; internal to evidence/.
 */
#ifndef FIELDPROOF_EVIDENCE_QUANTITY_H
#define FIELDPROOF_EVIDENCE_QUANTITY_H

#include "evidence/codes.h"
#include "evidence/text.h"

enum evidence_unit {
    EVIDENCE_UNIT_NONE,
    EVIDENCE_UNIT_DEGREES,
    EVIDENCE_UNIT_METRES,            /**< below 1 km in metres, above in kilometres */
    EVIDENCE_UNIT_METRES_PER_SECOND, /**< printed in km/h */
    EVIDENCE_UNIT_MILLISECONDS,      /**< printed in days, hours, minutes and seconds */
    EVIDENCE_UNIT_INSTANT,           /**< ms since the epoch; printed as date and time */
    EVIDENCE_UNIT_UTC_OFFSET,        /**< minutes east; printed as UTC+5:30 */
};

/** The finest `detail` there is. */
#define EVIDENCE_DETAIL_MAX 3

/** The unit at the end of a number's name. */
enum evidence_unit evidence_unit_of(const char *name);

/**
 * Appends the quantity; the sign is dropped except for instants, offsets, degrees and plain
 * numbers.
 *
 * @param utc_offset_min for instants.
 * @param detail 0 for as many digits as people want to read; more for more, up to
 *        EVIDENCE_DETAIL_MAX.
 */
void evidence_quantity_add(struct evidence_text *text, enum evidence_unit unit, double value,
                           double utc_offset_min, enum evidence_language language, int detail);

#endif
