#include "server/resources/visit_judgement.h"

#include "evidence/visit.h"
#include "server/resources/findings.h"
#include "server/resources/json_fields.h"
#include "server/store/visit.h"

#define CHECKLIST_ITEMS_MAX 1000

static int read_checklist(struct arena *arena, const char *text, struct evidence_visit *visit)
{
    json_t *list = text ? json_loads(text, 0, NULL) : NULL;
    size_t count = json_array_size(list);
    if (count == 0) {
        json_decref(list);
        return 0;
    }
    if (count > CHECKLIST_ITEMS_MAX)
        count = CHECKLIST_ITEMS_MAX;
    struct evidence_checklist_item *items = arena_alloc(arena, sizeof *items * count);
    for (size_t i = 0; items && i < count; i++) {
        const json_t *item = json_array_get(list, i);
        items[i] = (struct evidence_checklist_item){
            .label = arena_strdup(arena, json_field_text(item, "label")),
            .required = json_field_is_true(item, "required"),
            .done = json_field_is_true(item, "done"),
        };
    }
    json_decref(list);
    visit->items = items;
    visit->item_count = items ? count : 0;
    return items ? 0 : -1;
}

static const char *worse(const char *own, int worst)
{
    enum evidence_verdict verdict = EVIDENCE_ACCEPTED;
    if (evidence_verdict_named(own, &verdict) == 0 && (int)verdict >= worst)
        return own;
    return evidence_verdict_name((enum evidence_verdict)worst);
}

int visit_judgement_of(struct arena *arena, const struct visit_facts *facts, struct judgement *ret)
{
    struct evidence_policy policy;
    struct evidence_findings *findings = findings_list(arena);
    struct evidence_visit visit = {
        .has_arrival = facts->has_arrival,
        .arrived_at_ms = facts->arrived_at_ms,
        .has_departure = facts->has_departure,
        .departed_at_ms = facts->departed_at_ms,
        .signed_missing_count = (size_t)facts->signed_missing,
    };
    if (!findings || read_checklist(arena, facts->checklist, &visit) < 0)
        return -1;
    findings_policy(facts->policy, &policy);
    if (facts->minimum_minutes > 0)
        policy.least_time_on_site_s = (double)facts->minimum_minutes * 60;
    evidence_visit_judge(&visit, &policy, findings);
    if (findings_judgement(arena, findings, &policy, ret) < 0)
        return -1;
    ret->verdict = worse(ret->verdict, facts->worst);
    return 0;
}

int visit_judgement_renew(struct request *request, const char *visit_id)
{
    struct visit_facts facts;
    struct judgement judgement;
    const struct uuid *org_id = &request->actor.org_id;
    if (visit_facts(request->db, request->arena, org_id, visit_id, &facts) < 0 ||
        visit_judgement_of(request->arena, &facts, &judgement) < 0)
        return -1;
    return visit_judge(request->db, request->arena, org_id, visit_id, &judgement);
}
