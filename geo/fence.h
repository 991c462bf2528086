/**
 * Fences: the area of a site, as a circle or as polygons with holes, and how a fix lies to it.
 *
 * Polygons mean what they mean to PostGIS's `geography`: edges are great-circle arcs on the sphere
 * of geodetic latitudes and longitudes, and the distance is the geodesic one on the ellipsoid to
 * the point of the boundary that is nearest on that sphere. Distances equal PostGIS's to 0.01 mm,
 * for edges of 50 km as well (tests/geo/oracle.py).
 *
 * What this convention costs: where one edge is nearest, the distance is up to 2.3 cm a kilometre
 * longer than the shortest geodesic to the boundary (1.3 cm at 30 degrees latitude). Where two
 * edges are equally near but for 0.7 %, the sphere may choose the other one. The sign is never
 * affected. The middle of an edge of 50 km lies up to 0.16 m beside the ellipsoid's geodesic. A
 * line drawn straight in degrees, as GeoJSON means it, lies 2 cm beside an edge of 1 km at 45
 * degrees latitude, and 50 m beside one of 50 km.
 */
#ifndef FIELDPROOF_GEO_FENCE_H
#define FIELDPROOF_GEO_FENCE_H

#include <stddef.h>

#include "geo/geo.h"

/** Points of all rings together, closing points not counted. */
#define GEO_FENCE_POINTS_MAX 5000

/** Farthest that a fence may reach from its centre. */
#define GEO_FENCE_RADIUS_MAX_M 200000.0

/** Smallest area a ring may enclose; less is a slip of the finger, not a site. */
#define GEO_FENCE_AREA_MIN_M2 1.0

/** A fence; never changes once made, so any number of threads may ask it at once. */
struct geo_fence;

/** A ring of three or more points, either way round; repeating the first point at the end is fine.
 */
struct geo_ring {
    const struct geo_point *points;
    size_t point_count;
};

/** rings[0] is the outer ring, the others are holes in it. */
struct geo_polygon {
    const struct geo_ring *rings;
    size_t ring_count;
};

/** Why a fence is refused; functions return one of these negated. */
enum geo_fence_error {
    GEO_FENCE_ERROR_NO_MEMORY = 1,
    GEO_FENCE_ERROR_POINT_INVALID,     /**< a latitude or longitude is out of range */
    GEO_FENCE_ERROR_RADIUS_INVALID,    /**< not above 0 and at most GEO_FENCE_RADIUS_MAX_M */
    GEO_FENCE_ERROR_EMPTY,             /**< no polygon, or a polygon without rings */
    GEO_FENCE_ERROR_TOO_FEW_POINTS,    /**< a ring with fewer than 3 different points in a row */
    GEO_FENCE_ERROR_TOO_MANY_POINTS,   /**< more than GEO_FENCE_POINTS_MAX */
    GEO_FENCE_ERROR_TOO_LARGE,         /**< reaches over GEO_FENCE_RADIUS_MAX_M from its centre */
    GEO_FENCE_ERROR_TOO_SMALL,         /**< a ring encloses less than GEO_FENCE_AREA_MIN_M2 */
    GEO_FENCE_ERROR_SELF_INTERSECTION, /**< a ring crosses or touches itself or runs along another
                                        */
    GEO_FENCE_ERROR_HOLE_OUTSIDE,      /**< a hole is not inside its outer ring */
    GEO_FENCE_ERROR_HOLES_NESTED,      /**< a hole lies in another hole */
    GEO_FENCE_ERROR_DISCONNECTED,      /**< holes cut the polygon's inside into pieces */
    GEO_FENCE_ERROR_POLYGONS_OVERLAP,  /**< two polygons overlap or share an edge */
    GEO_FENCE_ERROR_OTHER,             /**< not a valid polygon for a reason without a name here */
};

/** One English sentence for the error (its sign does not matter); a static string. */
const char *geo_fence_error_describe(int error);

/** The circle of geodesic radius `radius_m` around `centre`. */
GEO_MUST_CHECK int geo_fence_new_circle(struct geo_point centre, double radius_m,
                                        struct geo_fence **ret_fence);

/**
 * The area of one or more polygons with holes, in WGS-84. The points are copied.
 *
 * An edge always goes the short way, so a fence may cross the antimeridian (179.9 then -179.9) or
 * hold a pole. Do not cut a fence in two at the antimeridian: polygons that share an edge are
 * refused, since the cut would count as a boundary.
 */
GEO_MUST_CHECK int geo_fence_new_polygons(const struct geo_polygon *polygons, size_t polygon_count,
                                          struct geo_fence **ret_fence);

/** NULL is fine. */
void geo_fence_free(struct geo_fence *fence);

/**
 * Signed distance in metres from the fence's boundary: negative inside, positive outside, 0 on it.
 * Negative result if the point is not valid. Thread-safe, allocates nothing.
 */
GEO_MUST_CHECK int geo_fence_distance_m(const struct geo_fence *fence, struct geo_point point,
                                        double *ret_distance_m);

enum geo_fence_verdict { GEO_INSIDE, GEO_OUTSIDE, GEO_UNCERTAIN };

/**
 * How a fix of this signed distance and accuracy lies to the fence.
 *
 * INSIDE: the whole accuracy circle is inside (distance + accuracy <= 0).
 * OUTSIDE: the whole accuracy circle is outside (distance - accuracy > 0).
 * UNCERTAIN: the circle crosses the boundary, or the accuracy is negative or not a number.
 *
 * Phones state the radius in which they are right 68 % of the time (Android's getAccuracy; W3C
 * Geolocation asks for 95 %). So INSIDE is right in at least 68 % of cases whatever the fence's
 * shape, and in 93 % at a straight boundary (a normal error of sigma = accuracy / 1.515 in each
 * direction, the fix one accuracy from the boundary); OUTSIDE wrongs a technician in under 7 % at a
 * fence without dents. A laxer INSIDE, such as half the accuracy, would let a fix of 90 m accuracy
 * prove presence in a circle of 50 m at a probability of 30 %. The price is that a coarse fix near
 * a small site is UNCERTAIN: that says "this fix cannot tell", and must not count against the
 * technician by itself. Where the middle of the circle lies is in the sign of the distance.
 */
enum geo_fence_verdict geo_fence_verdict(double distance_m, double accuracy_m);

#endif
