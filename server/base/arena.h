/**
 * Memory of one request: many small allocations, one release.
 *
 * An arena has a hard ceiling; past it every allocation answers NULL and `arena_is_exhausted` says
 * so. Foreign resources join it with a destructor (arena_defer), so handlers free nothing.
 * Not thread-safe: one arena belongs to one request.
 */
#ifndef FIELDPROOF_BASE_ARENA_H
#define FIELDPROOF_BASE_ARENA_H

#include "server/base/macros.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/** A new arena that hands out at most `ceiling_bytes`; NULL when there is no memory for it. */
struct arena *arena_create(size_t ceiling_bytes);

/** Runs the deferred destructors, last first, and releases everything. Accepts NULL. */
void arena_free(struct arena *arena);

/** Zeroed memory aligned for any type; NULL past the ceiling or when the system has no more. */
void *arena_alloc(struct arena *arena, size_t bytes) MUST_CHECK;

/** The same, but not zeroed: for megabytes of which each is written before it is read, and not all
 * are. Pages that nobody touches cost nothing. */
void *arena_alloc_unset(struct arena *arena, size_t bytes) MUST_CHECK;

/** A NUL-terminated copy of `length` bytes of text. */
char *arena_copy(struct arena *arena, const char *text, size_t length) MUST_CHECK;

/** A NUL-terminated copy of `text`; NULL for NULL. */
char *arena_strdup(struct arena *arena, const char *text) MUST_CHECK;

/** printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...) MUST_CHECK PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments) MUST_CHECK
    PRINTF_LIKE(2, 0);

/**
 * Calls destructor(resource) when the arena is freed. On failure (negative) the destructor has been
 * called already, so the resource never leaks.
 */
int arena_defer(struct arena *arena, void (*destructor)(void *resource), void *resource) MUST_CHECK;

/** True once an allocation was refused. */
bool arena_is_exhausted(const struct arena *arena);

#endif
