#include "server/resources/sampling_plans.h"

#include "sampling/chain.h"
#include "server/base/clock.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/json_fields.h"
#include "server/resources/page.h"
#include "server/store/sampling.h"

#include <openssl/rand.h>

#define DAYS_AWAY_MAX 366
#define DAY_MS        INT64_C(86400000)

static int not_found(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is no such sampling plan.");
}

/* A plan that begins far away is a slip of the keyboard: its periods could hardly be drawn. */
static int check_start(struct request *request, const char *starts_on)
{
    int64_t starts_at_ms;
    if (!starts_on)
        return 0;
    const char *moment = arena_printf(request->arena, "%sT00:00:00Z", starts_on);
    if (!moment)
        return -1;
    if (clock_parse_rfc3339(moment, &starts_at_ms) < 0)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/starts_on",
                           "format", "This is not a day.");
    int64_t away_ms = starts_at_ms - request->received_at_ms;
    if (away_ms < -DAYS_AWAY_MAX * DAY_MS || away_ms > DAYS_AWAY_MAX * DAY_MS)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/starts_on",
                           "range", "A plan begins within %d days of today.", DAYS_AWAY_MAX);
    return 0;
}

static int make_secrets(struct request *request, uint8_t ret_root[SAMPLING_SECRET_BYTES],
                        uint8_t ret_commitment[SAMPLING_SECRET_BYTES])
{
    if (RAND_bytes(ret_root, SAMPLING_SECRET_BYTES) == 1 &&
        sampling_chain_commitment(ret_root, ret_commitment) == 0)
        return 0;
    return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL, "The server failed.");
}

static int answer(struct request *request, const struct sampling_key *plan, bool is_replay,
                  struct response *response)
{
    const char *json;
    if (sampling_plan_get(request->db, request->arena, plan, &json) < 0 || !json)
        return -1;
    return create_answer(request, is_replay, json, 0, response);
}

int sampling_plan_create(struct request *request, struct response *response)
{
    const json_t *body = request->body.json;
    uint8_t root[SAMPLING_SECRET_BYTES], commitment[SAMPLING_SECRET_BYTES], sha256[32];
    struct sampling_key plan = {.org_id = request->actor.org_id};
    const char *taken_by;
    bool is_replay;
    const struct sampling_plan_row row = {
        .name = json_field_text(body, "name"),
        .visits = json_integer_value(json_field(body, "visits")),
        .per = json_field_text(body, "per"),
        .period = json_field_text(body, "period"),
        .weighting = json_field_text(body, "weighting"),
        .public_source = json_field_text(body, "public_source"),
        .starts_on = json_field_text(body, "starts_on"),
        .chain_root = root,
        .commitment = commitment,
        .content_sha256 = sha256,
        .created_by = request->actor.user_id,
    };
    if (!json_field_uuid(body, "id", &plan.id) || check_start(request, row.starts_on) < 0 ||
        content_sha256(request, body, "id", sha256) < 0 ||
        make_secrets(request, root, commitment) < 0 ||
        sampling_plan_insert(request->db, request->arena, &plan, &row, &taken_by) < 0 ||
        create_outcome(request, taken_by, sha256, &is_replay) < 0)
        return -1;
    return answer(request, &plan, is_replay, response);
}

int sampling_plan_list_page(struct request *request, struct response *response)
{
    struct page page;
    struct db_rows rows;
    struct db_parameters limits = {0};
    if (page_read(request, "mu", &page) < 0)
        return -1;
    page_add(&limits, request->arena, &page);
    if (sampling_plan_list(request->db, request->arena, &request->actor.org_id,
                           request_query(request, "ended"), &limits, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}

static int read_plan(struct request *request, struct sampling_key *ret_plan, const char **ret_json)
{
    ret_plan->org_id = request->actor.org_id;
    if (request_uuid(request, "plan_id", &ret_plan->id) < 0 ||
        sampling_plan_get(request->db, request->arena, ret_plan, ret_json) < 0)
        return -1;
    return *ret_json ? 0 : not_found(request);
}

int sampling_plan_show(struct request *request, struct response *response)
{
    struct sampling_key plan;
    const char *json;
    if (read_plan(request, &plan, &json) < 0)
        return -1;
    response_json(response, 200, json);
    return 0;
}

int sampling_plan_remove(struct request *request, struct response *response)
{
    struct sampling_key plan;
    const char *json;
    if (read_plan(request, &plan, &json) < 0)
        return -1;
    response->status = 204;
    return sampling_plan_end(request->db, request->arena, &plan, &request->actor.user_id);
}
