#include "server/resources/places.h"

#include "evidence/fix.h"
#include "server/resources/check_in_judgement.h"
#include "server/resources/findings.h"
#include "server/resources/json_fields.h"
#include "server/resources/site_fence.h"
#include "server/resources/site_geometry.h"
#include "server/store/master_data.h"
#include "server/store/organisation.h"
#include "server/store/place.h"

#include <string.h>

#define CHECK_INS_DEFAULT 200

/** How many check-ins a fence calls what. */
struct fence_count {
    int inside, outside, uncertain;
};

struct preview {
    struct evidence_site site;
    struct evidence_policy policy;
    struct evidence_findings *findings;
    struct fence_count recorded, proposed;
    int without_fix;
    json_t *check_ins;
};

static void release(void *json)
{
    json_decref(json);
}

static json_t *keep(struct request *request, json_t *json)
{
    return json && arena_defer(request->arena, release, json) == 0 ? json : NULL;
}

/* The fence that the body describes: what a site of it would have. */
static int read_fence(struct request *request, const struct geo_fence **ret)
{
    json_t *row = keep(request, json_copy((json_t *)request->body.json));
    struct check_in_context site = {0};
    if (!row)
        return -1;
    json_object_del(row, "last");
    if (site_geometry_complete(request, NULL, row) < 0)
        return -1;
    const json_t *polygon = json_field(row, "polygon");
    site.site_latitude_deg = json_number_value(json_object_get(row, "latitude_deg"));
    site.site_longitude_deg = json_number_value(json_object_get(row, "longitude_deg"));
    site.site_radius_m = json_number_value(json_object_get(row, "radius_m"));
    site.site_polygon = json_text(request->arena, polygon);
    return polygon && !site.site_polygon ? -1 : site_fence(request, &site, ret);
}

static int check_site(struct request *request, struct master_key *ret_key)
{
    struct master_entity site;
    ret_key->org_id = request->actor.org_id;
    if (request_uuid(request, "site_id", &ret_key->id) < 0 ||
        master_data_get(request->db, request->arena, &master_sites, ret_key, &site) < 0)
        return -1;
    return site.json ? 0
                     : problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                                   "There is no such site.");
}

static int read_policy(struct request *request, struct evidence_policy *ret)
{
    const char *overrides;
    int64_t version;
    if (organisation_policy(request->db, request->arena, &request->actor.org_id, false, &overrides,
                            &version) < 0)
        return -1;
    findings_policy(overrides, ret);
    return 0;
}

static void count(struct fence_count *counts, const char *geofence)
{
    counts->inside += strcmp(geofence, "inside") == 0;
    counts->outside += strcmp(geofence, "outside") == 0;
    counts->uncertain += strcmp(geofence, "uncertain") == 0;
}

/* By the very rules that judge a check-in when it comes; NULL: they find no usable position. */
static int judge(struct preview *preview, const struct place *place, const char **ret_geofence,
                 double *ret_distance_m)
{
    const struct evidence_fix fix = {
        .position = {place->latitude_deg, place->longitude_deg},
        .datum = GEO_WGS84,
        .has_accuracy = place->has_accuracy,
        .accuracy_m = place->accuracy_m,
    };
    evidence_findings_clear(preview->findings);
    if (evidence_fix_judge(place->has_position ? &fix : NULL, &preview->site, NULL,
                           &preview->policy, preview->findings) < 0)
        return -1;
    *ret_geofence = check_in_geofence(preview->findings);
    return *ret_geofence ? geo_fence_distance_m(preview->site.fence, fix.position, ret_distance_m)
                         : 0;
}

static int take(struct preview *preview, const struct place *place)
{
    json_t *check_in = json_loads(place->json, 0, NULL);
    const char *recorded = json_field_text(check_in, "geofence");
    const char *proposed = NULL;
    double distance_m = 0;
    if (!check_in || judge(preview, place, &proposed, &distance_m) < 0) {
        json_decref(check_in);
        return -1;
    }
    if (recorded)
        count(&preview->recorded, recorded);
    if (proposed)
        count(&preview->proposed, proposed);
    preview->without_fix += !proposed;
    json_t *item = json_pack("{s:o, s:s?, s:o}", "check_in", check_in, "geofence", proposed,
                             "fence_distance_m", proposed ? json_real(distance_m) : json_null());
    return json_array_append_new(preview->check_ins, item);
}

static json_t *count_json(const struct fence_count *counts)
{
    return json_pack("{s:i, s:i, s:i}", "inside", counts->inside, "outside", counts->outside,
                     "uncertain", counts->uncertain);
}

static int answer(struct request *request, const struct preview *preview, struct response *response)
{
    json_t *json =
        keep(request, json_pack("{s:i, s:o, s:o, s:O}", "without_fix", preview->without_fix,
                                "recorded", count_json(&preview->recorded), "proposed",
                                count_json(&preview->proposed), "check_ins", preview->check_ins));
    const char *text = json ? json_text(request->arena, json) : NULL;
    if (!text)
        return -1;
    response_json(response, 200, text);
    return 0;
}

int site_fence_preview(struct request *request, struct response *response)
{
    struct master_key key;
    struct place_list places;
    struct preview preview = {.findings = findings_list(request->arena),
                              .check_ins = keep(request, json_array())};
    double last = CHECK_INS_DEFAULT;
    (void)json_field_number(request->body.json, "last", &last);
    if (!preview.findings || !preview.check_ins || check_site(request, &key) < 0 ||
        read_fence(request, &preview.site.fence) < 0 || read_policy(request, &preview.policy) < 0 ||
        site_fixes(request->db, request->arena, &key.org_id, &key.id, (int)last, &places) < 0)
        return -1;
    for (int i = 0; i < places.count; i++)
        if (take(&preview, &places.items[i]) < 0)
            return -1;
    return answer(request, &preview, response);
}
