/** Private to geo/: positions as unit vectors, and the gnomonic projection about one of them. */
#ifndef FIELDPROOF_GEO_SPHERE_H
#define FIELDPROOF_GEO_SPHERE_H

#include "geo/geo.h"

/** IUGG mean radius of the Earth; turns angles of the sphere into approximate metres. */
#define SPHERE_RADIUS_M 6371008.8

/** A direction from the centre of the sphere; unit length unless said otherwise. */
struct sphere_vector {
    double x, y, z;
};

/** Axes of the tangent plane at a point. */
struct sphere_frame {
    struct sphere_vector east, north, up;
};

/** A point of the tangent plane, in radii of the sphere. */
struct sphere_planar {
    double east, north;
};

/** The unit vector of a position: its latitude is taken as the sphere's own. */
struct sphere_vector sphere_vector_of(struct geo_point point);

/** The position in the direction of a vector of any length but 0. */
struct geo_point sphere_point_of(struct sphere_vector vector);

/** Scalar product: the cosine of the angle between unit vectors. */
double sphere_dot(struct sphere_vector a, struct sphere_vector b);

/** At a pole, east is where the point's own longitude puts it. */
struct sphere_frame sphere_frame_at(struct geo_point point);

/**
 * Gnomonic projection: great circles become straight lines, and what is nearest to the frame's
 * point in the plane is nearest on the sphere. `vector` must be less than 90 degrees from the
 * point.
 */
struct sphere_planar sphere_project(const struct sphere_frame *frame, struct sphere_vector vector);

/** The inverse of sphere_project(). */
struct geo_point sphere_unproject(const struct sphere_frame *frame, struct sphere_planar planar);

#endif
