/** Private to geo/: the rings of a polygon fence, and the check that they make an area. */
#ifndef FIELDPROOF_GEO_OUTLINE_H
#define FIELDPROOF_GEO_OUTLINE_H

#include <stddef.h>

#include "geo/fence.h"
#include "geo/sphere.h"

/** A ring's corners are corners[first_corner] to corners[end_corner - 1]; not closed. */
struct outline_ring {
    size_t first_corner;
    size_t end_corner;
    size_t polygon; /**< which polygon; its first ring is the outer one */
};

struct outline {
    struct sphere_vector *corners;
    size_t corner_count;
    struct outline_ring *rings;
    size_t ring_count;
    struct geo_point centre; /**< middle of the corners */
};

/** Copies the rings, without repeated points. Negative enum geo_fence_error. */
GEO_MUST_CHECK int outline_init(struct outline *outline, const struct geo_polygon *polygons,
                                size_t polygon_count);

/** Frees what outline_init() allocated; safe after its failure and on zeroed memory. */
void outline_clear(struct outline *outline);

/** 0 if the outline encloses an area unambiguously (OGC validity), or negative enum error. */
GEO_MUST_CHECK int outline_check(const struct outline *outline);

#endif
