#include "media/video/box.h"

enum { HEAD_BYTES = 8, LARGE_HEAD_BYTES = 16, SIBLINGS_MAX = 65536 };

uint32_t media_box_u32(struct media_span_of_bytes span, size_t offset)
{
    if (offset > span.size || span.size - offset < 4)
        return 0;
    const uint8_t *at = span.bytes + offset;
    return BOX_TYPE(at[0], at[1], at[2], at[3]);
}

uint64_t media_box_u64(struct media_span_of_bytes span, size_t offset)
{
    return (uint64_t)media_box_u32(span, offset) << 32 | media_box_u32(span, offset + 4);
}

struct media_span_of_bytes media_box_rest(struct media_span_of_bytes span, size_t offset)
{
    if (offset >= span.size)
        return (struct media_span_of_bytes){NULL, 0};
    return (struct media_span_of_bytes){span.bytes + offset, span.size - offset};
}

enum media_box_result media_box_next(struct media_span_of_bytes *span, struct media_box *ret_box)
{
    if (span->size == 0)
        return MEDIA_BOX_END;
    uint64_t size = media_box_u32(*span, 0), head = HEAD_BYTES;
    if (size == 1) {
        head = LARGE_HEAD_BYTES;
        size = media_box_u64(*span, HEAD_BYTES);
    } else if (size == 0) {
        size = span->size; /* to the end of the file */
    }
    if (span->size < head || size > span->size)
        return MEDIA_BOX_BEYOND;
    if (size < head)
        return MEDIA_BOX_ODD;
    ret_box->type = media_box_u32(*span, 4);
    ret_box->body = (struct media_span_of_bytes){span->bytes + head, (size_t)size - (size_t)head};
    *span = media_box_rest(*span, (size_t)size);
    return MEDIA_BOX_READ;
}

struct media_span_of_bytes media_box_find(struct media_span_of_bytes span, uint32_t type)
{
    struct media_box box;
    for (int i = 0; i < SIBLINGS_MAX && media_box_next(&span, &box) == MEDIA_BOX_READ; i++)
        if (box.type == type)
            return box.body;
    return (struct media_span_of_bytes){NULL, 0};
}
