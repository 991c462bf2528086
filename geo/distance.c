#include "geo/distance.h"

#include <geodesic.h>
#include <math.h>
#include <stddef.h>

/* EPSG:7030, the WGS-84 ellipsoid. */
static const double WGS84_SEMI_MAJOR_AXIS_M = 6378137.0;
static const double WGS84_INVERSE_FLATTENING = 298.257223563;

static void inverse(struct geo_point from, struct geo_point to, double *ret_distance_m,
                    double *ret_azimuth_deg)
{
    struct geod_geodesic wgs84;

    geod_init(&wgs84, WGS84_SEMI_MAJOR_AXIS_M, 1 / WGS84_INVERSE_FLATTENING);
    geod_inverse(&wgs84, from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg, ret_distance_m,
                 ret_azimuth_deg, NULL);
}

bool geo_point_is_valid(struct geo_point point)
{
    /* A NaN fails every comparison, an infinity the range. */
    return point.lat_deg >= -90 && point.lat_deg <= 90 && point.lon_deg >= -180 &&
           point.lon_deg <= 180;
}

double geo_distance_m(struct geo_point a, struct geo_point b)
{
    double distance_m;

    inverse(a, b, &distance_m, NULL);
    return distance_m;
}

void geo_local_offset_m(struct geo_point origin, struct geo_point point, double *ret_east_m,
                        double *ret_north_m)
{
    double distance_m;
    double azimuth_deg;

    inverse(origin, point, &distance_m, &azimuth_deg);
    *ret_east_m = distance_m * sin(azimuth_deg * M_PI / 180);
    *ret_north_m = distance_m * cos(azimuth_deg * M_PI / 180);
}
