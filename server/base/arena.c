#include "server/base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCK_BYTES ((size_t)8 * 1024)
#define BLOCK_BYTES       ((size_t)64 * 1024)

struct block {
    struct block *next;
    size_t used;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
    struct deferred *next;
    void (*destructor)(void *);
    void *resource;
};

struct arena {
    struct block *blocks;
    struct deferred *deferred;
    size_t ceiling_bytes;
    size_t taken_bytes;
    bool exhausted;
};

struct arena *arena_create(size_t ceiling_bytes)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (arena)
        arena->ceiling_bytes = ceiling_bytes;
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct deferred *item = arena->deferred; item; item = item->next)
        item->destructor(item->resource);
    while (arena->blocks) {
        struct block *block = arena->blocks;
        arena->blocks = block->next;
        free(block);
    }
    free(arena);
}

static size_t block_size_for(const struct arena *arena, size_t bytes)
{
    size_t usual = arena->blocks ? BLOCK_BYTES : FIRST_BLOCK_BYTES;
    return bytes > usual ? bytes : usual;
}

static struct block *add_block(struct arena *arena, size_t bytes)
{
    size_t size = block_size_for(arena, bytes);
    if (bytes > arena->ceiling_bytes - arena->taken_bytes)
        return NULL;
    if (size > arena->ceiling_bytes - arena->taken_bytes)
        size = bytes;
    struct block *block = malloc(sizeof *block + size);
    if (!block)
        return NULL;
    block->next = arena->blocks;
    block->used = 0;
    block->size = size;
    arena->blocks = block;
    arena->taken_bytes += size;
    return block;
}

void *arena_alloc_unset(struct arena *arena, size_t bytes)
{
    const size_t alignment = alignof(max_align_t);
    if (bytes > SIZE_MAX - alignment) {
        arena->exhausted = true;
        return NULL;
    }
    size_t rounded = (bytes + alignment - 1) & ~(alignment - 1);
    struct block *block = arena->blocks;
    if (!block || block->size - block->used < rounded)
        block = add_block(arena, rounded);
    if (!block) {
        arena->exhausted = true;
        return NULL;
    }
    void *memory = block->bytes + block->used;
    block->used += rounded;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    void *memory = arena_alloc_unset(arena, bytes);
    return memory ? memset(memory, 0, bytes) : NULL;
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX)
        return NULL;
    char *copy = arena_alloc_unset(arena, length + 1);
    if (!copy)
        return NULL;
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : arena_alloc(arena, (size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}

int arena_defer(struct arena *arena, void (*destructor)(void *resource), void *resource)
{
    struct deferred *item = arena_alloc(arena, sizeof *item);
    if (!item) {
        destructor(resource);
        return -1;
    }
    item->next = arena->deferred;
    item->destructor = destructor;
    item->resource = resource;
    arena->deferred = item;
    return 0;
}

bool arena_is_exhausted(const struct arena *arena)
{
    return arena->exhausted;
}
