/** A growable text in an arena. Once an append fails, the buffer stays failed: check once, at the
 * end. */
#ifndef FIELDPROOF_BASE_BUFFER_H
#define FIELDPROOF_BASE_BUFFER_H

#include "server/base/arena.h"

/** Always NUL-terminated while not failed; `text` belongs to the arena. */
struct buffer {
    struct arena *arena;
    char *text;
    size_t length;
    size_t capacity;
    size_t ceiling_bytes;
    bool failed;
};

/** An empty buffer that refuses to grow past `ceiling_bytes`. */
void buffer_init(struct buffer *buffer, struct arena *arena, size_t ceiling_bytes);

/** Makes room for `length` more bytes at once, where it is known how long the text will be. */
void buffer_reserve(struct buffer *buffer, size_t length);

/** Adds bytes; `text` may move. */
void buffer_append(struct buffer *buffer, const char *bytes, size_t length);
void buffer_append_text(struct buffer *buffer, const char *text);
void buffer_printf(struct buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
