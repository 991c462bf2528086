/** Recurring work: a thread of the server process that makes the work orders of the coming days. */
#ifndef FIELDPROOF_RECURRING_H
#define FIELDPROOF_RECURRING_H

#include "server/config.h"
#include "server/store/db.h"

struct recurring;

/**
 * Starts to look, now and every schedule_every_s seconds, for work orders that are to be made. Any
 * number of processes may do so. Negative when there is no memory or no thread.
 */
int recurring_start(struct db_pool *pool, const struct config *config,
                    struct recurring **ret) MUST_CHECK;

/** Ends the thread and waits for it. Accepts NULL. */
void recurring_stop(struct recurring *recurring);

#endif
