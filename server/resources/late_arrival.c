#include "server/resources/late_arrival.h"

#include "server/resources/findings.h"
#include "server/resources/json_fields.h"
#include "server/store/photo.h"

#include <string.h>

static bool stands(const json_t *finding, int64_t arrived_at_ms)
{
    const char *code = json_field_text(finding, "code");
    const json_t *numbers = json_field(finding, "numbers");
    double taken_at_ms, limit_ms;
    if (!code || strcmp(code, evidence_codes[EVIDENCE_PHOTO_TAKEN_BEFORE].name) != 0)
        return true;
    return !json_field_number(numbers, "taken_at_ms", &taken_at_ms) ||
           !json_field_number(numbers, "limit_ms", &limit_ms) ||
           (double)arrived_at_ms - taken_at_ms > limit_ms;
}

static int judge_again(struct request *request, const struct photo_suspect *suspect,
                       int64_t arrived_at_ms, const struct evidence_policy *policy)
{
    struct judgement judgement;
    json_t *findings = json_loads(suspect->findings, 0, NULL);
    json_t *kept = json_array();
    size_t i;
    json_t *finding;
    int result = 0;
    json_array_foreach(findings, i, finding)
    {
        if (stands(finding, arrived_at_ms))
            json_array_append(kept, finding);
    }
    if (json_array_size(kept) < json_array_size(findings)) {
        result = findings_judgement_of_stored(request->arena, kept, policy, &judgement);
        if (result == 0)
            result = photo_judge(request->db, request->arena, &request->actor.org_id, suspect->id,
                                 &judgement);
    }
    json_decref(kept);
    json_decref(findings);
    return result;
}

int late_arrival_apply(struct request *request, const char *visit_id, int64_t arrived_at_ms,
                       const char *policy_overrides)
{
    struct evidence_policy policy;
    const struct photo_suspect *suspects;
    size_t count;
    if (photo_suspects(request->db, request->arena, &request->actor.org_id, visit_id,
                       evidence_codes[EVIDENCE_PHOTO_TAKEN_BEFORE].name, &suspects, &count) < 0)
        return -1;
    findings_policy(policy_overrides, &policy);
    for (size_t i = 0; i < count; i++)
        if (judge_again(request, &suspects[i], arrived_at_ms, &policy) < 0)
            return -1;
    return 0;
}
