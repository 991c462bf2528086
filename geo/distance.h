/** Distances and offsets along geodesics of the WGS-84 ellipsoid. */
#ifndef FIELDPROOF_GEO_DISTANCE_H
#define FIELDPROOF_GEO_DISTANCE_H

#include <stdbool.h>

#include "geo/geo.h"

/** True if both numbers are finite, the latitude is in -90..90 and the longitude in -180..180. */
bool geo_point_is_valid(struct geo_point point);

/**
 * Length of the shortest geodesic between two valid points, in metres.
 *
 * Karney's algorithm (PROJ's geodesic.h; C. F. F. Karney, "Algorithms for geodesics", J. Geodesy
 * 87, 2013): accurate to about 15 nanometres for any pair, nearly antipodal ones included.
 */
double geo_distance_m(struct geo_point a, struct geo_point b);

/**
 * Where `point` lies as seen from `origin`, in metres east and north of it.
 *
 * This is the azimuthal equidistant projection about `origin`: distance and direction from the
 * origin are exact, so a plan drawn around a fix shows true distances from that fix.
 */
void geo_local_offset_m(struct geo_point origin, struct geo_point point, double *ret_east_m,
                        double *ret_north_m);

#endif
