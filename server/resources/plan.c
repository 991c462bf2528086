#include "server/resources/plan.h"

#include "server/base/clock.h"
#include "server/store/plan.h"

#define DAYS_MAX    31
#define DAY_MS      INT64_C(86400000)
#define PLANNED_MAX 5000
#define WAITING_MAX 500

/* Milliseconds at the day's begin; days are compared with each other only. */
static int day_ms(struct request *request, const char *day, int64_t *ret_ms)
{
    const char *text = arena_printf(request->arena, "%sT00:00:00Z", day);
    return text ? clock_parse_rfc3339(text, ret_ms) : -1;
}

static int refuse(struct request *request, const char *rule, const char *detail)
{
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER, "query:to",
                       rule, "%s", detail);
}

static int check_span(struct request *request, const struct plan_span *span)
{
    int64_t from_ms, to_ms;
    if (day_ms(request, span->from, &from_ms) < 0 || day_ms(request, span->to, &to_ms) < 0)
        return refuse(request, "format", "The days are not such as 2026-11-22.");
    if (to_ms < from_ms)
        return refuse(request, "minimum", "The last day lies before the first.");
    if (to_ms - from_ms >= DAYS_MAX * DAY_MS)
        return refuse(request, "maximum", "A plan covers at most 31 days.");
    return 0;
}

int plan_show(struct request *request, struct response *response)
{
    const struct plan_span span = {
        .from = request_query(request, "from"),
        .to = request_query(request, "to"),
        .planned_max = PLANNED_MAX,
        .waiting_max = WAITING_MAX,
    };
    const char *json;
    if (check_span(request, &span) < 0 ||
        plan_get(request->db, request->arena, &request->actor.org_id, &span, &json) < 0)
        return -1;
    response_json(response, 200, json);
    return 0;
}
