#include "geo/fence.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "geo/distance.h"
#include "geo/outline.h"
#include "geo/sphere.h"

struct geo_fence {
    bool is_circle;
    struct geo_point centre; /* circle only */
    double radius_m;         /* circle only */
    struct outline outline;  /* polygons only */
};

/* What a walk along the boundary finds, seen from the origin of the tangent plane. */
struct nearest {
    struct sphere_planar at;
    double squared; /* of the distance to `at` */
    bool is_inside; /* after an odd number of edges crossed */
};

/*
 * The gnomonic projection shows less than half of the sphere. From farther than this (6,700 km) the
 * nearest corner stands for the nearest point; a fence reaches at most 1.8 degrees from its centre.
 */
static const double COSINE_OF_FAR = 0.5;

static const char *const descriptions[] = {
    [0] = "The fence is valid.",
    [GEO_FENCE_ERROR_NO_MEMORY] = "Memory is short.",
    [GEO_FENCE_ERROR_POINT_INVALID] =
        "A latitude is not in -90 to 90 or a longitude not in -180 to 180.",
    [GEO_FENCE_ERROR_RADIUS_INVALID] = "The radius is not above 0 m and at most 200 km.",
    [GEO_FENCE_ERROR_EMPTY] = "There is no polygon, or a polygon has no ring.",
    [GEO_FENCE_ERROR_TOO_FEW_POINTS] = "A ring has fewer than 3 different points.",
    [GEO_FENCE_ERROR_TOO_MANY_POINTS] = "There are more than 5000 points.",
    [GEO_FENCE_ERROR_TOO_LARGE] = "The area reaches more than 200 km from its centre.",
    [GEO_FENCE_ERROR_TOO_SMALL] = "A ring encloses less than 1 square metre.",
    [GEO_FENCE_ERROR_SELF_INTERSECTION] =
        "A ring crosses or touches itself, or runs along another ring.",
    [GEO_FENCE_ERROR_HOLE_OUTSIDE] = "A hole is not inside its outer ring.",
    [GEO_FENCE_ERROR_HOLES_NESTED] = "A hole lies in another hole.",
    [GEO_FENCE_ERROR_DISCONNECTED] = "Holes cut the area of a polygon into pieces.",
    [GEO_FENCE_ERROR_POLYGONS_OVERLAP] =
        "Two polygons overlap or share an edge; an area across the antimeridian is one polygon.",
    [GEO_FENCE_ERROR_OTHER] = "The rings do not make a valid polygon.",
};

const char *geo_fence_error_describe(int error)
{
    int index = error < 0 && error >= -GEO_FENCE_ERROR_OTHER ? -error : error;

    return descriptions[index >= 0 && index <= GEO_FENCE_ERROR_OTHER ? index
                                                                     : GEO_FENCE_ERROR_OTHER];
}

int geo_fence_new_circle(struct geo_point centre, double radius_m, struct geo_fence **ret_fence)
{
    struct geo_fence *fence;

    if (!geo_point_is_valid(centre))
        return -GEO_FENCE_ERROR_POINT_INVALID;
    if (!(radius_m > 0 && radius_m <= GEO_FENCE_RADIUS_MAX_M))
        return -GEO_FENCE_ERROR_RADIUS_INVALID;
    fence = calloc(1, sizeof *fence);
    if (!fence)
        return -GEO_FENCE_ERROR_NO_MEMORY;
    fence->is_circle = true;
    fence->centre = centre;
    fence->radius_m = radius_m;
    *ret_fence = fence;
    return 0;
}

int geo_fence_new_polygons(const struct geo_polygon *polygons, size_t polygon_count,
                           struct geo_fence **ret_fence)
{
    struct geo_fence *fence = calloc(1, sizeof *fence);
    int result;

    if (!fence)
        return -GEO_FENCE_ERROR_NO_MEMORY;
    result = outline_init(&fence->outline, polygons, polygon_count);
    if (result == 0)
        result = outline_check(&fence->outline);
    if (result < 0) {
        geo_fence_free(fence);
        return result;
    }
    *ret_fence = fence;
    return 0;
}

void geo_fence_free(struct geo_fence *fence)
{
    if (!fence)
        return;
    outline_clear(&fence->outline);
    free(fence);
}

/* Takes one edge into account. The origin of the plane is the point asked about. */
static void visit_edge(struct nearest *nearest, struct sphere_planar from, struct sphere_planar to)
{
    double east = to.east - from.east;
    double north = to.north - from.north;
    double along = -(from.east * east + from.north * north) / (east * east + north * north);
    double share = fmin(fmax(along, 0), 1);
    struct sphere_planar at = {from.east + share * east, from.north + share * north};
    double squared = at.east * at.east + at.north * at.north;

    if (squared < nearest->squared) {
        nearest->squared = squared;
        nearest->at = at;
    }
    /* A ray to the east crosses the edge. */
    if ((from.north > 0) != (to.north > 0) && from.east - from.north * east / north > 0)
        nearest->is_inside = !nearest->is_inside;
}

static void visit_ring(struct nearest *nearest, const struct sphere_frame *frame,
                       const struct sphere_vector *corners, size_t corner_count)
{
    struct sphere_planar from = sphere_project(frame, corners[corner_count - 1]);

    for (size_t i = 0; i < corner_count; i++) {
        struct sphere_planar to = sphere_project(frame, corners[i]);

        visit_edge(nearest, from, to);
        from = to;
    }
}

static double near_distance_m(const struct outline *outline, const struct sphere_frame *frame,
                              struct geo_point point)
{
    struct nearest nearest = {.squared = INFINITY};
    double distance_m;

    for (size_t i = 0; i < outline->ring_count; i++) {
        const struct outline_ring *ring = &outline->rings[i];

        visit_ring(&nearest, frame, outline->corners + ring->first_corner,
                   ring->end_corner - ring->first_corner);
    }
    distance_m = geo_distance_m(point, sphere_unproject(frame, nearest.at));
    return nearest.is_inside ? -distance_m : distance_m;
}

static double far_distance_m(const struct outline *outline, const struct sphere_frame *frame,
                             struct geo_point point)
{
    size_t nearest = 0;

    for (size_t i = 1; i < outline->corner_count; i++) {
        if (sphere_dot(frame->up, outline->corners[i]) >
            sphere_dot(frame->up, outline->corners[nearest]))
            nearest = i;
    }
    return geo_distance_m(point, sphere_point_of(outline->corners[nearest]));
}

static double polygons_distance_m(const struct outline *outline, struct geo_point point)
{
    struct sphere_frame frame = sphere_frame_at(point);

    if (sphere_dot(frame.up, sphere_vector_of(outline->centre)) < COSINE_OF_FAR)
        return far_distance_m(outline, &frame, point);
    return near_distance_m(outline, &frame, point);
}

int geo_fence_distance_m(const struct geo_fence *fence, struct geo_point point,
                         double *ret_distance_m)
{
    if (!geo_point_is_valid(point))
        return -GEO_FENCE_ERROR_POINT_INVALID;
    *ret_distance_m = fence->is_circle ? geo_distance_m(fence->centre, point) - fence->radius_m
                                       : polygons_distance_m(&fence->outline, point);
    return 0;
}

enum geo_fence_verdict geo_fence_verdict(double distance_m, double accuracy_m)
{
    if (!(accuracy_m >= 0))
        return GEO_UNCERTAIN;
    if (distance_m + accuracy_m <= 0)
        return GEO_INSIDE;
    if (distance_m - accuracy_m > 0)
        return GEO_OUTSIDE;
    return GEO_UNCERTAIN;
}
