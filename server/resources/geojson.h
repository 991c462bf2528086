/** GeoJSON polygons (RFC 7946, section 3.1.6) as fences. */
#ifndef FIELDPROOF_RESOURCES_GEOJSON_H
#define FIELDPROOF_RESOURCES_GEOJSON_H

#include "geo/datum.h"
#include "geo/fence.h"
#include "server/base/arena.h"

#include <jansson.h>

/** Why geojson_polygon failed, besides the negative enum geo_fence_error of geo_fence_new_polygons.
 */
#define GEOJSON_MALFORMED                                                                          \
    (-1000) /**< not {"type": "Polygon", "coordinates": [[[lon, lat], …], …]} */
#define GEOJSON_TOO_MANY_POINTS (-1001) /**< more than GEO_FENCE_POINTS_MAX in all rings */

/** Reads the rings of a polygon; they and their points are the arena's. */
int geojson_polygon(struct arena *arena, const json_t *geojson, struct geo_polygon *ret_polygon)
    __attribute__((warn_unused_result));

/** One English sentence for an error of this header or of geo/fence.h. */
const char *geojson_describe(int error);

/** Converts every point to WGS-84 in place. Negative when one is not a valid position. */
int geojson_to_wgs84(enum geo_datum datum, struct geo_polygon *polygon)
    __attribute__((warn_unused_result));

/** The polygon as GeoJSON; the caller owns it. NULL when there is no memory. */
json_t *geojson_of(const struct geo_polygon *polygon);

#endif
