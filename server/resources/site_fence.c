#include "server/resources/site_fence.h"

#include "server/resources/geojson.h"

static void discard(void *fence)
{
    geo_fence_free(fence);
}

static int make_polygon(struct request *request, const char *text, struct geo_fence **ret)
{
    struct geo_polygon polygon;
    json_t *json = json_loads(text, 0, NULL);
    int error = geojson_polygon(request->arena, json, &polygon);
    json_decref(json);
    return error < 0 ? error : geo_fence_new_polygons(&polygon, 1, ret);
}

int site_fence(struct request *request, const struct check_in_context *context,
               const struct geo_fence **ret)
{
    struct geo_fence *fence = NULL;
    struct geo_point centre = {context->site_latitude_deg, context->site_longitude_deg};
    int error = context->site_polygon
                    ? make_polygon(request, context->site_polygon, &fence)
                    : geo_fence_new_circle(centre, context->site_radius_m, &fence);
    if (error < 0)
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "The site's stored fence cannot be used: %s", geojson_describe(error));
    if (arena_defer(request->arena, discard, fence) < 0)
        return -1;
    *ret = fence;
    return 0;
}
