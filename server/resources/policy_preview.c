/*
 * What another policy would have made of the last thirty days. Everything is judged twice, by the
 * policy of today and by the proposed one, of the same facts: what changed in between (a site's
 * fence, a late check-in) then makes no difference. Chunk by chunk, each in a short transaction
 * that reads only; visits come as if drawn by lot, so that what is left out when the time is over
 * leaves a fair sample behind.
 */
#include "server/base/clock.h"
#include "server/resources/json_fields.h"
#include "server/resources/policies.h"
#include "server/resources/policy_reasons.h"
#include "server/resources/policy_replay.h"
#include "server/resources/transaction.h"
#include "server/store/organisation.h"

#include <string.h>

#define PERIOD_DAYS        30
#define VISITS_MAX         5000
#define CHUNK_VISITS       25
#define BUDGET_MS          4000
#define EXAMPLES_MAX       20
#define CHUNK_ARENA_BYTES  ((size_t)64 * 1024 * 1024)
#define JUDGED_ARENA_BYTES ((size_t)16 * 1024 * 1024)

enum subject_kind { VISIT, CHECK_IN, PHOTO, SCAN, SUBJECT_KINDS };
static const char *const kind_names[SUBJECT_KINDS] = {"visit", "check_in", "photo", "scan"};

enum side { BEFORE, AFTER, SIDES };

#define VERDICTS 3

struct tally {
    int64_t judged, changed, judged_otherwise;
    int64_t verdicts[SIDES][VERDICTS];
};

struct preview {
    const char *overrides[SIDES];
    int64_t from_ms, to_ms;
    struct preview_draw draw;
    size_t judged_visits;
    int64_t photos_without_looks;
    struct tally tallies[SUBJECT_KINDS];
    int64_t findings[EVIDENCE_CODE_COUNT][SIDES];
    json_t *examples;
    const char *last_example[SUBJECT_KINDS]; /* its visit */
};

/** Some visits while they are judged. */
struct chunk {
    struct preview *preview;
    struct request *request; /* its arena ends with the chunk */
    const char *const *visit_ids;
    size_t count;
    struct preview_chunk rows;
};

/** One thing to judge. */
struct subject {
    enum subject_kind kind;
    const char *id;
    const char *verdict; /* as it stands */
    const struct preview_visit *visit;
    const void *row;
    enum evidence_verdict worst[SIDES]; /* of a visit's parts */
};

static int replay(struct request *request, const struct subject *subject, enum side side,
                  const char *overrides, struct judgement *ret)
{
    switch (subject->kind) {
    case VISIT:
        return policy_replay_visit(request, subject->row, subject->worst[side], overrides, ret);
    case CHECK_IN:
        return policy_replay_check_in(request, subject->row, overrides, ret);
    case PHOTO:
        return policy_replay_photo(request, subject->row, overrides, ret);
    default:
        return policy_replay_scan(request, subject->row, overrides, ret);
    }
}

static void count_findings(struct preview *preview, enum side side,
                           const struct judgement *judgement)
{
    for (size_t i = 0; i < judgement->finding_code_count; i++) {
        enum evidence_code code;
        if (evidence_code_of(judgement->finding_codes[i], &code) == 0)
            preview->findings[code][side]++;
    }
}

/* One of a kind a visit, so that one bad visit does not fill the list. A visit that changed only
 * with its parts is told by them. */
static void add_example(struct request *request, struct preview *preview,
                        const struct subject *subject, const struct judgement judgements[SIDES])
{
    const char *last = preview->last_example[subject->kind];
    if (json_array_size(preview->examples) == EXAMPLES_MAX ||
        (last && strcmp(last, subject->visit->id) == 0))
        return;
    json_t *reasons = policy_reasons(request, &judgements[BEFORE], preview->overrides[BEFORE],
                                     &judgements[AFTER], preview->overrides[AFTER]);
    json_t *visit = json_loads(subject->visit->label, 0, NULL);
    if (json_array_size(reasons) == 0 || !visit) {
        json_decref(reasons);
        json_decref(visit);
        return;
    }
    json_array_append_new(preview->examples,
                          json_pack("{s:s, s:s, s:o, s:s, s:s, s:o}", "kind",
                                    kind_names[subject->kind], "id", subject->id, "visit", visit,
                                    "before", judgements[BEFORE].verdict, "after",
                                    judgements[AFTER].verdict, "reasons", reasons));
    preview->last_example[subject->kind] = subject->visit->id;
}

