/** Plausibility of the way between two fixes. */
#ifndef FIELDPROOF_GEO_TRACK_H
#define FIELDPROOF_GEO_TRACK_H

#include <stdint.h>

#include "geo/geo.h"

/** A position at a time, both as the phone stated them. */
struct geo_fix {
    struct geo_point point;
    double accuracy_m; /**< radius of the accuracy circle; 0 or more */
    int64_t time_ms;   /**< since the epoch */
};

/**
 * The least speed that can explain both fixes, in metres a second; finite, 0 or more.
 *
 * The distance counts from the edge of one accuracy circle to the edge of the other, so overlapping
 * circles give 0. The order of the fixes does not matter: check-ins arrive out of order. A time
 * difference under one second, zero included, counts as one second, because many receivers state
 * whole seconds; so the result is never infinite. With an invalid point, or an accuracy that is
 * negative or not a number, nothing can be said against the fixes and the result is 0.
 */
double geo_track_speed_mps(struct geo_fix a, struct geo_fix b);

#endif
