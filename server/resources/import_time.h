/** Times as people write them in spreadsheets. */
#ifndef FIELDPROOF_RESOURCES_IMPORT_TIME_H
#define FIELDPROOF_RESOURCES_IMPORT_TIME_H

#include "server/base/arena.h"

/**
 * A date and a time without an offset ("2026-12-01 9:30", "2026/12/1 09:30:00", "2026-12-01T09:30")
 * as "2026-12-01T09:30:00" in the arena. NULL for anything else, and when there is no memory.
 */
const char *import_time_local(struct arena *arena, const char *cell);

#endif