static int tell(struct request *request, struct preview *preview, const struct subject *subject,
                const struct judgement judgements[SIDES], enum evidence_verdict ret[SIDES])
{
    struct tally *tally = &preview->tallies[subject->kind];
    for (enum side side = BEFORE; side < SIDES; side++) {
        if (evidence_verdict_named(judgements[side].verdict, &ret[side]) < 0)
            return -1;
        tally->verdicts[side][ret[side]]++;
        count_findings(preview, side, &judgements[side]);
    }
    tally->judged++;
    if (strcmp(subject->verdict, judgements[BEFORE].verdict) != 0)
        tally->judged_otherwise++;
    if (ret[BEFORE] == ret[AFTER])
        return 0;
    tally->changed++;
    add_example(request, preview, subject, judgements);
    return 0;
}

/* Judges it twice, in memory of its own: findings take 40 KB a time. */
static int judge(struct chunk *chunk, const struct subject *subject,
                 enum evidence_verdict ret[SIDES])
{
    struct preview *preview = chunk->preview;
    struct request *request = chunk->request;
    struct arena *arena = request->arena;
    struct judgement judgements[SIDES];
    int result = 0;
    request->arena = arena_create(JUDGED_ARENA_BYTES);
    if (!request->arena)
        result = -1;
    for (enum side side = BEFORE; side < SIDES && result == 0; side++)
        result = replay(request, subject, side, preview->overrides[side], &judgements[side]);
    if (result == 0)
        result = tell(request, preview, subject, judgements, ret);
    arena_free(request->arena);
    request->arena = arena;
    return result;
}

/* Judges one part of a visit; the visit is at least as bad. */
static int judge_part(struct chunk *chunk, struct subject *visit, enum subject_kind kind,
                      const char *id, const char *verdict, const void *row)
{
    struct subject part = {
        .kind = kind, .id = id, .verdict = verdict, .visit = visit->visit, .row = row};
    enum evidence_verdict verdicts[SIDES] = {EVIDENCE_ACCEPTED, EVIDENCE_ACCEPTED};
    if (judge(chunk, &part, verdicts) < 0)
        return -1;
    for (enum side side = BEFORE; side < SIDES; side++)
        if (verdicts[side] > visit->worst[side])
            visit->worst[side] = verdicts[side];
    return 0;
}

static bool is_of(const struct subject *visit, const char *visit_id)
{
    return strcmp(visit->id, visit_id) == 0;
}

static int judge_parts(struct chunk *chunk, struct subject *visit)
{
    const struct preview_chunk *rows = &chunk->rows;
    for (size_t i = 0; i < rows->check_in_count; i++) {
        const struct preview_check_in *row = &rows->check_ins[i];
        if (is_of(visit, row->visit_id) &&
            judge_part(chunk, visit, CHECK_IN, row->id, row->verdict, row) < 0)
            return -1;
    }
    for (size_t i = 0; i < rows->photo_count; i++) {
        const struct preview_photo *row = &rows->photos[i];
        if (!is_of(visit, row->visit_id))
            continue;
        chunk->preview->photos_without_looks += !row->has_looks && !row->is_video;
        if (judge_part(chunk, visit, PHOTO, row->id, row->verdict, row) < 0)
            return -1;
    }
    for (size_t i = 0; i < rows->scan_count; i++) {
        const struct preview_scan *row = &rows->scans[i];
        if (is_of(visit, row->visit_id) &&
            judge_part(chunk, visit, SCAN, row->id, row->verdict, row) < 0)
            return -1;
    }
    return 0;
}

static int judge_chunk(struct chunk *chunk)
{
    for (size_t i = 0; i < chunk->rows.visit_count; i++) {
        const struct preview_visit *row = &chunk->rows.visits[i];
        struct subject visit = {
            .kind = VISIT, .id = row->id, .verdict = row->verdict, .visit = row, .row = row};
        enum evidence_verdict verdicts[SIDES] = {EVIDENCE_ACCEPTED, EVIDENCE_ACCEPTED};
        if (judge_parts(chunk, &visit) < 0 || judge(chunk, &visit, verdicts) < 0)
            return -1;
        chunk->preview->judged_visits++;
    }
    return 0;
}

static int read_chunk(struct request *request, void *context)
{
    struct chunk *chunk = context;
    return preview_chunk(request->db, request->arena, &request->actor.org_id, chunk->visit_ids,
                         chunk->count, &chunk->rows);
}

