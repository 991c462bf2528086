#include "server/resources/sampling_draws.h"

#include "sampling/draw.h"
#include "server/base/blank.h"
#include "server/base/hex.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/json_fields.h"
#include "server/resources/page.h"
#include "server/store/sampling.h"

#include <stdlib.h>
#include <string.h>

#define CANDIDATES_MAX    50000
#define CHUNK_ARENA_BYTES ((size_t)8 * 1024 * 1024)

enum candidate_column { VISIT, TECHNICIAN, TEAM, STRATUM, WEIGHT, SHA256 };

/* A draw on its way: of which plan and period, among which visits. */
struct draw {
    struct sampling_key key;
    struct sampling_key plan;
    char plan_id[UUID_TEXT_BYTES];
    struct sampling_due due;
    const char *public_value;
    struct db_rows visits;
    struct sampling_candidate *candidates;
};

static int not_found(struct request *request, const char *what)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND, "There is no such %s.",
                       what);
}

static int server_failed(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL, "The server failed.");
}

static int refuse_period(struct request *request, const char *rule, const char *detail,
                         const char *day)
{
    return problem_add(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                       "/period_starts_on", rule, "%s %s.",
                       sentence_in(request->problem.language, detail), day);
}

/* The secret of a period tells those of all earlier ones: each is drawn in its turn. */
static int check_period(struct request *request, const struct sampling_due *due)
{
    const char *starts_on = json_field_text(request->body.json, "period_starts_on");
    if (due->is_past_end || due->period_number > SAMPLING_CHAIN_LENGTH)
        return refuse_period(request, "ended", "The plan ended before the period of",
                             due->starts_on);
    if (strcmp(starts_on, due->starts_on) != 0)
        return refuse_period(request, "next", "The period to be drawn next is that of",
                             due->starts_on);
    if (!due->is_over)
        return refuse_period(request, "over", "Visits may still come: the period is over on",
                             due->ends_on);
    return 0;
}

static int check_public_value(struct request *request, const struct draw *draw)
{
    bool is_blank = text_is_blank(draw->public_value);
    if (draw->due.has_public_source && is_blank)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                           "/public_value", "required",
                           "The plan names a public source; its value belongs into the seed.");
    if (!draw->due.has_public_source && draw->public_value)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                           "/public_value", "unexpected",
                           "The plan names no public source: nobody could check the value.");
    return 0;
}

/* The same draw is of the same plan, too. */
static int digest(struct request *request, const struct draw *draw, uint8_t ret_sha256[32])
{
    json_t *content = json_copy((json_t *)(uintptr_t)request->body.json);
    if (!content || json_object_set_new(content, "plan_id", json_string(draw->plan_id)) < 0) {
        json_decref(content);
        return server_failed(request);
    }
    int result = content_sha256(request, content, "id", ret_sha256);
    json_decref(content);
    return result;
}

static int read_candidates(struct request *request, struct draw *draw)
{
    if (sampling_candidates(request->db, request->arena, &draw->plan.org_id, &draw->due,
                            CANDIDATES_MAX + 1, &draw->visits) < 0)
        return -1;
    if (draw->visits.count > CANDIDATES_MAX)
        return problem_set(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                           "The period has more than %d visits; they cannot be drawn from.",
                           CANDIDATES_MAX);
    draw->candidates =
        arena_alloc(request->arena, ((size_t)draw->visits.count + 1) * sizeof *draw->candidates);
    if (!draw->candidates)
        return -1;
    for (int row = 0; row < draw->visits.count; row++) {
        struct sampling_candidate *candidate = &draw->candidates[row];
        candidate->visit_id = db_value(&draw->visits, row, VISIT);
        candidate->stratum = db_value(&draw->visits, row, STRATUM);
        candidate->weight = (int32_t)db_integer(&draw->visits, row, WEIGHT);
        candidate->row = row;
        if (hex_decode(db_value(&draw->visits, row, SHA256), candidate->sha256,
                       sizeof candidate->sha256) < 0)
            return server_failed(request);
    }
    return 0;
}

static int store_chunk(struct request *request, const struct draw *draw, int first, int count)
{
    struct sampling_candidate_row *rows = arena_alloc(request->arena, (size_t)count * sizeof *rows);
    struct arena *arena = arena_create(CHUNK_ARENA_BYTES);
    int result = rows && arena ? 0 : -1;
    for (int i = 0; i < count && result == 0; i++) {
        const struct sampling_candidate *candidate = &draw->candidates[first + i];
        rows[i] = (struct sampling_candidate_row){
            .visit_id = candidate->visit_id,
            .technician_id = db_value(&draw->visits, candidate->row, TECHNICIAN),
            .team = db_value(&draw->visits, candidate->row, TEAM),
            .stratum = candidate->stratum,
            .weight = db_value(&draw->visits, candidate->row, WEIGHT),
            .sha256 = db_value(&draw->visits, candidate->row, SHA256),
            .key = candidate->key,
            .place = candidate->place,
            .is_drawn = candidate->is_drawn,
        };
    }
    if (result == 0)
        result = sampling_candidate_insert(request->db, arena, &draw->key, rows, (size_t)count);
    arena_free(arena);
    return result;
}

static int store_candidates(struct request *request, const struct draw *draw)
{
    int total = draw->visits.count, count;
    for (int first = 0; first < total; first += count) {
        count = total - first < SAMPLING_CANDIDATES_AT_ONCE ? total - first
                                                            : SAMPLING_CANDIDATES_AT_ONCE;
        if (store_chunk(request, draw, first, count) < 0)
            return -1;
    }
    return 0;
}

