#include "server/resources/policy_reasons.h"

#include "server/resources/actors.h"
#include "server/resources/findings.h"
#include "server/resources/json_fields.h"

#include <string.h>

static const json_t *find(const json_t *findings, const json_t *like)
{
    const char *code = json_field_text(like, "code");
    size_t i;
    const json_t *finding;
    json_array_foreach(findings, i, finding)
    {
        const char *name = json_field_text(finding, "code");
        if (name && code && strcmp(name, code) == 0)
            return finding;
    }
    return NULL;
}

static void add_reason(json_t *reasons, const json_t *finding, const char *change,
                       const char *language)
{
    const char *sentence = json_field_text(json_field(finding, "sentence"), language);
    json_array_append_new(reasons,
                          json_pack("{s:s, s:s, s:s}", "code", json_field_text(finding, "code"),
                                    "change", change, "sentence", sentence ? sentence : ""));
}

json_t *policy_reasons(struct request *request, const struct judgement *judged_before,
                       const char *overrides_before, const struct judgement *judged_after,
                       const char *overrides_after)
{
    struct evidence_policy policy_before, policy_after;
    json_t *reasons = json_array();
    const char *language = actor_language(request);
    json_t *before = json_loads(judged_before->findings, 0, NULL);
    json_t *after = json_loads(judged_after->findings, 0, NULL);
    size_t i;
    const json_t *finding;
    findings_policy(overrides_before, &policy_before);
    findings_policy(overrides_after, &policy_after);
    json_array_foreach(after, i, finding)
    {
        const json_t *other = find(before, finding);
        if (!other)
            add_reason(reasons, finding, "appears", language);
        else if (findings_effect(finding, &policy_after) != findings_effect(other, &policy_before))
            add_reason(reasons, finding, "weighs_otherwise", language);
    }
    json_array_foreach(before, i, finding)
    {
        if (!find(after, finding))
            add_reason(reasons, finding, "disappears", language);
    }
    json_decref(before);
    json_decref(after);
    return reasons;
}
