#include "server/resources/check_in_answer.h"

#include "server/base/clock.h"
#include "server/base/macros.h"
#include "server/resources/actors.h"
#include "server/resources/json_fields.h"

static json_t *time_json(int64_t time_ms)
{
    char text[CLOCK_TEXT_BYTES];
    clock_format_rfc3339(time_ms, text);
    return json_string(text);
}

static json_t *uuid_json(const struct uuid *id)
{
    char text[UUID_TEXT_BYTES];
    uuid_format(id, text);
    return json_string(text);
}

static json_t *reference_json(const struct uuid *id, const char *name)
{
    return json_pack("{s:o, s:s}", "id", uuid_json(id), "name", name);
}

/* The members `names` as they were sent; what was not sent is null. */
static json_t *members_json(const json_t *sent, const char *const *names, size_t count)
{
    json_t *made = json_object();
    for (size_t i = 0; i < count; i++) {
        json_t *value = json_object_get(sent, names[i]);
        json_object_set_new(made, names[i], value ? json_incref(value) : json_null());
    }
    return made;
}

static json_t *device_json(const json_t *device)
{
    static const char *const names[] = {"id", "model", "platform", "app_version"};
    return members_json(device, names, ARRAY_LENGTH(names));
}

static json_t *fix_json(const json_t *fix)
{
    static const char *const names[] = {"latitude",   "longitude",  "datum",
                                        "accuracy_m", "altitude_m", "speed_mps",
                                        "provider",   "mocked",     "fix_at"};
    int64_t fix_at_ms;
    if (!fix)
        return json_null();
    json_t *made = members_json(fix, names, ARRAY_LENGTH(names));
    if (json_field_time_ms(fix, "fix_at", &fix_at_ms))
        json_object_set_new(made, "fix_at", time_json(fix_at_ms));
    return made;
}

static json_t *position_json(const struct check_in_key *key)
{
    if (!key->has_position)
        return json_null();
    return json_pack("{s:f, s:f}", "latitude", key->latitude_deg, "longitude", key->longitude_deg);
}

/* Each with its sentence in the reader's language, of the two that are stored. */
static json_t *findings_json(const char *stored, const char *language)
{
    json_t *findings = json_loads(stored, 0, NULL);
    size_t i;
    json_t *finding;
    json_array_foreach(findings, i, finding)
    {
        json_t *sentence = json_object_get(json_object_get(finding, "sentence"), language);
        json_object_set(finding, "sentence", sentence);
    }
    return findings;
}

static json_t *work_orders_json(const json_t *sent)
{
    return sent ? json_deep_copy(sent) : json_array();
}

const char *check_in_answer(struct request *request, const struct check_in_body *body,
                            const struct check_in_context *context,
                            const struct check_in_verdict *verdict)
{
    const struct check_in_key *key = &body->key;
    json_t *answer = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:s?, s:o, s:o, s:s?, s:s, s:o, "
        "s:[], s:[]}",
        "id", uuid_json(&key->id), "visit_id", uuid_json(&key->visit_id), "site",
        reference_json(&key->site_id, context->site_name), "technician",
        reference_json(&key->user_id, request->actor.name), "work_order_ids",
        work_orders_json(json_field(body->json, "work_order_ids")), "kind", body->kind,
        "captured_at", time_json(key->captured_at_ms), "sent_at", time_json(body->sent_at_ms),
        "received_at", time_json(request->received_at_ms), "fix",
        fix_json(json_field(body->json, "fix")), "wgs84", position_json(key), "geofence",
        verdict->geofence, "fence_distance_m",
        verdict->has_fence_distance ? json_real(verdict->fence_distance_m) : json_null(), "device",
        device_json(json_field(body->json, "device")), "note", json_field_text(body->json, "note"),
        "verdict", verdict->judgement.verdict, "findings",
        findings_json(verdict->judgement.findings, actor_language(request)), "scans", "photos");
    const char *text = json_text(request->arena, answer);
    json_decref(answer);
    return text;
}
