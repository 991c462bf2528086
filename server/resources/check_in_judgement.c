#include "server/resources/check_in_judgement.h"

#include "evidence/clock.h"
#include "evidence/scan.h"
#include "server/resources/findings.h"
#include "server/resources/json_fields.h"
#include "server/resources/site_fence.h"

#include <string.h>

static struct evidence_fix_history history_of(const struct check_in_context *context)
{
    return (struct evidence_fix_history){
        .has_previous = context->previous.is_known,
        .previous = {context->previous.latitude_deg, context->previous.longitude_deg},
        .previous_accuracy_m = context->previous.accuracy_m,
        .previous_captured_at_ms = context->previous.captured_at_ms,
        .has_next = context->next.is_known,
        .next = {context->next.latitude_deg, context->next.longitude_deg},
        .next_accuracy_m = context->next.accuracy_m,
        .next_captured_at_ms = context->next.captured_at_ms,
        .same_coordinates_count = (size_t)context->same_coordinates_count,
    };
}

static void judge_clock(struct request *request, const struct check_in_body *body,
                        const struct evidence_policy *policy, struct evidence_findings *findings)
{
    struct evidence_clock clock = {
        .captured_at_ms = body->key.captured_at_ms,
        .has_sent_at = true,
        .sent_at_ms = body->sent_at_ms,
        .received_at_ms = request->received_at_ms,
    };
    evidence_clock_judge(&clock, policy, findings);
}

const char *check_in_geofence(const struct evidence_findings *findings)
{
    if (evidence_findings_find(findings, EVIDENCE_GEOFENCE_INSIDE))
        return "inside";
    if (evidence_findings_find(findings, EVIDENCE_GEOFENCE_OUTSIDE))
        return "outside";
    return evidence_findings_find(findings, EVIDENCE_GEOFENCE_UNCERTAIN) ? "uncertain" : NULL;
}

static void measure(const struct check_in_body *body, const struct geo_fence *fence,
                    struct check_in_verdict *ret)
{
    struct geo_point point = {body->key.latitude_deg, body->key.longitude_deg};
    ret->has_fence_distance = ret->geofence && body->key.has_position &&
                              geo_fence_distance_m(fence, point, &ret->fence_distance_m) == 0;
}

int check_in_judge(struct request *request, const struct check_in_body *body,
                   const struct check_in_context *context, struct check_in_verdict *ret)
{
    struct evidence_policy policy;
    const struct geo_fence *fence;
    struct evidence_findings *findings = findings_list(request->arena);
    struct evidence_fix_history history = history_of(context);
    struct evidence_fix fix = body->fix;
    const char *device_id = json_field_text(json_field(body->json, "device"), "id");
    if (!findings || site_fence(request, context, &fence) < 0)
        return -1;
    findings_policy(context->policy, &policy);
    struct evidence_site site = {fence, context->site_entry_accuracy_m};
    fix.listed_receiver = findings_lists_receiver(context->policy, device_id);
    if (evidence_fix_judge(body->has_fix ? &fix : NULL, &site, &history, &policy, findings) < 0)
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "The distance to the fence could not be measured.");
    judge_clock(request, body, &policy, findings);
    struct check_in_verdict verdict = {.geofence = check_in_geofence(findings)};
    measure(body, fence, &verdict);
    if (findings_judgement(request->arena, findings, &policy, &verdict.judgement) < 0)
        return -1;
    *ret = verdict;
    return 0;
}

/* The asset that a value names: one at this site, if several share the value. */
static const struct scan_asset *find_asset(const struct scan_asset *assets, size_t count,
                                           const char *value, const struct uuid *site_id,
                                           bool *ret_at_site)
{
    const struct scan_asset *elsewhere = NULL;
    char site[UUID_TEXT_BYTES];
    uuid_format(site_id, site);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(assets[i].value, value) != 0)
            continue;
        *ret_at_site = strcmp(assets[i].site_id, site) == 0;
        if (*ret_at_site)
            return &assets[i];
        if (!elsewhere)
            elsewhere = &assets[i];
    }
    *ret_at_site = false;
    return elsewhere;
}

int check_in_judge_scan(struct request *request, const struct check_in_body *body,
                        const struct check_in_context *context, const struct scan_asset *assets,
                        size_t asset_count, struct scan_row *row)
{
    struct evidence_policy policy;
    bool at_site;
    struct evidence_findings *findings = findings_list(request->arena);
    if (!findings)
        return -1;
    const struct scan_asset *asset =
        find_asset(assets, asset_count, row->value, &body->key.site_id, &at_site);
    struct evidence_scan scan = {
        .symbology = row->symbology,
        .value = row->value,
        .match = !asset    ? EVIDENCE_ASSET_UNKNOWN
                 : at_site ? EVIDENCE_ASSET_AT_SITE
                           : EVIDENCE_ASSET_AT_OTHER_SITE,
        .asset = asset ? asset->name : NULL,
        .asset_site = asset && !at_site ? asset->site_name : NULL,
    };
    row->asset_id = asset ? asset->id : NULL;
    findings_policy(context->policy, &policy);
    evidence_scan_judge(&scan, findings);
    return findings_judgement(request->arena, findings, &policy, &row->judgement);
}
