#include "server/resources/late_original.h"

#include "evidence/photo.h"
#include "server/resources/findings.h"
#include "server/resources/json_fields.h"
#include "server/resources/visit_judgement.h"

#include <string.h>

static bool is_about_a_twin(enum evidence_code code)
{
    return code == EVIDENCE_PHOTO_REUSED || code == EVIDENCE_PHOTO_SENT_TWICE;
}

/* What is found of a copy, as JSON; the caller's. */
static json_t *find(struct arena *arena, const struct photo_copy *copy,
                    const struct photo_twin *twin, const struct evidence_policy *policy)
{
    struct judgement judgement;
    struct evidence_findings *findings = findings_list(arena);
    const struct evidence_photo_twin earlier = {twin->id, twin->visit, twin->same_visit,
                                                twin->captured_at_ms};
    const struct evidence_photo photo = {.photo_id = copy->id,
                                         .is_video = copy->is_video,
                                         .site_utc_offset_min = copy->utc_offset_min,
                                         .twin = &earlier};
    if (!findings)
        return NULL;
    evidence_photo_judge(&photo, policy, findings);
    return findings_judgement(arena, findings, policy, &judgement) < 0
               ? NULL
               : json_loads(judgement.findings, 0, NULL);
}

/* The old findings with the new one of the twin in its place: findings stand in the codes' order.
 */
static json_t *with_twin(const json_t *old, json_t *found)
{
    json_t *list = json_array();
    size_t i;
    json_t *finding;
    bool is_placed = false;
    json_array_foreach((json_t *)old, i, finding)
    {
        enum evidence_code code;
        const char *name = json_field_text(finding, "code");
        bool is_known = name && evidence_code_of(name, &code) == 0;
        if (is_known && is_about_a_twin(code))
            continue;
        if (is_known && code > EVIDENCE_PHOTO_SENT_TWICE && !is_placed) {
            json_array_extend(list, found);
            is_placed = true;
        }
        json_array_append(list, finding);
    }
    if (!is_placed)
        json_array_extend(list, found);
    return list;
}

static int judge_copy(struct request *request, const struct photo_copy *copy,
                      const uint8_t sha256[32], const struct evidence_policy *policy)
{
    struct photo_key key = {.org_id = request->actor.org_id};
    struct photo_twin twin;
    struct judgement judgement;
    if (uuid_parse(copy->id, &key.id) < 0 ||
        photo_twin(request->db, request->arena, &key, sha256, &twin) < 0)
        return -1;
    json_t *old = json_loads(copy->findings, 0, NULL);
    json_t *found = find(request->arena, copy, &twin, policy);
    json_t *list = found ? with_twin(old, found) : NULL;
    int result = list ? findings_judgement_of_stored(request->arena, list, policy, &judgement) : -1;
    if (result == 0)
        result = photo_judge(request->db, request->arena, &key.org_id, copy->id, &judgement);
    json_decref(list);
    json_decref(found);
    json_decref(old);
    return result;
}

int late_original_apply(struct request *request, const struct photo_key *key,
                        const uint8_t sha256[32], const struct photo_context *context)
{
    struct evidence_policy policy;
    const struct photo_copy *copies;
    size_t count;
    if (photo_copies(request->db, request->arena, key, sha256, &copies, &count) < 0)
        return -1;
    findings_policy(context->policy, &policy);
    for (size_t i = 0; i < count; i++) {
        bool is_last_of_visit =
            i + 1 == count || strcmp(copies[i].visit_id, copies[i + 1].visit_id) != 0;
        if (judge_copy(request, &copies[i], sha256, &policy) < 0 ||
            (is_last_of_visit && visit_judgement_renew(request, copies[i].visit_id) < 0))
            return -1;
    }
    return 0;
}
