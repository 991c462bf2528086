#include "server/resources/photo_facts.h"

#include "evidence/photo.h"
#include "server/app.h"
#include "server/base/clock.h"
#include "server/resources/findings.h"
#include "server/resources/json_fields.h"

#include <math.h>
#include <string.h>

static json_t *text_or_null(const char *text)
{
    return text && text[0] != '\0' ? json_string(text) : json_null();
}

static json_t *number_or_null(bool present, double value)
{
    return present ? json_real(value) : json_null();
}

static json_t *time_or_null(bool present, int64_t time_ms)
{
    char text[CLOCK_TEXT_BYTES];
    clock_format_rfc3339(time_ms, text);
    return present ? json_string(text) : json_null();
}

static json_t *position_json(const struct media_exif *exif)
{
    return exif->has_position
               ? json_pack("{s:f, s:f}", "latitude", exif->lat_deg, "longitude", exif->lon_deg)
               : json_null();
}

/* "samsung SM-G935L"; many makers repeat their name in the model ("HTC", "HTC Desire"). */
static const char *camera(struct arena *arena, const struct media_exif *exif)
{
    size_t make = strlen(exif->make);
    if (make == 0 || strncmp(exif->model, exif->make, make) == 0)
        return exif->model[0] ? arena_strdup(arena, exif->model) : NULL;
    if (exif->model[0] == '\0')
        return arena_strdup(arena, exif->make);
    return arena_printf(arena, "%s %s", exif->make, exif->model);
}

/* The camera's own clock: a time without a zone, so without the Z. */
static json_t *local_time_or_null(const struct media_exif_time *time)
{
    char text[CLOCK_TEXT_BYTES];
    clock_format_rfc3339(time->local_ms, text);
    text[strlen(text) - 1] = '\0';
    return time->present ? json_string(text) : json_null();
}

const char *photo_facts_exif_json(struct arena *arena, const struct media_exif *exif)
{
    if (!exif->present)
        return NULL;
    const struct media_exif_time *taken = &exif->original;
    json_t *json = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:i}", "taken_local",
        local_time_or_null(taken), "offset_minutes",
        taken->present && taken->has_offset ? json_integer(taken->offset_min) : json_null(),
        "position", position_json(exif), "altitude_m",
        number_or_null(exif->has_altitude, exif->altitude_m), "accuracy_m",
        number_or_null(exif->has_accuracy, exif->accuracy_m), "gps_at",
        time_or_null(exif->has_gps_time, exif->gps_time_ms), "make", text_or_null(exif->make),
        "model", text_or_null(exif->model), "software", text_or_null(exif->software), "camera",
        text_or_null(camera(arena, exif)), "orientation", (int)exif->orientation);
    const char *text = json_text(arena, json);
    json_decref(json);
    return text;
}

static struct evidence_photo rule_facts(struct arena *arena, const char *photo_id,
                                        const struct photo_context *context,
                                        const struct media_photo *facts)
{
    const struct media_exif *exif = &facts->exif;
    return (struct evidence_photo){
        .photo_id = photo_id,
        .is_video = facts->file_type == MEDIA_TYPE_MP4,
        .has_exif_time = exif->present && exif->original.present,
        .exif_wall_ms = exif->original.local_ms,
        .has_exif_offset = exif->original.has_offset,
        .exif_offset_min = exif->original.offset_min,
        .site_utc_offset_min = context->utc_offset_min,
        .visit_since_ms = context->visit_since_ms,
        .captured_at_ms = context->captured_at_ms,
        .has_exif_position = exif->present && exif->has_position,
        .exif_position = {exif->lat_deg, exif->lon_deg},
        .has_fix = context->has_fix,
        .fix = {context->fix_latitude_deg, context->fix_longitude_deg},
        .fix_accuracy_m = context->fix_accuracy_m,
        .software = exif->software[0] ? exif->software : NULL,
        .camera = exif->present ? camera(arena, exif) : NULL,
        .usual_camera = context->usual_camera,
        .width_px = facts->width_px,
        .height_px = facts->height_px,
        /* One picture of a video may well be dark. */
        .has_looks = facts->file_type != MEDIA_TYPE_MP4 && isfinite(facts->mean_luminance),
        .mean_luminance = facts->mean_luminance,
        .sharpness = facts->sharpness,
    };
}

int photo_facts_judge(struct request *request, const struct photo_key *key,
                      const struct photo_context *context, const struct photo_twin *twin,
                      const struct media_photo *facts, struct judgement *ret)
{
    struct evidence_policy policy;
    struct evidence_findings *findings = findings_list(request->arena);
    char photo_id[UUID_TEXT_BYTES];
    if (!findings)
        return -1;
    uuid_format(&key->id, photo_id);
    struct evidence_photo rule = rule_facts(request->arena, photo_id, context, facts);
    struct evidence_photo_twin rule_twin = {twin->id, twin->visit, twin->same_visit,
                                            twin->captured_at_ms};
    if (twin->id)
        rule.twin = &rule_twin;
    findings_policy(context->policy, &policy);
    evidence_photo_judge(&rule, &policy, findings);
    return findings_judgement(request->arena, findings, &policy, ret);
}
