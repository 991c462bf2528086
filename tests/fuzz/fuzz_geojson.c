/* A GeoJSON polygon of any shape becomes a fence, or is refused with a sentence. */
#include "geo/fence.h"
#include "server/base/arena.h"
#include "server/http/json.h"
#include "server/resources/geojson.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)64 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A fence that was made must answer, wherever one asks. */
static void try_fence(const struct geo_polygon *polygon)
{
    struct geo_fence *fence;
    double distance_m;
    int error = geo_fence_new_polygons(polygon, 1, &fence);
    if (error)
        return;
    if (geo_fence_distance_m(fence, polygon->rings[0].points[0], &distance_m) < 0 ||
        !(distance_m > -1 && distance_m < 1))
        abort();
    geo_fence_free(fence);
}

/* Input: one byte for the datum, the JSON. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct problem problem = {.is_set = false};
    struct geo_polygon polygon;
    const json_t *value;
    if (!arena)
        abort();
    if (size && !json_parse((const char *)data + 1, size - 1, "", arena, &problem, &value)) {
        int error = geojson_polygon(arena, value, &polygon);
        if (error)
            assert(strlen(geojson_describe(error)) > 10);
        else if (geojson_to_wgs84((enum geo_datum)(data[0] % 3), &polygon) == 0) {
            json_t *again = geojson_of(&polygon);
            assert(again);
            json_decref(again);
            try_fence(&polygon);
        }
    }
    arena_free(arena);
    return 0;
}
