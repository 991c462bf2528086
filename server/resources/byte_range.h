/** The Range header of RFC 9110, section 14: one range of bytes. */
#ifndef FIELDPROOF_RESOURCES_BYTE_RANGE_H
#define FIELDPROOF_RESOURCES_BYTE_RANGE_H

#include <stdint.h>

struct byte_range {
    int64_t first;
    int64_t length;
};

enum byte_range_result {
    BYTE_RANGE_WHOLE, /**< no header, or one that a server may ignore (another unit, several ranges)
                       */
    BYTE_RANGE_PART,
    BYTE_RANGE_NOT_SATISFIABLE,
};

/**
 * @param header the header's value, or NULL.
 * @param bytes the file's size.
 * @param[out] ret written only for BYTE_RANGE_PART.
 */
enum byte_range_result byte_range_parse(const char *header, int64_t bytes, struct byte_range *ret);

#endif
