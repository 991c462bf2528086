/** What the sheet must know of a JPEG to embed it unopened. */
#ifndef FIELDPROOF_MEDIA_SHEET_JPEG_HEADER_H
#define FIELDPROOF_MEDIA_SHEET_JPEG_HEADER_H

#include <stddef.h>
#include <stdint.h>

struct jpeg_header {
    int width;  /**< pixels, 1 to 65535 */
    int height; /**< pixels, 1 to 65535 */
};

/**
 * Finds the frame header of a baseline, extended or progressive Huffman JPEG with 8 bits a sample
 * and one or three components (ITU-T T.81, B.2.2).
 *
 * @return 0, or -1 for anything else.
 */
__attribute__((warn_unused_result)) int jpeg_header_read(const uint8_t *bytes, size_t length,
                                                         struct jpeg_header *ret_header);

#endif
