#include "server/resources/sampling_assessments.h"

#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/json_fields.h"
#include "server/store/organisation.h"
#include "server/store/sampling.h"

#include <string.h>

static const json_t *entry_of(const json_t *scores, const char *criterion_id)
{
    size_t index;
    const json_t *entry;
    json_array_foreach(scores, index, entry)
    {
        if (strcmp(json_field_text(entry, "criterion_id"), criterion_id) == 0)
            return entry;
    }
    return NULL;
}

/* The name of a criterion of the organisation; NULL when it has none of that id. */
static const char *criterion_name(const json_t *criteria, const char *criterion_id)
{
    size_t index;
    const json_t *criterion;
    json_array_foreach(criteria, index, criterion)
    {
        if (strcmp(json_field_text(criterion, "id"), criterion_id) == 0)
            return json_field_text(criterion, "name");
    }
    return NULL;
}

static int check_known(struct request *request, const json_t *criteria, const json_t *scores)
{
    int result = 0;
    size_t index;
    const json_t *entry;
    json_array_foreach(scores, index, entry)
    {
        const char *id = json_field_text(entry, "criterion_id");
        const char *pointer = arena_printf(request->arena, "/scores/%zu/criterion_id", index);
        if (!pointer)
            return -1;
        if (!criterion_name(criteria, id))
            result = problem_add(&request->problem, request->arena, PROBLEM_UNKNOWN_REFERENCE,
                                 pointer, "known", "The organisation has no such criterion.");
        else if (entry_of(scores, id) != entry)
            result = problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, pointer,
                                 "unique", "This criterion is scored twice.");
    }
    return result;
}

static int check_complete(struct request *request, const json_t *criteria, const json_t *scores)
{
    int result = 0, scored = 0;
    size_t index;
    const json_t *criterion;
    json_array_foreach(criteria, index, criterion)
    {
        const json_t *entry = entry_of(scores, json_field_text(criterion, "id"));
        if (!entry)
            result = problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                                 "/scores", "complete", "“%s” has not been scored.",
                                 json_field_text(criterion, "name"));
        scored += entry && json_field(entry, "score");
    }
    if (result == 0 && scored == 0)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/scores",
                           "one", "An assessment needs at least one score.");
    return result;
}

/* The scores as they are kept: with the criteria's names of today, in their order. */
static const char *named_scores(struct request *request, const json_t *criteria,
                                const json_t *scores)
{
    json_t *named = json_array();
    size_t index;
    const json_t *criterion;
    json_array_foreach(criteria, index, criterion)
    {
        const json_t *entry = entry_of(scores, json_field_text(criterion, "id"));
        const json_t *score = json_field(entry, "score"), *comment = json_field(entry, "comment");
        json_array_append_new(named, json_pack("{s:O, s:O, s:O, s:O}", "criterion_id",
                                               json_object_get(criterion, "id"), "name",
                                               json_object_get(criterion, "name"), "score",
                                               score ? score : json_null(), "comment",
                                               comment ? comment : json_null()));
    }
    const char *text = json_text(request->arena, named);
    json_decref(named);
    return text;
}

static int read_scores(struct request *request, const char **ret_scores)
{
    const json_t *scores = json_field(request->body.json, "scores");
    const char *overrides;
    int64_t version;
    if (organisation_policy(request->db, request->arena, &request->actor.org_id, false, &overrides,
                            &version) < 0)
        return -1;
    json_t *policy = json_loads(overrides, 0, NULL);
    const json_t *criteria = json_object_get(policy, "assessment_criteria");
    int result = -1;
    if (json_array_size(criteria) == 0)
        problem_set(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                    "The organisation has no criteria yet: they are a part of its policy.");
    else if (check_known(request, criteria, scores) == 0 &&
             check_complete(request, criteria, scores) == 0) {
        *ret_scores = named_scores(request, criteria, scores);
        result = *ret_scores ? 0 : -1;
    }
    json_decref(policy);
    return result;
}

/* The same assessment is of the same visit, by the same person, too; what was seen before is not a
 * part of it. */
static int digest(struct request *request, const struct sampling_key *draw,
                  const struct sampling_assessment_row *row, uint8_t ret_sha256[32])
{
    char draw_id[UUID_TEXT_BYTES], visit_id[UUID_TEXT_BYTES], assessor_id[UUID_TEXT_BYTES];
    uuid_format(&draw->id, draw_id);
    uuid_format(&row->visit_id, visit_id);
    uuid_format(&row->assessed_by, assessor_id);
    json_t *content = json_copy((json_t *)(uintptr_t)request->body.json);
    json_t *where = json_pack("{s:s, s:s, s:s}", "draw_id", draw_id, "visit_id", visit_id,
                              "assessed_by", assessor_id);
    json_object_del(content, "seen_assessment_id");
    int result = content && where && json_object_update(content, where) == 0
                     ? content_sha256(request, content, "id", ret_sha256)
                     : problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                                   "The server failed.");
    json_decref(where);
    json_decref(content);
    return result;
}

/* Of two managers who assess one visit, the second is told that the first has. */
static int check_seen(struct request *request, const char *latest)
{
    const char *seen = json_field_text(request->body.json, "seen_assessment_id");
    if (!json_object_get(request->body.json, "seen_assessment_id") || (!seen && !latest) ||
        (seen && latest && strcmp(seen, latest) == 0))
        return 0;
    return problem_add(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                       "/seen_assessment_id", "current",
                       "Somebody has assessed this visit meanwhile.");
}

static int assess(struct request *request, const struct sampling_key *draw,
                  struct sampling_assessment_row *row, const char *latest)
{
    const struct sampling_key assessment = {.org_id = draw->org_id, .id = row->id};
    const char *taken_by;
    bool is_replay;
    if (read_scores(request, &row->scores) < 0 || check_seen(request, latest) < 0 ||
        sampling_assessment_insert(request->db, request->arena, draw, row, &taken_by) < 0 ||
        create_outcome(request, taken_by, row->content_sha256, &is_replay) < 0)
        return -1;
    return sampling_assessment_count(request->db, request->arena, &assessment);
}

int sampling_assessment_create(struct request *request, struct response *response)
{
    struct sampling_key draw = {.org_id = request->actor.org_id};
    uint8_t sha256[32];
    const char *latest, *taken_by, *json;
    bool is_known, is_replay;
    struct sampling_assessment_row row = {
        .comment = json_field_text(request->body.json, "comment"),
        .assessed_by = request->actor.user_id,
        .content_sha256 = sha256,
    };
    if (!json_field_uuid(request->body.json, "id", &row.id) ||
        request_uuid(request, "draw_id", &draw.id) < 0 ||
        request_uuid(request, "visit_id", &row.visit_id) < 0 ||
        digest(request, &draw, &row, sha256) < 0 ||
        sampling_drawn_lock(request->db, request->arena, &draw, &row.visit_id, &is_known, &latest) <
            0)
        return -1;
    if (!is_known)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "This visit was not drawn.");
    const struct sampling_key assessment = {.org_id = draw.org_id, .id = row.id};
    if (sampling_assessment_content(request->db, request->arena, &assessment, &taken_by) < 0 ||
        create_outcome(request, taken_by, sha256, &is_replay) < 0 ||
        (!is_replay && assess(request, &draw, &row, latest) < 0) ||
        sampling_assessment_get(request->db, request->arena, &assessment, &json) < 0 || !json)
        return -1;
    return create_answer(request, is_replay, json, 0, response);
}
