#include "server/resources/findings.h"

#include "evidence/sentence.h"
#include "server/resources/json_fields.h"

#include <string.h>

static void set_thresholds(const json_t *thresholds, struct evidence_policy *policy)
{
    for (size_t i = 0; i < EVIDENCE_THRESHOLD_COUNT; i++) {
        double value;
        if (json_field_number(thresholds, evidence_thresholds[i].name, &value) &&
            evidence_policy_set(policy, &evidence_thresholds[i], value) < 0)
            continue; /* stored before its range was narrowed: the default stands */
    }
}

static void set_effects(const json_t *verdicts, struct evidence_policy *policy)
{
    for (size_t i = 0; i < EVIDENCE_CODE_COUNT; i++) {
        const char *name = json_field_text(verdicts, evidence_codes[i].name);
        enum evidence_verdict verdict;
        if (name && evidence_verdict_named(name, &verdict) == 0)
            policy->effects[i] = verdict;
    }
}

void findings_policy(const char *overrides, struct evidence_policy *ret_policy)
{
    evidence_policy_default(ret_policy);
    json_t *json = overrides ? json_loads(overrides, 0, NULL) : NULL;
    if (!json)
        return;
    set_thresholds(json_object_get(json, "thresholds"), ret_policy);
    set_effects(json_object_get(json, "verdicts"), ret_policy);
    json_decref(json);
}

bool findings_lists_receiver(const char *overrides, const char *device_id)
{
    bool listed = false;
    size_t i;
    const json_t *receiver;
    if (!overrides || !device_id)
        return false;
    json_t *json = json_loads(overrides, 0, NULL);
    json_array_foreach(json_object_get(json, "receiver_device_ids"), i, receiver)
    {
        const char *id = json_string_value(receiver);
        listed = listed || (id && strcmp(id, device_id) == 0);
    }
    json_decref(json);
    return listed;
}

static json_t *number_json(const struct evidence_finding *finding,
                           const struct evidence_number *number)
{
    return number->is_text ? json_string(evidence_finding_text(finding, number))
                           : json_real(number->value);
}

static json_t *numbers_json(const struct evidence_finding *finding)
{
    json_t *numbers = json_object();
    for (size_t i = 0; i < finding->number_count; i++)
        json_object_set_new(numbers, finding->numbers[i].name,
                            number_json(finding, &finding->numbers[i]));
    return numbers;
}

static json_t *sentence_json(struct arena *arena, const struct evidence_finding *finding,
                             enum evidence_language language)
{
    char *text = arena_alloc(arena, EVIDENCE_SENTENCE_MAX);
    if (!text)
        return NULL;
    if (evidence_sentence(finding, language, text, EVIDENCE_SENTENCE_MAX) < 0)
        return json_string(text); /* cut at a character boundary, still a sentence's beginning */
    return json_string(text);
}

static json_t *finding_json(struct arena *arena, const struct evidence_finding *finding)
{
    return json_pack("{s:s, s:s, s:b, s:o, s:{s:o, s:o}}", "code",
                     evidence_codes[finding->code].name, "severity",
                     evidence_severity_name(finding->severity), "explained", finding->explained,
                     "numbers", numbers_json(finding), "sentence", "en",
                     sentence_json(arena, finding, EVIDENCE_ENGLISH), "zh",
                     sentence_json(arena, finding, EVIDENCE_CHINESE));
}

/* Each code once, in alphabetical order: a visit keeps them as they are. Lists are short. */
static void add_code(const char **codes, size_t *count, const char *code)
{
    size_t at = 0;
    while (at < *count && strcmp(codes[at], code) < 0)
        at++;
    if (at < *count && strcmp(codes[at], code) == 0)
        return;
    memmove(&codes[at + 1], &codes[at], (*count - at) * sizeof *codes);
    codes[at] = code;
    (*count)++;
}

int findings_judgement(struct arena *arena, const struct evidence_findings *findings,
                       const struct evidence_policy *policy, struct judgement *ret)
{
    const char **codes = arena_alloc(arena, sizeof *codes * (findings->count + 1));
    size_t code_count = 0;
    json_t *list = json_array();
    for (size_t i = 0; codes && i < findings->count; i++) {
        add_code(codes, &code_count, evidence_codes[findings->items[i].code].name);
        if (json_array_append_new(list, finding_json(arena, &findings->items[i])) < 0)
            codes = NULL;
    }
    const char *text = codes ? json_text(arena, list) : NULL;
    json_decref(list);
    if (!text)
        return -1;
    *ret = (struct judgement){
        .verdict = evidence_verdict_name(evidence_verdict_of(findings, policy)),
        .findings = text,
        .finding_codes = codes,
        .finding_code_count = code_count,
    };
    return 0;
}

enum evidence_verdict findings_effect(const json_t *finding, const struct evidence_policy *policy)
{
    const char *name = json_field_text(finding, "code");
    enum evidence_code code;
    if (json_field_is_true(finding, "explained"))
        return EVIDENCE_ACCEPTED;
    if (!name || evidence_code_of(name, &code) < 0)
        return EVIDENCE_NEEDS_REVIEW; /* of another version */
    return policy->effects[code];
}

enum evidence_verdict findings_verdict(const json_t *findings, const struct evidence_policy *policy)
{
    enum evidence_verdict worst = EVIDENCE_ACCEPTED;
    size_t i;
    const json_t *finding;
    json_array_foreach(findings, i, finding)
    {
        enum evidence_verdict effect = findings_effect(finding, policy);
        worst = effect > worst ? effect : worst;
    }
    return worst;
}

int findings_judgement_of_stored(struct arena *arena, const json_t *findings,
                                 const struct evidence_policy *policy, struct judgement *ret)
{
    const char **codes = arena_alloc(arena, sizeof *codes * (json_array_size(findings) + 1));
    const char *text = json_text(arena, findings);
    size_t i, code_count = 0;
    const json_t *finding;
    if (!codes || !text)
        return -1;
    json_array_foreach(findings, i, finding)
    {
        const char *code = json_field_text(finding, "code");
        if (code)
            add_code(codes, &code_count, code);
    }
    *ret = (struct judgement){.verdict = evidence_verdict_name(findings_verdict(findings, policy)),
                              .findings = text,
                              .finding_codes = codes,
                              .finding_code_count = code_count};
    return 0;
}

struct evidence_findings *findings_list(struct arena *arena)
{
    struct evidence_findings *findings = arena_alloc(arena, sizeof *findings);
    if (findings)
        evidence_findings_clear(findings);
    return findings;
}
