/* Judges the fixes of fix_judgements.json, which the phone app's own rules are tested with, too. */
#include "checks.h"

#include "evidence/fix.h"
#include "evidence/policy.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#define CAPTURED_AT INT64_C(1795262400000) /* 2026-11-21T12:00:00Z */
#define TOLERANCE   0.01
#define RINGS_MAX   4
#define POINTS_MAX  16

static struct bench bench;
static json_t *document;

static int load(void **state)
{
    json_error_t error;

    (void)state;
    document = json_load_file(FIX_JUDGEMENTS, JSON_REJECT_DUPLICATES, &error);
    if (!document)
        fail_msg("%s:%d: %s", FIX_JUDGEMENTS, error.line, error.text);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    json_decref(document);
    return 0;
}

static struct geo_point point_of(const json_t *pair)
{
    return (struct geo_point){json_number_value(json_array_get(pair, 0)),
                              json_number_value(json_array_get(pair, 1))};
}

static struct geo_fence *polygon_of(const json_t *rings)
{
    struct geo_point points[RINGS_MAX][POINTS_MAX];
    struct geo_ring list[RINGS_MAX];
    struct geo_polygon polygon = {list, json_array_size(rings)};
    struct geo_fence *fence = NULL;

    assert_in_range(polygon.ring_count, 1, RINGS_MAX);
    for (size_t i = 0; i < polygon.ring_count; i++) {
        const json_t *ring = json_array_get(rings, i);

        list[i] = (struct geo_ring){points[i], json_array_size(ring)};
        assert_in_range(list[i].point_count, 3, POINTS_MAX);
        for (size_t j = 0; j < list[i].point_count; j++)
            points[i][j] = point_of(json_array_get(ring, j));
    }
    assert_int_equal(geo_fence_new_polygons(&polygon, 1, &fence), 0);
    return fence;
}

/* NULL for a site without a fence. */
static struct geo_fence *fence_of(const char *name)
{
    const json_t *site = json_object_get(json_object_get(document, "sites"), name);
    const json_t *rings = json_object_get(site, "rings");
    struct geo_fence *fence = NULL;

    if (!site)
        fail_msg("there is no site \"%s\"", name);
    if (json_is_null(site))
        return NULL;
    if (json_is_array(rings))
        return polygon_of(rings);
    assert_int_equal(geo_fence_new_circle(point_of(json_object_get(site, "position")),
                                          json_number_value(json_object_get(site, "radius_m")),
                                          &fence),
                     0);
    return fence;
}

static enum evidence_code code_named(const char *name)
{
    for (int code = 0; code < EVIDENCE_CODE_COUNT; code++) {
        if (strcmp(evidence_codes[code].name, name) == 0)
            return (enum evidence_code)code;
    }
    fail_msg("there is no code \"%s\"", name);
    return EVIDENCE_CODE_COUNT;
}

static enum evidence_verdict verdict_named(const char *name)
{
    static const char *const names[] = {
        [EVIDENCE_ACCEPTED] = "accepted",
        [EVIDENCE_NEEDS_REVIEW] = "needs_review",
        [EVIDENCE_REJECTED] = "rejected",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(names[i], name) == 0)
            return (enum evidence_verdict)i;
    }
    fail_msg("there is no verdict \"%s\"", name);
    return EVIDENCE_REJECTED;
}

static void change_policy(json_t *example)
{
    const char *name;
    json_t *value;

    json_object_foreach(json_object_get(example, "thresholds"), name, value)
        assert_int_equal(evidence_policy_set(&bench.policy, evidence_threshold_named(name),
                                             json_number_value(value)),
                         0);
    json_object_foreach(json_object_get(example, "verdicts"), name, value)
        bench.policy.effects[code_named(name)] = verdict_named(json_string_value(value));
}

static struct evidence_fix fix_of(const json_t *fix)
{
    const json_t *accuracy = json_object_get(fix, "accuracy_m");
    double age_s = json_number_value(json_object_get(fix, "age_s"));

    return (struct evidence_fix){.position = point_of(json_object_get(fix, "at")),
                                 .datum = GEO_WGS84,
                                 .has_accuracy = json_is_number(accuracy),
                                 .accuracy_m = json_number_value(accuracy),
                                 .has_fix_time = true,
                                 .fix_time_ms = CAPTURED_AT - (int64_t)(age_s * 1000),
                                 .captured_at_ms = CAPTURED_AT};
}

static void judge(json_t *example)
{
    const json_t *sent = json_object_get(example, "fix");
    struct evidence_fix fix = fix_of(sent);
    struct geo_fence *fence = fence_of(json_string_value(json_object_get(example, "site")));
    struct evidence_site site = {
        .fence = fence,
        .entry_accuracy_m = json_number_value(json_object_get(example, "entry_accuracy_m")),
    };

    bench_clear(&bench);
    change_policy(example);
    assert_int_equal(evidence_fix_judge(json_is_null(sent) ? NULL : &fix, &site, NULL,
                                        &bench.policy, &bench.findings),
                     0);
    geo_fence_free(fence);
}

static void check_wanted(const char *name, const struct evidence_finding *finding, json_t *expected)
{
    const char *key;
    json_t *value;

    if (finding->explained != json_is_true(json_object_get(expected, "explained")))
        fail_msg("%s: explained is %d", name, finding->explained);
    json_object_foreach(expected, key, value)
    {
        const struct evidence_number *number = evidence_finding_get(finding, key);

        if (!json_is_number(value))
            continue;
        if (!number || !(fabs(number->value - json_number_value(value)) <= TOLERANCE))
            fail_msg("%s: %s is %.4f", name, key, number ? number->value : NAN);
    }
}

static void test_fix_judgements__are_the_rules(void **state)
{
    const json_t *examples = json_object_get(document, "cases");

    (void)state;
    assert_true(json_array_size(examples) > 0);
    for (size_t i = 0; i < json_array_size(examples); i++) {
        json_t *example = json_array_get(examples, i);
        const char *name = json_string_value(json_object_get(example, "name"));
        const json_t *expected = json_object_get(example, "findings");
        const char *verdict = json_string_value(json_object_get(example, "verdict"));

        judge(example);
        if (bench.findings.count != json_array_size(expected))
            fail_msg("%s: %zu findings", name, bench.findings.count);
        for (size_t j = 0; j < bench.findings.count; j++) {
            const struct evidence_finding *finding = &bench.findings.items[j];
            json_t *wanted = json_array_get(expected, j);
            const char *code = json_string_value(json_object_get(wanted, "code"));

            if (finding->code != code_named(code))
                fail_msg("%s: %s, not %s", name, evidence_codes[finding->code].name, code);
            check_wanted(name, finding, wanted);
        }
        if (evidence_verdict_of(&bench.findings, &bench.policy) != verdict_named(verdict))
            fail_msg("%s: the verdict is not %s", name, verdict);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fix_judgements__are_the_rules),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
