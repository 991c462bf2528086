/** Photos in memory for the tests of media/. */
#ifndef FIELDPROOF_TESTS_MEDIA_SUPPORT_H
#define FIELDPROOF_TESTS_MEDIA_SUPPORT_H

#include "media/decode.h"
#include "photo_maker.h"

/* cmocka.h needs these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** A file's bytes; support_free() ends it. */
struct bytes {
    uint8_t *data;
    size_t size;
};

/** photo_options_default() at 640 by 480. */
struct photo_options support_small_photo(void);

struct bytes support_make(struct photo_options options);
void support_free(struct bytes bytes);

/** A memfd with this content. */
int support_file(const void *data, size_t size);

/** All of a file. */
struct bytes support_read(int fd);

/** Decodes with default limits, in this process, thumbnails thrown away. */
struct media_photo support_decode(struct bytes bytes);

/** Decodes and frees: whether it is shown, or why not. */
enum media_status support_status(struct bytes bytes);

/** Makes, decodes and frees. */
struct media_photo support_decode_options(struct photo_options options);

/** Where a marker segment starts (its 0xFF), the `index`-th of its kind. Fails when there is none.
 */
size_t support_find_marker(struct bytes bytes, uint8_t marker, int index);

/** cmocka compares floats only; coordinates need doubles. */
void support_assert_near(double actual, double expected, double tolerance);

/** `count` bytes put in at an offset; takes `bytes` over. */
struct bytes support_insert(struct bytes bytes, size_t offset, const void *data, size_t count);

#endif
