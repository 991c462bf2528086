#include <geos_c.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/outline.h"

/* The plane in which the outline is checked: gnomonic about its centre, so edges are straight. */
struct plane {
    GEOSContextHandle_t geos;
    struct sphere_frame frame;
    double *coordinates_m; /* east, north of one closed ring */
};

static const struct {
    const char *reason;
    enum geo_fence_error error;
} geos_reasons[] = {
    /* geos/src/operation/valid/TopologyValidationError.cpp */
    {"Hole lies outside shell", GEO_FENCE_ERROR_HOLE_OUTSIDE},
    {"Holes are nested", GEO_FENCE_ERROR_HOLES_NESTED},
    {"Interior is disconnected", GEO_FENCE_ERROR_DISCONNECTED},
    {"Self-intersection", GEO_FENCE_ERROR_SELF_INTERSECTION},
    {"Ring Self-intersection", GEO_FENCE_ERROR_SELF_INTERSECTION},
};

static enum geo_fence_error error_of_reason(const char *reason)
{
    for (size_t i = 0; i < sizeof geos_reasons / sizeof geos_reasons[0]; i++) {
        if (strcmp(reason, geos_reasons[i].reason) == 0)
            return geos_reasons[i].error;
    }
    return GEO_FENCE_ERROR_OTHER;
}

static int check_geometry(GEOSContextHandle_t geos, const GEOSGeometry *geometry)
{
    char *reason = NULL;
    int result = -GEO_FENCE_ERROR_OTHER;

    switch (GEOSisValidDetail_r(geos, geometry, 0, &reason, NULL)) {
    case 1:
        result = 0;
        break;
    case 0:
        if (reason)
            result = -(int)error_of_reason(reason);
        break;
    default:
        break;
    }
    GEOSFree_r(geos, reason);
    return result;
}

static void fill_coordinates(struct plane *plane, const struct outline *outline,
                             const struct outline_ring *ring)
{
    size_t corner_count = ring->end_corner - ring->first_corner;

    for (size_t i = 0; i < corner_count; i++) {
        struct sphere_planar at =
            sphere_project(&plane->frame, outline->corners[ring->first_corner + i]);

        plane->coordinates_m[2 * i] = at.east * SPHERE_RADIUS_M;
        plane->coordinates_m[2 * i + 1] = at.north * SPHERE_RADIUS_M;
    }
    plane->coordinates_m[2 * corner_count] = plane->coordinates_m[0];
    plane->coordinates_m[2 * corner_count + 1] = plane->coordinates_m[1];
}

static double enclosed_area_m2(const double *coordinates_m, size_t corner_count)
{
    double twice_area_m2 = 0;

    for (size_t i = 0; i < corner_count; i++) {
        const double *from = coordinates_m + 2 * i;

        twice_area_m2 += (from[0] - coordinates_m[0]) * (from[3] - coordinates_m[1]) -
                         (from[2] - coordinates_m[0]) * (from[1] - coordinates_m[1]);
    }
    return fabs(twice_area_m2) / 2;
}

static GEOSGeometry *make_ring(struct plane *plane, const struct outline *outline,
                               const struct outline_ring *ring)
{
    unsigned int point_count = (unsigned int)(ring->end_corner - ring->first_corner + 1);
    GEOSCoordSequence *sequence;

    fill_coordinates(plane, outline, ring);
    sequence = GEOSCoordSeq_copyFromBuffer_r(plane->geos, plane->coordinates_m, point_count, 0, 0);
    return sequence ? GEOSGeom_createLinearRing_r(plane->geos, sequence) : NULL;
}

/* The polygon of `ring_count` rings, or NULL if memory is short. */
static GEOSGeometry *make_polygon(struct plane *plane, const struct outline *outline,
                                  const struct outline_ring *rings, size_t ring_count)
{
    GEOSGeometry **made = calloc(ring_count, sizeof(GEOSGeometry *));
    GEOSGeometry *polygon = NULL;
    size_t made_count = 0;

    if (!made)
        return NULL;
    for (; made_count < ring_count; made_count++) {
        made[made_count] = make_ring(plane, outline, &rings[made_count]);
        if (!made[made_count])
            break;
    }
    if (made_count == ring_count)
        polygon =
            GEOSGeom_createPolygon_r(plane->geos, made[0], made + 1, (unsigned int)ring_count - 1);
    else
        while (made_count > 0)
            GEOSGeom_destroy_r(plane->geos, made[--made_count]);
    free(made);
    return polygon;
}

static int check_areas(struct plane *plane, const struct outline *outline)
{
    for (size_t i = 0; i < outline->ring_count; i++) {
        const struct outline_ring *ring = &outline->rings[i];

        fill_coordinates(plane, outline, ring);
        if (enclosed_area_m2(plane->coordinates_m, ring->end_corner - ring->first_corner) <
            GEO_FENCE_AREA_MIN_M2)
            return -GEO_FENCE_ERROR_TOO_SMALL;
    }
    return 0;
}

/* Makes and checks each polygon; `polygons` has room for one a ring, and the caller destroys them.
 */
static int check_polygons(struct plane *plane, const struct outline *outline,
                          GEOSGeometry **polygons, size_t *ret_polygon_count)
{
    size_t first = 0;

    while (first < outline->ring_count) {
        size_t end = first;
        GEOSGeometry *polygon;
        int result;

        while (end < outline->ring_count &&
               outline->rings[end].polygon == outline->rings[first].polygon)
            end++;
        polygon = make_polygon(plane, outline, outline->rings + first, end - first);
        if (!polygon)
            return -GEO_FENCE_ERROR_NO_MEMORY;
        polygons[(*ret_polygon_count)++] = polygon;
        result = check_geometry(plane->geos, polygon);
        if (result < 0)
            return result;
        first = end;
    }
    return 0;
}

/* Each polygon is valid by itself, so what is wrong now is between them. Takes over `polygons`. */
static int check_together(GEOSContextHandle_t geos, GEOSGeometry **polygons, size_t polygon_count)
{
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, polygons, (unsigned int)polygon_count);
    int result;

    if (!all)
        return -GEO_FENCE_ERROR_NO_MEMORY;
    result = check_geometry(geos, all) < 0 ? -GEO_FENCE_ERROR_POLYGONS_OVERLAP : 0;
    GEOSGeom_destroy_r(geos, all);
    return result;
}

int outline_check(const struct outline *outline)
{
    struct plane plane = {
        .geos = GEOS_init_r(),
        .frame = sphere_frame_at(outline->centre),
        .coordinates_m = calloc(outline->corner_count + 1, 2 * sizeof(double)),
    };
    GEOSGeometry **polygons = calloc(outline->ring_count, sizeof(GEOSGeometry *));
    size_t polygon_count = 0;
    int result = -GEO_FENCE_ERROR_NO_MEMORY;

    if (!plane.geos || !plane.coordinates_m || !polygons)
        goto cleanup;
    result = check_polygons(&plane, outline, polygons, &polygon_count);
    /* After the crossings: the lobes of a figure of eight may cancel each other's area. */
    if (result == 0)
        result = check_areas(&plane, outline);
    if (result == 0) {
        result = check_together(plane.geos, polygons, polygon_count);
        polygon_count = 0;
    }

cleanup:
    while (polygon_count > 0)
        GEOSGeom_destroy_r(plane.geos, polygons[--polygon_count]);
    free(polygons);
    free(plane.coordinates_m);
    if (plane.geos)
        GEOS_finish_r(plane.geos);
    return result;
}
