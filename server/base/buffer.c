#include "server/base/buffer.h"

#include <stdio.h>
#include <string.h>

#define FIRST_CAPACITY 256

void buffer_init(struct buffer *buffer, struct arena *arena, size_t ceiling_bytes)
{
    *buffer = (struct buffer){.arena = arena, .ceiling_bytes = ceiling_bytes};
    buffer->text = arena_alloc(arena, FIRST_CAPACITY);
    buffer->capacity = FIRST_CAPACITY;
    buffer->failed = !buffer->text;
}

static int make_room(struct buffer *buffer, size_t length)
{
    if (length > buffer->ceiling_bytes - buffer->length)
        return -1;
    size_t needed = buffer->length + length + 1;
    if (needed <= buffer->capacity)
        return 0;
    size_t capacity = buffer->capacity * 2 > needed ? buffer->capacity * 2 : needed;
    char *text = arena_alloc_unset(buffer->arena, capacity);
    if (!text)
        return -1;
    memcpy(text, buffer->text, buffer->length + 1); /* with the NUL */
    buffer->text = text;
    buffer->capacity = capacity;
    return 0;
}

void buffer_reserve(struct buffer *buffer, size_t length)
{
    if (buffer->failed || make_room(buffer, length) < 0)
        buffer->failed = true;
}

void buffer_append(struct buffer *buffer, const char *bytes, size_t length)
{
    if (buffer->failed || make_room(buffer, length) < 0) {
        buffer->failed = true;
        return;
    }
    memcpy(buffer->text + buffer->length, bytes, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void buffer_append_text(struct buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = buffer->failed ? NULL : arena_vprintf(buffer->arena, format, arguments);
    va_end(arguments);
    if (text)
        buffer_append_text(buffer, text);
    else
        buffer->failed = true;
}