static int draw_lots(struct request *request, struct draw *draw, const uint8_t content[32])
{
    uint8_t secret[SAMPLING_SECRET_BYTES], list[SAMPLING_SHA256_BYTES], seed[SAMPLING_SHA256_BYTES];
    const struct sampling_occasion occasion = {draw->plan_id, draw->due.starts_on,
                                               draw->public_value};
    const char *taken_by;
    bool is_replay;
    size_t count = (size_t)draw->visits.count;
    if (sampling_chain_secret(draw->due.chain_root, (int)draw->due.period_number, secret) < 0 ||
        sampling_list_sha256(draw->candidates, count, list) < 0 ||
        sampling_seed(secret, &occasion, list, seed) < 0 ||
        sampling_draw(seed, (int)draw->due.visits, draw->candidates, count) < 0)
        return server_failed(request);
    const struct sampling_draw_row row = {
        .public_value = draw->public_value,
        .candidates = draw->visits.count,
        .secret = secret,
        .candidates_sha256 = list,
        .seed = seed,
        .content_sha256 = content,
        .drawn_by = request->actor.user_id,
    };
    if (sampling_draw_insert(request->db, request->arena, &draw->key, &draw->plan.id, &draw->due,
                             &row, &taken_by) < 0 ||
        create_outcome(request, taken_by, content, &is_replay) < 0)
        return -1;
    return store_candidates(request, draw);
}

static int answer(struct request *request, const struct sampling_key *draw, bool is_replay,
                  struct response *response)
{
    const char *json;
    if (sampling_draw_get(request->db, request->arena, draw, &json) < 0 || !json)
        return -1;
    return create_answer(request, is_replay, json, 0, response);
}

int sampling_draw_create(struct request *request, struct response *response)
{
    struct draw draw = {
        .key.org_id = request->actor.org_id,
        .plan.org_id = request->actor.org_id,
        .public_value = json_field_text(request->body.json, "public_value"),
    };
    uint8_t content[32];
    const char *taken_by;
    bool is_known, is_replay;
    if (!json_field_uuid(request->body.json, "id", &draw.key.id) ||
        request_uuid(request, "plan_id", &draw.plan.id) < 0)
        return -1;
    uuid_format(&draw.plan.id, draw.plan_id);
    if (digest(request, &draw, content) < 0 ||
        sampling_plan_lock_due(request->db, request->arena, &draw.plan, &is_known, &draw.due) < 0)
        return -1;
    if (!is_known)
        return not_found(request, "sampling plan");
    if (sampling_draw_content(request->db, request->arena, &draw.key, &taken_by) < 0 ||
        create_outcome(request, taken_by, content, &is_replay) < 0)
        return -1;
    if (!is_replay &&
        (check_period(request, &draw.due) < 0 || check_public_value(request, &draw) < 0 ||
         read_candidates(request, &draw) < 0 || draw_lots(request, &draw, content) < 0))
        return -1;
    return answer(request, &draw.key, is_replay, response);
}

int sampling_draw_list_page(struct request *request, struct response *response)
{
    struct sampling_key plan = {.org_id = request->actor.org_id};
    struct db_parameters limits = {0};
    struct page page;
    struct db_rows rows;
    const char *json;
    if (request_uuid(request, "plan_id", &plan.id) < 0 || page_read(request, "i", &page) < 0 ||
        sampling_plan_get(request->db, request->arena, &plan, &json) < 0)
        return -1;
    if (!json)
        return not_found(request, "sampling plan");
    page_add(&limits, request->arena, &page);
    if (sampling_draw_list(request->db, request->arena, &plan, &limits, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}

static int read_draw(struct request *request, struct sampling_key *ret_draw, const char **ret_json)
{
    ret_draw->org_id = request->actor.org_id;
    if (request_uuid(request, "draw_id", &ret_draw->id) < 0 ||
        sampling_draw_get(request->db, request->arena, ret_draw, ret_json) < 0)
        return -1;
    return *ret_json ? 0 : not_found(request, "draw");
}

int sampling_draw_show(struct request *request, struct response *response)
{
    struct sampling_key draw;
    const char *json;
    if (read_draw(request, &draw, &json) < 0)
        return -1;
    response_json(response, 200, json);
    return 0;
}

int sampling_draw_visit_page(struct request *request, struct response *response)
{
    struct sampling_key draw;
    struct db_parameters limits = {0};
    struct page page;
    struct db_rows rows;
    const char *json;
    if (page_read(request, "ti", &page) < 0 || read_draw(request, &draw, &json) < 0)
        return -1;
    page_add(&limits, request->arena, &page);
    if (sampling_drawn_list(request->db, request->arena, &draw, request_query(request, "assessed"),
                            &limits, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}

int sampling_draw_download(struct request *request, struct response *response)
{
    struct sampling_key draw = {.org_id = request->actor.org_id};
    const char *json, *starts_on;
    if (request_uuid(request, "draw_id", &draw.id) < 0 ||
        sampling_draw_published(request->db, request->arena, &draw, &json, &starts_on) < 0)
        return -1;
    if (!json)
        return not_found(request, "draw");
    const char *disposition =
        arena_printf(request->arena, "attachment; filename=\"draw-%s.json\"", starts_on);
    if (!disposition)
        return -1;
    response_json(response, 200, json);
    response_header(response, "Content-Disposition", disposition);
    return 0;
}
