/** Boxes of an ISO base media file (ISO/IEC 14496-12, 4.2). Private to media/. */
#ifndef FIELDPROOF_MEDIA_VIDEO_BOX_H
#define FIELDPROOF_MEDIA_VIDEO_BOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes of the file; what is read beyond them is 0. */
struct media_span_of_bytes {
    const uint8_t *bytes;
    size_t size;
};

struct media_box {
    uint32_t type; /**< its four characters, big-endian: see BOX_TYPE */
    struct media_span_of_bytes body;
};

#define BOX_TYPE(a, b, c, d)                                                                       \
    ((uint32_t)(uint8_t)(a) << 24 | (uint32_t)(uint8_t)(b) << 16 | (uint32_t)(uint8_t)(c) << 8 |   \
     (uint32_t)(uint8_t)(d))

/** Big-endian numbers at an offset; what lies behind the end counts as zeros. */
uint32_t media_box_u32(struct media_span_of_bytes span, size_t offset);
uint64_t media_box_u64(struct media_span_of_bytes span, size_t offset);

/** What comes after the first `offset` bytes; nothing when there are not so many. */
struct media_span_of_bytes media_box_rest(struct media_span_of_bytes span, size_t offset);

enum media_box_result {
    MEDIA_BOX_READ,
    MEDIA_BOX_END,    /**< nothing is left */
    MEDIA_BOX_BEYOND, /**< it reaches beyond the end */
    MEDIA_BOX_ODD     /**< its size is smaller than its own head */
};

/** Takes the next box off the start of `span`. */
enum media_box_result media_box_next(struct media_span_of_bytes *span, struct media_box *ret_box);

/** The first box of a type among those in `span`; an empty span when there is none. At most 65,536
 * boxes are looked at. */
struct media_span_of_bytes media_box_find(struct media_span_of_bytes span, uint32_t type);

#endif
