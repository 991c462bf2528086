/** A thread that keeps the rows which reports add up; see migrations/0031_reports.sql. */
#ifndef FIELDPROOF_REPORT_KEEPER_H
#define FIELDPROOF_REPORT_KEEPER_H

#include "server/store/db.h"

struct report_keeper;

/**
 * Starts it. It looks at every organisation each `pause_s` seconds; several servers may do so at
 * once. Without it reports are as exact, but cost more with everything that happens.
 *
 * @return 0, or negative: there is no memory or no thread.
 */
int report_keeper_start(struct db_pool *pool, int pause_s, struct report_keeper **ret) MUST_CHECK;

/** Waits for the step it is at. Accepts NULL. */
void report_keeper_stop(struct report_keeper *keeper);

#endif
