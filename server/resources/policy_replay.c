#include "server/resources/policy_replay.h"

#include "server/base/clock.h"
#include "server/resources/check_in_judgement.h"
#include "server/resources/findings.h"
#include "server/resources/json_fields.h"
#include "server/resources/photo_facts.h"
#include "server/resources/visit_judgement.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* JSON that lives as long as the request. NULL for NULL, or when it is none. */
static const json_t *load(struct request *request, const char *text)
{
    json_t *json = text ? json_loads(text, 0, NULL) : NULL;
    return json && arena_defer(request->arena, (void (*)(void *))json_decref, json) == 0 ? json
                                                                                         : NULL;
}

int policy_replay_check_in(struct request *request, const struct preview_check_in *check_in,
                           const char *overrides, struct judgement *ret)
{
    struct check_in_body body;
    struct check_in_verdict verdict;
    struct check_in_context context = check_in->context;
    const json_t *json = load(request, check_in->body);
    if (!json || check_in_body_of(json, &body) < 0)
        return -1;
    request->received_at_ms = check_in->received_at_ms;
    context.policy = overrides;
    if (check_in_judge(request, &body, &context, &verdict) < 0)
        return -1;
    *ret = verdict.judgement;
    return 0;
}

static void copy_text(char *ret, size_t size, const json_t *exif, const char *name)
{
    const char *text = json_field_text(exif, name);
    snprintf(ret, size, "%s", text ? text : "");
}

/* The camera's own clock is stored as a time without a zone. */
static void read_time(struct request *request, const json_t *exif, struct media_exif_time *ret)
{
    const char *local = json_field_text(exif, "taken_local");
    double offset_min;
    const char *utc = local ? arena_printf(request->arena, "%sZ", local) : NULL;
    ret->present = utc && clock_parse_rfc3339(utc, &ret->local_ms) == 0;
    ret->has_offset = json_field_number(exif, "offset_minutes", &offset_min);
    ret->offset_min = ret->has_offset ? (int32_t)offset_min : 0;
}

/* What photo_facts_exif_json wrote. */
static void read_exif(struct request *request, const json_t *exif, struct media_exif *ret)
{
    const json_t *position = json_field(exif, "position");
    ret->present = exif != NULL;
    if (!exif)
        return;
    ret->has_position = json_field_number(position, "latitude", &ret->lat_deg) &&
                        json_field_number(position, "longitude", &ret->lon_deg);
    read_time(request, exif, &ret->original);
    copy_text(ret->make, sizeof ret->make, exif, "make");
    copy_text(ret->model, sizeof ret->model, exif, "model");
    copy_text(ret->software, sizeof ret->software, exif, "software");
}

/* The finding of that code, as it was stored. */
static const json_t *find(const json_t *findings, enum evidence_code code)
{
    size_t i;
    const json_t *finding;
    json_array_foreach(findings, i, finding)
    {
        const char *name = json_field_text(finding, "code");
        if (name && strcmp(name, evidence_codes[code].name) == 0)
            return json_field(finding, "numbers");
    }
    return NULL;
}

/* A photo that was stored before its looks were kept tells them only where they were found wanting;
 * else they were good enough, and nothing more is known. */
static void read_looks(const struct preview_photo *photo, const json_t *findings,
                       struct media_photo *facts)
{
    facts->mean_luminance = photo->mean_luminance;
    facts->sharpness = photo->sharpness;
    if (photo->has_looks)
        return;
    facts->mean_luminance = NAN;
    if (json_field_number(find(findings, EVIDENCE_PHOTO_TOO_DARK), "mean_luminance",
                          &facts->mean_luminance))
        facts->sharpness = 0;
    else if (json_field_number(find(findings, EVIDENCE_PHOTO_BLURRED), "sharpness",
                               &facts->sharpness))
        facts->mean_luminance = 255;
}

static struct photo_twin twin_of(const json_t *findings)
{
    const json_t *reused = find(findings, EVIDENCE_PHOTO_REUSED);
    const json_t *numbers = reused ? reused : find(findings, EVIDENCE_PHOTO_SENT_TWICE);
    double captured_at_ms = 0;
    if (!json_field_number(numbers, "earlier_at_ms", &captured_at_ms))
        captured_at_ms = 0;
    return (struct photo_twin){.id = json_field_text(numbers, "earlier_photo_id"),
                               .visit = json_field_text(numbers, "earlier_visit"),
                               .same_visit = !reused,
                               .captured_at_ms = (int64_t)captured_at_ms};
}

int policy_replay_photo(struct request *request, const struct preview_photo *photo,
                        const char *overrides, struct judgement *ret)
{
    const json_t *findings = load(request, photo->findings);
    struct photo_context context = photo->context;
    struct photo_twin twin = twin_of(findings);
    struct photo_key key = {.org_id = request->actor.org_id};
    bool is_turned = photo->orientation >= 5;
    struct media_photo *facts = arena_alloc(request->arena, sizeof *facts);
    if (!facts || uuid_parse(photo->id, &key.id) < 0)
        return -1;
    facts->width_px = is_turned ? photo->height_px : photo->width_px;
    facts->height_px = is_turned ? photo->width_px : photo->height_px;
    facts->file_type = photo->is_video ? MEDIA_TYPE_MP4 : MEDIA_TYPE_JPEG;
    read_exif(request, load(request, photo->exif), &facts->exif);
    read_looks(photo, findings, facts);
    context.policy = overrides;
    context.usual_camera =
        json_field_text(find(findings, EVIDENCE_PHOTO_OTHER_CAMERA), "usual_camera");
    return photo_facts_judge(request, &key, &context, &twin, facts, ret);
}

int policy_replay_scan(struct request *request, const struct preview_scan *scan,
                       const char *overrides, struct judgement *ret)
{
    const json_t *findings = load(request, scan->findings);
    size_t count = json_array_size(findings);
    const char **codes = arena_alloc(request->arena, sizeof *codes * (count + 1));
    struct evidence_policy policy;
    if (!codes)
        return -1;
    for (size_t i = 0; i < count; i++)
        codes[i] = json_field_text(json_array_get(findings, i), "code");
    findings_policy(overrides, &policy);
    *ret = (struct judgement){evidence_verdict_name(findings_verdict(findings, &policy)),
                              scan->findings, codes, count};
    return 0;
}

int policy_replay_visit(struct request *request, const struct preview_visit *visit,
                        enum evidence_verdict worst, const char *overrides, struct judgement *ret)
{
    struct visit_facts facts = visit->facts;
    facts.policy = overrides;
    facts.worst = (int)worst;
    return visit_judgement_of(request->arena, &facts, ret);
}
