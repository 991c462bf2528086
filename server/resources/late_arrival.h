/** What an arrival changes that comes after photos of its visit. */
#ifndef FIELDPROOF_RESOURCES_LATE_ARRIVAL_H
#define FIELDPROOF_RESOURCES_LATE_ARRIVAL_H

#include "server/http/request.h"

/**
 * Check-ins come in any order, and without an arrival a photo can only be compared with its own
 * check-in. Takes back that photos of the visit were taken before it, where they were not.
 *
 * @param policy the organisation's overrides, as stored.
 * @return 0, or negative with the problem set or memory exhausted.
 */
int late_arrival_apply(struct request *request, const char *visit_id, int64_t arrived_at_ms,
                       const char *policy) MUST_CHECK;

#endif
