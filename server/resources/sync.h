/** What a phone's queue has collected, in one request: POST /v1/sync. */
#ifndef FIELDPROOF_RESOURCES_SYNC_H
#define FIELDPROOF_RESOURCES_SYNC_H

#include "server/http/route.h"

/**
 * Judges each operation of the batch by itself, in a transaction of its own, and answers 200 with
 * what became of each. Refuses the whole batch only where nothing of it could be judged: too many
 * operations, or a session that is over.
 */
route_handler sync_batch;

#endif