/* A request of its own has memory of its own; of its problem the request keeps what it may. */
static int run_chunk(struct request *request, struct preview *preview)
{
    struct request own = *request;
    size_t left = preview->draw.count - preview->judged_visits;
    struct chunk chunk = {.preview = preview,
                          .request = &own,
                          .visit_ids = preview->draw.visit_ids + preview->judged_visits,
                          .count = left < CHUNK_VISITS ? left : CHUNK_VISITS};
    own.arena = arena_create(CHUNK_ARENA_BYTES);
    int result = own.arena ? 0 : -1;
    if (result == 0)
        result = transaction_read(&own, &own.actor.org_id, read_chunk, &chunk);
    if (result == 0)
        result = judge_chunk(&chunk);
    if (result < 0 && own.problem.is_set)
        problem_set(&request->problem, request->arena, own.problem.type, "%s", own.problem.detail);
    memset(preview->last_example, 0, sizeof preview->last_example);
    arena_free(own.arena);
    return result;
}

static json_t *verdicts_json(const int64_t verdicts[VERDICTS])
{
    json_t *json = json_object();
    for (int i = 0; i < VERDICTS; i++)
        json_object_set_new(json, evidence_verdict_name((enum evidence_verdict)i),
                            json_integer(verdicts[i]));
    return json;
}

static json_t *subjects_json(const struct preview *preview)
{
    json_t *list = json_array();
    for (int kind = 0; kind < SUBJECT_KINDS; kind++) {
        const struct tally *tally = &preview->tallies[kind];
        json_array_append_new(
            list, json_pack("{s:s, s:I, s:I, s:I, s:o, s:o}", "kind", kind_names[kind], "judged",
                            (json_int_t)tally->judged, "changed", (json_int_t)tally->changed,
                            "judged_otherwise_then", (json_int_t)tally->judged_otherwise, "before",
                            verdicts_json(tally->verdicts[BEFORE]), "after",
                            verdicts_json(tally->verdicts[AFTER])));
    }
    return list;
}

static json_t *findings_json(const struct preview *preview)
{
    json_t *list = json_array();
    for (size_t code = 0; code < EVIDENCE_CODE_COUNT; code++) {
        const int64_t *counts = preview->findings[code];
        if (counts[BEFORE] || counts[AFTER])
            json_array_append_new(
                list, json_pack("{s:s, s:I, s:I}", "code", evidence_codes[code].name, "before",
                                (json_int_t)counts[BEFORE], "after", (json_int_t)counts[AFTER]));
    }
    return list;
}

static int answer(struct request *request, const struct preview *preview, struct response *response)
{
    char from[CLOCK_TEXT_BYTES], to[CLOCK_TEXT_BYTES];
    clock_format_rfc3339(preview->from_ms, from);
    clock_format_rfc3339(preview->to_ms, to);
    json_t *json = json_pack(
        "{s:s, s:s, s:I, s:I, s:I, s:o, s:o, s:O}", "from", from, "to", to, "visits_in_period",
        (json_int_t)preview->draw.in_period, "visits_judged", (json_int_t)preview->judged_visits,
        "photos_without_looks", (json_int_t)preview->photos_without_looks, "subjects",
        subjects_json(preview), "findings", findings_json(preview), "examples", preview->examples);
    const char *text = json_text(request->arena, json);
    json_decref(json);
    if (!text)
        return -1;
    response_json(response, 200, text);
    return 0;
}

/* The draw belongs to the request's arena: it outlives the chunks. */
static int begin(struct request *request, void *context)
{
    struct preview *preview = context;
    int64_t version;
    const struct uuid *org_id = &request->actor.org_id;
    if (organisation_policy(request->db, request->arena, org_id, false, &preview->overrides[BEFORE],
                            &version) < 0 ||
        policy_apply(request, preview->overrides[BEFORE], &preview->overrides[AFTER]) < 0)
        return -1;
    return preview_draw(request->db, request->arena, org_id, preview->from_ms, preview->to_ms,
                        VISITS_MAX, &preview->draw);
}

static int run(struct request *request, struct preview *preview, struct response *response)
{
    int64_t ends_at_us = clock_monotonic_us() + (int64_t)BUDGET_MS * 1000;
    if (transaction_read(request, &request->actor.org_id, begin, preview) < 0)
        return -1;
    size_t judged = (size_t)-1;
    while (preview->judged_visits < preview->draw.count && preview->judged_visits != judged &&
           clock_monotonic_us() < ends_at_us) {
        judged = preview->judged_visits;
        if (run_chunk(request, preview) < 0)
            return -1;
    }
    return answer(request, preview, response);
}

int policy_preview(struct request *request, struct response *response)
{
    struct preview *preview = arena_alloc(request->arena, sizeof *preview);
    json_t *examples = json_array();
    if (!preview || !examples)
        return -1;
    preview->examples = examples;
    preview->to_ms = request->received_at_ms;
    preview->from_ms = preview->to_ms - (int64_t)PERIOD_DAYS * 24 * 3600 * 1000;
    int result = run(request, preview, response);
    json_decref(examples);
    return result;
}
