/** Opaque cursors: a few texts that come back as they were given out. */
#ifndef FIELDPROOF_RESOURCES_CURSOR_H
#define FIELDPROOF_RESOURCES_CURSOR_H

#include "server/base/arena.h"
#include "server/base/macros.h"

/** The cursor that holds these texts (UTF-8), in the arena. NULL: no memory. */
const char *cursor_write(struct arena *arena, const char *const *keys, int count);

/**
 * The texts of a cursor. What they mean is the caller's to check: a cursor is not signed.
 *
 * @return 0; negative for what cursor_write never gives with `count` texts.
 */
int cursor_read(struct arena *arena, const char *cursor, int count,
                const char **ret_keys) MUST_CHECK;

#endif
