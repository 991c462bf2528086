#include "server/resources/geojson.h"

#include <string.h>

static int read_point(const json_t *position, struct geo_point *ret)
{
    const json_t *longitude = json_array_get(position, 0);
    const json_t *latitude = json_array_get(position, 1);
    if (!json_is_number(longitude) || !json_is_number(latitude))
        return GEOJSON_MALFORMED;
    ret->lon_deg = json_number_value(longitude);
    ret->lat_deg = json_number_value(latitude);
    return 0;
}

static int read_ring(struct arena *arena, const json_t *line, size_t *room, struct geo_ring *ret)
{
    size_t count = json_array_size(line);
    if (count > *room)
        return GEOJSON_TOO_MANY_POINTS;
    *room -= count;
    struct geo_point *points = arena_alloc(arena, sizeof *points * (count + 1));
    if (!points)
        return -GEO_FENCE_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        int error = read_point(json_array_get(line, i), &points[i]);
        if (error < 0)
            return error;
    }
    *ret = (struct geo_ring){points, count};
    return 0;
}

int geojson_polygon(struct arena *arena, const json_t *geojson, struct geo_polygon *ret_polygon)
{
    const char *type = json_string_value(json_object_get(geojson, "type"));
    const json_t *coordinates = json_object_get(geojson, "coordinates");
    size_t count = json_array_size(coordinates);
    size_t room = GEO_FENCE_POINTS_MAX + count; /* each ring repeats its first point */
    if (!type || strcmp(type, "Polygon") != 0 || count == 0)
        return GEOJSON_MALFORMED;
    if (count > GEO_FENCE_POINTS_MAX)
        return GEOJSON_TOO_MANY_POINTS;
    struct geo_ring *rings = arena_alloc(arena, sizeof *rings * count);
    if (!rings)
        return -GEO_FENCE_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        int error = read_ring(arena, json_array_get(coordinates, i), &room, &rings[i]);
        if (error < 0)
            return error;
    }
    *ret_polygon = (struct geo_polygon){rings, count};
    return 0;
}

const char *geojson_describe(int error)
{
    if (error == GEOJSON_MALFORMED)
        return "A polygon is {\"type\": \"Polygon\", \"coordinates\": [[[longitude, latitude], …], "
               "…]}.";
    if (error == GEOJSON_TOO_MANY_POINTS)
        return geo_fence_error_describe(GEO_FENCE_ERROR_TOO_MANY_POINTS);
    return geo_fence_error_describe(error);
}

int geojson_to_wgs84(enum geo_datum datum, struct geo_polygon *polygon)
{
    for (size_t i = 0; i < polygon->ring_count; i++) {
        /* The points were allocated by geojson_polygon; only the fence's interface is const. */
        struct geo_point *points = (struct geo_point *)polygon->rings[i].points;
        for (size_t j = 0; j < polygon->rings[i].point_count; j++)
            if (geo_datum_to_wgs84(datum, points[j], &points[j]) < 0)
                return -GEO_FENCE_ERROR_POINT_INVALID;
    }
    return 0;
}

json_t *geojson_of(const struct geo_polygon *polygon)
{
    json_t *coordinates = json_array();
    for (size_t i = 0; i < polygon->ring_count; i++) {
        json_t *line = json_array();
        for (size_t j = 0; j < polygon->rings[i].point_count; j++) {
            struct geo_point point = polygon->rings[i].points[j];
            json_array_append_new(line, json_pack("[f, f]", point.lon_deg, point.lat_deg));
        }
        json_array_append_new(coordinates, line);
    }
    return json_pack("{s:s, s:o}", "type", "Polygon", "coordinates", coordinates);
}
