/** Sweeping by itself: a thread of the server process that runs `fieldproof sweep` once in a while.
 */
#ifndef FIELDPROOF_SWEEPER_H
#define FIELDPROOF_SWEEPER_H

#include "server/base/macros.h"

/** A server that sweeps by itself leaves younger files alone: they may be about to get their row.
 */
#define SWEEPER_AGE_LEAST_S 600

struct config;
struct sweeper;

/**
 * Starts to look whether sweep_every_s seconds have passed since the last sweep of the photos'
 * folder; one of all processes on that folder then sweeps, in a process of its own. With 0 seconds
 * nothing is started and *ret is NULL. Negative when there is no memory or no thread.
 */
int sweeper_start(const struct config *config, struct sweeper **ret) MUST_CHECK;

/** Kills a sweep that is under way, which harms nothing, and ends the thread. Accepts NULL. */
void sweeper_stop(struct sweeper *sweeper);

#endif
