#include "geo/datum.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "geo/distance.h"

typedef struct geo_point (*shift_function)(struct geo_point);

/* Krasovsky 1940, on which the GCJ-02 formula works. */
static const double KRASOVSKY_SEMI_MAJOR_AXIS_M = 6378245.0;
static const double KRASOVSKY_ECCENTRICITY_SQUARED = 0.00669342162296594323;

static const double BD09_WAVE_RAD_PER_DEG = M_PI * 3000 / 180;
static const double BD09_OFFSET_LAT_DEG = 0.006;
static const double BD09_OFFSET_LON_DEG = 0.0065;

static const double INVERSE_TOLERANCE_DEG = 1e-11;
/* Each round shrinks the error at least fortyfold, so that 7 do anywhere; this is the ceiling. */
enum { INVERSE_ROUNDS_MAX = 30 };

static const char *const datum_names[] = {
    [GEO_WGS84] = "wgs84",
    [GEO_GCJ02] = "gcj02",
    [GEO_BD09] = "bd09",
};

/* The ripples common to both axes and those of one axis; x and y in units of a half turn. */
static double common_ripple_m(double x)
{
    return 20 * sin(6 * x * M_PI) + 20 * sin(2 * x * M_PI);
}

static double lat_shift_m(double x, double y)
{
    double trend = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(fabs(x));
    double ripple = common_ripple_m(x) + 20 * sin(y * M_PI) + 40 * sin(y / 3 * M_PI) +
                    160 * sin(y / 12 * M_PI) + 320 * sin(y / 30 * M_PI);

    return trend + ripple * 2 / 3;
}

static double lon_shift_m(double x, double y)
{
    double trend = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(fabs(x));
    double ripple = common_ripple_m(x) + 20 * sin(x * M_PI) + 40 * sin(x / 3 * M_PI) +
                    150 * sin(x / 12 * M_PI) + 300 * sin(x / 30 * M_PI);

    return trend + ripple * 2 / 3;
}

static struct geo_point gcj02_from_wgs84(struct geo_point wgs84)
{
    double x = wgs84.lon_deg - 105;
    double y = wgs84.lat_deg - 35;
    double lat_rad = wgs84.lat_deg * M_PI / 180;
    double w_squared = 1 - KRASOVSKY_ECCENTRICITY_SQUARED * sin(lat_rad) * sin(lat_rad);
    double prime_vertical_m = KRASOVSKY_SEMI_MAJOR_AXIS_M / sqrt(w_squared);
    double meridian_m = prime_vertical_m * (1 - KRASOVSKY_ECCENTRICITY_SQUARED) / w_squared;

    return (struct geo_point){
        .lat_deg = wgs84.lat_deg + lat_shift_m(x, y) / meridian_m * 180 / M_PI,
        .lon_deg =
            wgs84.lon_deg + lon_shift_m(x, y) / (prime_vertical_m * cos(lat_rad)) * 180 / M_PI,
    };
}

static struct geo_point bd09_from_gcj02(struct geo_point gcj02)
{
    double x = gcj02.lon_deg;
    double y = gcj02.lat_deg;
    double radius = hypot(x, y) + 0.00002 * sin(y * BD09_WAVE_RAD_PER_DEG);
    double angle = atan2(y, x) + 0.000003 * cos(x * BD09_WAVE_RAD_PER_DEG);

    return (struct geo_point){
        .lat_deg = radius * sin(angle) + BD09_OFFSET_LAT_DEG,
        .lon_deg = radius * cos(angle) + BD09_OFFSET_LON_DEG,
    };
}

static struct geo_point bd09_from_wgs84(struct geo_point wgs84)
{
    return bd09_from_gcj02(gcj02_from_wgs84(wgs84));
}

/* NULL for WGS-84 itself and for what is no datum. */
static shift_function shift_of(enum geo_datum datum)
{
    switch (datum) {
    case GEO_GCJ02:
        return gcj02_from_wgs84;
    case GEO_BD09:
        return bd09_from_wgs84;
    case GEO_WGS84:
        break;
    }
    return NULL;
}

static struct geo_point unshift(shift_function shift, struct geo_point shifted)
{
    struct geo_point guess = shifted;

    for (int round = 0; round < INVERSE_ROUNDS_MAX; round++) {
        struct geo_point forth = shift(guess);
        double lat_error_deg = shifted.lat_deg - forth.lat_deg;
        double lon_error_deg = shifted.lon_deg - forth.lon_deg;

        guess.lat_deg += lat_error_deg;
        guess.lon_deg += lon_error_deg;
        if (fabs(lat_error_deg) < INVERSE_TOLERANCE_DEG &&
            fabs(lon_error_deg) < INVERSE_TOLERANCE_DEG)
            break;
    }
    return guess;
}

const char *geo_datum_name(enum geo_datum datum)
{
    return datum_names[datum];
}

int geo_datum_parse(const char *name, enum geo_datum *ret_datum)
{
    if (!name)
        return -EINVAL;
    for (size_t i = 0; i < sizeof datum_names / sizeof datum_names[0]; i++) {
        if (strcmp(name, datum_names[i]) == 0) {
            *ret_datum = (enum geo_datum)i;
            return 0;
        }
    }
    return -EINVAL;
}

bool geo_datum_is_shifted_at(struct geo_point point)
{
    return point.lat_deg >= 0.8293 && point.lat_deg <= 55.8271 && point.lon_deg >= 72.004 &&
           point.lon_deg <= 137.8347;
}

int geo_datum_to_wgs84(enum geo_datum datum, struct geo_point point, struct geo_point *ret_wgs84)
{
    shift_function shift = shift_of(datum);

    if (!geo_point_is_valid(point))
        return -EINVAL;
    *ret_wgs84 = shift && geo_datum_is_shifted_at(point) ? unshift(shift, point) : point;
    return 0;
}

int geo_datum_from_wgs84(enum geo_datum datum, struct geo_point wgs84, struct geo_point *ret_point)
{
    shift_function shift = shift_of(datum);

    if (!geo_point_is_valid(wgs84))
        return -EINVAL;
    *ret_point = shift && geo_datum_is_shifted_at(wgs84) ? shift(wgs84) : wgs84;
    return 0;
}
