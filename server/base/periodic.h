/** A thread that does something now, and again after every pause, until it is stopped. */
#ifndef FIELDPROOF_BASE_PERIODIC_H
#define FIELDPROOF_BASE_PERIODIC_H

#include "server/base/macros.h"

#include <stdbool.h>
#include <stdint.h>

struct periodic;

/** What it does. Long work asks periodic_is_stopping() between its steps. */
typedef void periodic_work(struct periodic *periodic, void *context);

/**
 * Starts it.
 *
 * @param name at most 9 bytes; the thread is called "clock-<name>", in top as in a core dump
 * @param pause_s from the end of the work to its next begin, in seconds
 * @param context handed to `work`; must outlive the thread
 * @return 0, or negative: there is no memory or no thread.
 */
int periodic_start(const char *name, int64_t pause_s, periodic_work *work, void *context,
                   struct periodic **ret) MUST_CHECK;

/** True as soon as somebody wants it to end. */
bool periodic_is_stopping(struct periodic *periodic);

/** Waits for the step it is at, and ends it. Accepts NULL. */
void periodic_stop(struct periodic *periodic);

#endif
