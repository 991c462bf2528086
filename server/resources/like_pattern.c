#include "server/resources/like_pattern.h"

#include <string.h>

const char *like_pattern_containing(struct arena *arena, const char *part)
{
    char *pattern = part ? arena_alloc(arena, 2 * strlen(part) + 3) : NULL;
    if (!pattern)
        return NULL;
    char *at = pattern;
    *at++ = '%';
    for (; *part; part++) {
        if (strchr("%_\\", *part))
            *at++ = '\\';
        *at++ = *part;
    }
    *at++ = '%';
    return pattern;
}
