#include "server/resources/site_geometry.h"

#include "server/resources/geojson.h"
#include "server/resources/json_fields.h"

static int refuse(struct request *request, const char *pointer, const char *rule,
                  const char *sentence)
{
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, pointer, rule,
                       "%s", sentence);
}

/* What a member will be: the new value if the row has one, else the present one. */
static const json_t *member(const json_t *present, const json_t *row, const char *name)
{
    return json_object_get(row, name) ? json_field(row, name) : json_field(present, name);
}

static bool touches_geometry(const json_t *row)
{
    return json_object_get(row, "datum") || json_object_get(row, "position") ||
           json_object_get(row, "radius_m") || json_object_get(row, "polygon");
}

static int check_datum_change(struct request *request, const json_t *present, const json_t *row)
{
    const json_t *datum = json_field(row, "datum");
    if (!present || !datum || json_equal(datum, json_field(present, "datum")))
        return 0;
    if (!json_field(row, "position"))
        return refuse(request, "/position", "required", "A new datum needs a new position.");
    if (json_field(present, "polygon") && !json_object_get(row, "polygon"))
        return refuse(request, "/polygon", "required", "A new datum needs a new polygon.");
    return 0;
}

static int check_one_fence(struct request *request, const json_t *radius, const json_t *polygon)
{
    if (radius && polygon)
        return refuse(request, "/radius_m", "one_of",
                      "A site has either a radius or a polygon; send the other one as null.");
    if (!radius && !polygon)
        return refuse(request, "/radius_m", "one_of", "A site needs a radius or a polygon.");
    return 0;
}

static bool is_closed(const struct geo_polygon *polygon)
{
    for (size_t i = 0; i < polygon->ring_count; i++) {
        const struct geo_ring *ring = &polygon->rings[i];
        if (ring->point_count == 0 ||
            ring->points[0].lat_deg != ring->points[ring->point_count - 1].lat_deg ||
            ring->points[0].lon_deg != ring->points[ring->point_count - 1].lon_deg)
            return false;
    }
    return true;
}

/* Makes the fence only to learn whether it can be made. */
static int check_polygon_fence(const struct geo_polygon *polygon)
{
    struct geo_fence *fence;
    int error = geo_fence_new_polygons(polygon, 1, &fence);
    if (error == 0)
        geo_fence_free(fence);
    return error;
}

static int convert_polygon(struct request *request, enum geo_datum datum, const json_t *given,
                           json_t **ret_wgs84)
{
    struct geo_polygon polygon;
    int error = geojson_polygon(request->arena, given, &polygon);
    if (error == 0 && !is_closed(&polygon))
        return refuse(request, "/polygon", "closed",
                      "The last point of each ring must repeat its first.");
    if (error == 0)
        error = geojson_to_wgs84(datum, &polygon);
    if (error == 0)
        error = check_polygon_fence(&polygon);
    if (error < 0)
        return refuse(request, "/polygon", "polygon", geojson_describe(error));
    *ret_wgs84 = geojson_of(&polygon);
    return 0;
}

static int check_circle(struct request *request, struct geo_point centre, const json_t *radius)
{
    struct geo_fence *fence;
    int error = geo_fence_new_circle(centre, json_number_value(radius), &fence);
    if (error < 0)
        return refuse(request, "/radius_m", "circle", geo_fence_error_describe(error));
    geo_fence_free(fence);
    return 0;
}

static int convert_position(struct request *request, enum geo_datum datum, const json_t *given,
                            struct geo_point *ret_wgs84)
{
    struct geo_point point = {
        .lat_deg = json_number_value(json_object_get(given, "latitude")),
        .lon_deg = json_number_value(json_object_get(given, "longitude")),
    };
    if (geo_datum_to_wgs84(datum, point, ret_wgs84) < 0)
        return refuse(request, "/position", "position", "This is not a position on the Earth.");
    return 0;
}

static void set_columns(json_t *row, const json_t *position, const json_t *polygon,
                        struct geo_point wgs84, json_t *wgs84_polygon)
{
    json_object_set(row, "position_given", (json_t *)position);
    json_object_set_new(row, "latitude_deg", json_real(wgs84.lat_deg));
    json_object_set_new(row, "longitude_deg", json_real(wgs84.lon_deg));
    json_object_set_new(row, "polygon_given",
                        polygon ? json_incref((json_t *)polygon) : json_null());
    json_object_set_new(row, "polygon", wgs84_polygon ? wgs84_polygon : json_null());
    json_object_del(row, "position");
}

int site_geometry_complete(struct request *request, const json_t *present, json_t *row)
{
    enum geo_datum datum;
    struct geo_point wgs84;
    json_t *wgs84_polygon = NULL;
    if (!touches_geometry(row))
        return 0;
    const json_t *position = member(present, row, "position");
    const json_t *radius = member(present, row, "radius_m");
    const json_t *polygon = member(present, row, "polygon");
    if (geo_datum_parse(json_string_value(member(present, row, "datum")), &datum) < 0)
        return refuse(request, "/datum", "enum", "There is no such datum.");
    if (check_datum_change(request, present, row) < 0 ||
        check_one_fence(request, radius, polygon) < 0 ||
        convert_position(request, datum, position, &wgs84) < 0)
        return -1;
    int result = polygon ? convert_polygon(request, datum, polygon, &wgs84_polygon)
                         : check_circle(request, wgs84, radius);
    if (result == 0)
        set_columns(row, position, polygon, wgs84, wgs84_polygon);
    return result;
}
