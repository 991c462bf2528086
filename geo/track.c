#include "geo/track.h"

#include <math.h>
#include <stdbool.h>

#include "geo/distance.h"

static const double SHORTEST_TIME_S = 1.0;

static bool is_usable(struct geo_fix fix)
{
    return geo_point_is_valid(fix.point) && fix.accuracy_m >= 0;
}

double geo_track_speed_mps(struct geo_fix a, struct geo_fix b)
{
    /* Subtracting as double cannot overflow; at a millisecond the rounding does not matter. */
    double time_s = fabs((double)a.time_ms - (double)b.time_ms) / 1000;
    double gap_m;

    if (!is_usable(a) || !is_usable(b))
        return 0;
    gap_m = geo_distance_m(a.point, b.point) - a.accuracy_m - b.accuracy_m;
    return fmax(gap_m, 0) / fmax(time_s, SHORTEST_TIME_S);
}
