/* A multipart body must be heard the same whole and cut in two; callbacks come in order. */
#include "server/http/multipart.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct heard {
    uint64_t hash;
    size_t bytes;
    size_t parts;
    bool is_open;
};

static void mix(struct heard *heard, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        heard->hash = (heard->hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
}

static int part_begin(void *context, const struct multipart_part *part)
{
    struct heard *heard = context;
    assert(!heard->is_open && part->name[0] && strlen(part->name) <= MULTIPART_NAME_MAX);
    heard->is_open = true;
    heard->parts++;
    mix(heard, part->name, strlen(part->name) + 1);
    mix(heard, part->media_type, strlen(part->media_type) + 1);
    return 0;
}

static int part_data(void *context, const char *bytes, size_t length)
{
    struct heard *heard = context;
    assert(heard->is_open && length);
    heard->bytes += length;
    mix(heard, bytes, length);
    return 0;
}

static int part_end(void *context)
{
    struct heard *heard = context;
    assert(heard->is_open);
    heard->is_open = false;
    mix(heard, ";", 1);
    return 0;
}

static int feed(const char *type, const char *body, size_t length, size_t cut, struct heard *heard)
{
    static const struct multipart_callbacks callbacks = {part_begin, part_data, part_end};
    struct multipart *parser = malloc(sizeof *parser);
    if (!parser)
        abort();
    int result = multipart_init(parser, type, &callbacks, heard);
    if (!result)
        result = multipart_feed(parser, body, cut);
    if (!result)
        result = multipart_feed(parser, body + cut, length - cut);
    if (!result)
        result = multipart_finish(parser);
    free(parser);
    assert(heard->parts <= MULTIPART_PARTS_MAX && heard->bytes <= length);
    return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Input: the place of the cut (two bytes), the Content-Type up to a line feed, the body. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char type[256] = "";
    if (size < 3)
        return 0;
    const char *text = (const char *)data + 2;
    const char *end = memchr(text, '\n', size - 2);
    size_t type_length = end ? (size_t)(end - text) : 0;
    if (!end || type_length >= sizeof type)
        return 0;
    memcpy(type, text, type_length);
    const char *body = end + 1;
    size_t length = size - 2 - type_length - 1;
    size_t cut = length ? ((size_t)data[0] << 8 | data[1]) % (length + 1) : 0;
    struct heard whole = {.hash = 1}, halves = {.hash = 1};
    int result = feed(type, body, length, length, &whole);
    assert(feed(type, body, length, cut, &halves) == result);
    assert(whole.hash == halves.hash && whole.parts == halves.parts && whole.bytes == halves.bytes);
    return 0;
}
