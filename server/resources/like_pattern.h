/** Searching for a part of a text with LIKE or ILIKE. */
#ifndef FIELDPROOF_RESOURCES_LIKE_PATTERN_H
#define FIELDPROOF_RESOURCES_LIKE_PATTERN_H

#include "server/base/arena.h"

/**
 * The pattern of texts that contain `part`, whose own %, _ and \ stand for themselves. NULL for
 * NULL, and when the arena is exhausted.
 */
const char *like_pattern_containing(struct arena *arena, const char *part);

#endif
