#include "geo/outline.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "geo/distance.h"

/* 6 micrometres: closer corners are one corner. */
static const double SAME_CORNER_RAD = 1e-12;

static bool is_same_corner(struct sphere_vector a, struct sphere_vector b)
{
    return fabs(a.x - b.x) < SAME_CORNER_RAD && fabs(a.y - b.y) < SAME_CORNER_RAD &&
           fabs(a.z - b.z) < SAME_CORNER_RAD;
}

/* Counts what to allocate, and refuses before anything is allocated. */
static int count(const struct geo_polygon *polygons, size_t polygon_count, size_t *ret_points,
                 size_t *ret_rings)
{
    size_t points = 0;
    size_t rings = 0;

    for (size_t i = 0; i < polygon_count; i++) {
        if (polygons[i].ring_count == 0)
            return -GEO_FENCE_ERROR_EMPTY;
        for (size_t j = 0; j < polygons[i].ring_count; j++) {
            size_t ring_points = polygons[i].rings[j].point_count;

            if (ring_points < 3)
                return -GEO_FENCE_ERROR_TOO_FEW_POINTS;
            rings++;
            /* Each ring may repeat its first point. */
            if (ring_points > GEO_FENCE_POINTS_MAX + rings - points)
                return -GEO_FENCE_ERROR_TOO_MANY_POINTS;
            points += ring_points;
        }
    }
    *ret_points = points;
    *ret_rings = rings;
    return rings > 0 ? 0 : -GEO_FENCE_ERROR_EMPTY;
}

static int append_ring(struct outline *outline, const struct geo_ring *points, size_t polygon)
{
    size_t first = outline->corner_count;
    size_t end = first;

    for (size_t i = 0; i < points->point_count; i++) {
        struct sphere_vector corner;

        if (!geo_point_is_valid(points->points[i]))
            return -GEO_FENCE_ERROR_POINT_INVALID;
        corner = sphere_vector_of(points->points[i]);
        if (end == first || !is_same_corner(outline->corners[end - 1], corner))
            outline->corners[end++] = corner;
    }
    while (end - first > 1 && is_same_corner(outline->corners[first], outline->corners[end - 1]))
        end--;
    if (end - first < 3)
        return -GEO_FENCE_ERROR_TOO_FEW_POINTS;
    outline->corner_count = end;
    outline->rings[outline->ring_count++] = (struct outline_ring){first, end, polygon};
    return 0;
}

static int append_all(struct outline *outline, const struct geo_polygon *polygons,
                      size_t polygon_count)
{
    for (size_t i = 0; i < polygon_count; i++) {
        for (size_t j = 0; j < polygons[i].ring_count; j++) {
            int result = append_ring(outline, &polygons[i].rings[j], i);

            if (result < 0)
                return result;
        }
    }
    return outline->corner_count <= GEO_FENCE_POINTS_MAX ? 0 : -GEO_FENCE_ERROR_TOO_MANY_POINTS;
}

static int find_centre(struct outline *outline)
{
    struct sphere_vector sum = {0, 0, 0};
    struct geo_point centre;

    for (size_t i = 0; i < outline->corner_count; i++) {
        sum.x += outline->corners[i].x;
        sum.y += outline->corners[i].y;
        sum.z += outline->corners[i].z;
    }
    centre = sphere_point_of(sum);
    for (size_t i = 0; i < outline->corner_count; i++) {
        struct geo_point corner = sphere_point_of(outline->corners[i]);

        if (geo_distance_m(centre, corner) > GEO_FENCE_RADIUS_MAX_M)
            return -GEO_FENCE_ERROR_TOO_LARGE;
    }
    outline->centre = centre;
    return 0;
}

int outline_init(struct outline *outline, const struct geo_polygon *polygons, size_t polygon_count)
{
    size_t points;
    size_t rings;
    int result = count(polygons, polygon_count, &points, &rings);

    if (result < 0)
        return result;
    *outline = (struct outline){
        .corners = calloc(points, sizeof *outline->corners),
        .rings = calloc(rings, sizeof *outline->rings),
    };
    if (!outline->corners || !outline->rings)
        result = -GEO_FENCE_ERROR_NO_MEMORY;
    if (result == 0)
        result = append_all(outline, polygons, polygon_count);
    if (result == 0)
        result = find_centre(outline);
    if (result < 0)
        outline_clear(outline);
    return result;
}

void outline_clear(struct outline *outline)
{
    free(outline->corners);
    free(outline->rings);
    *outline = (struct outline){0};
}
