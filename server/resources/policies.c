#include "server/resources/policies.h"

#include "server/resources/customer_page.h"
#include "server/resources/entity.h"
#include "server/resources/findings.h"
#include "server/resources/json_fields.h"
#include "server/resources/planning.h"
#include "server/store/organisation.h"

#include <string.h>

/*
 * Stored are the organisation's own settings only: {"thresholds": {…}, "verdicts": {…},
 * "receiver_device_ids": […], "review_reasons": […], "assessment_criteria": […], "customer_page":
 * {…}, "planning": {…}}. The rest follows the defaults, also when a later version changes them.
 */

static json_t *thresholds_json(const struct evidence_policy *policy)
{
    json_t *thresholds = json_object();
    for (size_t i = 0; i < EVIDENCE_THRESHOLD_COUNT; i++)
        json_object_set_new(thresholds, evidence_thresholds[i].name,
                            json_real(evidence_policy_get(policy, &evidence_thresholds[i])));
    return thresholds;
}

static json_t *verdicts_json(const struct evidence_policy *policy)
{
    json_t *verdicts = json_object();
    for (size_t i = 0; i < EVIDENCE_CODE_COUNT; i++)
        json_object_set_new(verdicts, evidence_codes[i].name,
                            json_string(evidence_verdict_name(policy->effects[i])));
    return verdicts;
}

static json_t *customer_page_json(const json_t *stored)
{
    json_t *photos = json_object_get(stored, "photos");
    json_t *link_days = json_object_get(stored, "link_days");
    return json_pack("{s:o, s:o}", "photos",
                     photos ? json_incref(photos) : json_string(CUSTOMER_PAGE_PHOTOS), "link_days",
                     link_days ? json_incref(link_days) : json_integer(CUSTOMER_PAGE_LINK_DAYS));
}

static json_t *planning_json(const json_t *stored)
{
    json_t *planning = json_pack(
        "{s:i, s:i, s:i, s:f, s:f}", "day_start_minutes", PLANNING_DAY_START_MINUTES,
        "capacity_minutes", PLANNING_CAPACITY_MINUTES, "visit_minutes", PLANNING_VISIT_MINUTES,
        "detour_factor", PLANNING_DETOUR_FACTOR, "travel_speed_kmh", PLANNING_TRAVEL_SPEED_KMH);
    json_object_update_existing(planning, (json_t *)stored);
    return planning;
}

static json_t *list_json(const json_t *stored, const char *name)
{
    json_t *list = json_object_get(stored, name);
    return list ? json_incref(list) : json_array();
}

const char *policy_json(struct request *request, const char *overrides, int64_t version)
{
    struct evidence_policy policy;
    findings_policy(overrides, &policy);
    json_t *stored = json_loads(overrides, 0, NULL);
    json_t *page = customer_page_json(json_object_get(stored, "customer_page"));
    json_t *json =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I}", "customer_page", page, "planning",
                  planning_json(json_object_get(stored, "planning")), "thresholds",
                  thresholds_json(&policy), "verdicts", verdicts_json(&policy),
                  "receiver_device_ids", list_json(stored, "receiver_device_ids"), "review_reasons",
                  list_json(stored, "review_reasons"), "assessment_criteria",
                  list_json(stored, "assessment_criteria"), "version", (json_int_t)version);
    const char *text = json_text(request->arena, json);
    json_decref(json);
    json_decref(stored);
    return text;
}

static int answer(struct request *request, const char *overrides, int64_t version,
                  struct response *response)
{
    const char *text = policy_json(request, overrides, version);
    return text ? entity_answer(request, text, version, response) : -1;
}

static int check_threshold(struct request *request, const char *name, const json_t *value)
{
    const struct evidence_threshold *threshold = evidence_threshold_named(name);
    struct evidence_policy policy;
    evidence_policy_default(&policy);
    if (threshold && evidence_policy_set(&policy, threshold, json_number_value(value)) == 0)
        return 0;
    const char *pointer = arena_printf(request->arena, "/thresholds/%s", name);
    if (!pointer)
        return -1;
    if (!threshold)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, pointer,
                           "unknown", "There is no such threshold.");
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, pointer, "range",
                       "%s is from %g to %g.", name, threshold->min, threshold->max);
}

/* Puts the members of a change over the stored ones; null takes one back to its default. */
static int merge(struct request *request, json_t *stored, const char *group,
                 int (*check)(struct request *, const char *, const json_t *))
{
    json_t *changes = json_object_get(request->body.json, group);
    json_t *kept = json_object_get(stored, group);
    const char *name;
    json_t *value;
    int result = 0;
    if (!changes)
        return 0;
    if (!kept) {
        json_object_set_new(stored, group, json_object());
        kept = json_object_get(stored, group);
    }
    json_object_foreach(changes, name, value)
    {
        if (json_is_null(value))
            json_object_del(kept, name);
        else if (check && check(request, name, value) < 0)
            result = -1;
        else
            json_object_set(kept, name, value);
    }
    return result;
}

/* A list is changed as a whole. */
static void replace_list(struct request *request, json_t *stored, const char *name)
{
    json_t *list = json_object_get(request->body.json, name);
    if (list)
        json_object_set(stored, name, list);
}

/* A score names its criterion by the id. */
static int check_criteria(struct request *request)
{
    const json_t *criteria = json_object_get(request->body.json, "assessment_criteria");
    for (size_t i = 0; i < json_array_size(criteria); i++)
        for (size_t earlier = 0; earlier < i; earlier++) {
            const char *id = json_field_text(json_array_get(criteria, i), "id");
            const char *pointer = arena_printf(request->arena, "/assessment_criteria/%zu/id", i);
            if (!pointer)
                return -1;
            if (strcmp(id, json_field_text(json_array_get(criteria, earlier), "id")) == 0)
                return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                                   pointer, "unique", "Another criterion has this id.");
        }
    return 0;
}

int policy_apply(struct request *request, const char *overrides, const char **ret_text)
{
    json_t *stored = json_loads(overrides, 0, NULL);
    int result = stored ? 0 : -1;
    if (result == 0 && merge(request, stored, "thresholds", check_threshold) < 0)
        result = -1;
    if (result == 0 && merge(request, stored, "verdicts", NULL) < 0)
        result = -1;
    if (result == 0 && merge(request, stored, "customer_page", NULL) < 0)
        result = -1;
    if (result == 0 && merge(request, stored, "planning", NULL) < 0)
        result = -1;
    if (result == 0 && check_criteria(request) < 0)
        result = -1;
    if (result == 0) {
        replace_list(request, stored, "receiver_device_ids");
        replace_list(request, stored, "review_reasons");
        replace_list(request, stored, "assessment_criteria");
    }
    const char *text = result == 0 ? json_text(request->arena, stored) : NULL;
    json_decref(stored);
    if (!text)
        return -1;
    *ret_text = text;
    return 0;
}

int policy_show(struct request *request, struct response *response)
{
    const char *overrides;
    int64_t version;
    if (organisation_policy(request->db, request->arena, &request->actor.org_id, false, &overrides,
                            &version) < 0)
        return -1;
    return answer(request, overrides, version, response);
}

int policy_change(struct request *request, struct response *response)
{
    const struct uuid *org_id = &request->actor.org_id;
    const char *overrides, *text;
    int64_t version;
    if (organisation_policy(request->db, request->arena, org_id, true, &overrides, &version) < 0 ||
        entity_check_match(request, version) < 0 || policy_apply(request, overrides, &text) < 0 ||
        organisation_policy_update(request->db, request->arena, org_id, text, &version) < 0)
        return -1;
    return answer(request, text, version, response);
}
