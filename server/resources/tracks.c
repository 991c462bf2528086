#include "server/resources/places.h"

#include "geo/distance.h"
#include "geo/track.h"
#include "server/resources/json_fields.h"
#include "server/store/place.h"

#include <jansson.h>

/* A day of work has a few dozen; who has more than this sees that it is not all. */
#define POINTS_MAX 300

static void release(void *json)
{
    json_decref(json);
}

static struct geo_fix fix_of(const struct place *place)
{
    return (struct geo_fix){
        .point = {place->latitude_deg, place->longitude_deg},
        .accuracy_m = place->has_accuracy ? place->accuracy_m : 0,
        .time_ms = place->captured_at_ms,
    };
}

/* `before`: the point before this one; NULL: it is the first. */
static json_t *point_json(const struct place *place, const struct place *before)
{
    json_t *distance = json_null(), *speed = json_null();
    if (before) {
        struct geo_fix here = fix_of(place), there = fix_of(before);
        distance = json_real(geo_distance_m(there.point, here.point));
        speed = json_real(geo_track_speed_mps(there, here));
    }
    return json_pack("{s:o, s:o, s:o}", "check_in", json_loads(place->json, 0, NULL), "distance_m",
                     distance, "least_speed_mps", speed);
}

static json_t *points_json(const struct place_list *places)
{
    json_t *points = json_array();
    for (int i = 0; i < places->count && i < POINTS_MAX; i++)
        if (json_array_append_new(
                points, point_json(&places->items[i], i > 0 ? &places->items[i - 1] : NULL)) < 0) {
            json_decref(points);
            return NULL;
        }
    return points;
}

static json_t *track_json(const struct visit_day *day, const struct place_list *places)
{
    return json_pack("{s:o, s:s, s:s, s:s, s:b, s:o}", "technician",
                     json_loads(day->technician, 0, NULL), "time_zone", day->time_zone, "from",
                     day->from, "to", day->to, "complete", places->count <= POINTS_MAX, "points",
                     points_json(places));
}

int visit_track_show(struct request *request, struct response *response)
{
    struct uuid id;
    struct visit_day day;
    struct place_list places;
    if (request_uuid(request, "visit_id", &id) < 0 ||
        visit_day(request->db, request->arena, &request->actor.org_id, &id, &day) < 0)
        return -1;
    if (!day.technician)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no such visit.");
    if (visit_day_track(request->db, request->arena, &request->actor.org_id, &day, POINTS_MAX + 1,
                        &places) < 0)
        return -1;
    json_t *json = track_json(&day, &places);
    const char *text = json && arena_defer(request->arena, release, json) == 0
                           ? json_text(request->arena, json)
                           : NULL;
    if (!text)
        return -1;
    response_json(response, 200, text);
    return 0;
}
