#include "server/resources/reports.h"

#include "server/base/clock.h"
#include "server/store/report.h"
#include "server/store/report_cover.h"

#define DAY_MS        INT64_C(86400000)
#define ROWS_STANDARD "200"

static int refuse_period(struct request *request, const char *rule, const char *detail)
{
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER, "query:to",
                       rule, "%s", detail);
}

/* The contract has checked that a date looks like one; the year 0 is PostgreSQL's to refuse. */
static int day_ms(struct request *request, const char *day, int64_t *ret_ms)
{
    const char *midnight = arena_printf(request->arena, "%sT00:00:00Z", day);
    return midnight ? clock_parse_rfc3339(midnight, ret_ms) : -1;
}

static int check_period(struct request *request, const struct report_filter *filter)
{
    int64_t from_ms, to_ms;
    if (day_ms(request, filter->from, &from_ms) < 0 || day_ms(request, filter->to, &to_ms) < 0)
        return refuse_period(request, "format", "The days are not of the calendar.");
    if (to_ms < from_ms)
        return refuse_period(request, "minimum", "The last day lies before the first.");
    if (to_ms - from_ms >= REPORT_DAYS_MAX * DAY_MS)
        return refuse_period(request, "maximum", "A report covers at most 366 days.");
    return 0;
}

static int show(struct request *request, enum report_kind kind, struct response *response)
{
    const struct report_filter filter = {
        .from = request_query(request, "from"),
        .to = request_query(request, "to"),
        .by = request_query(request, "by"),
        .technician_id = request_query(request, "technician_id"),
        .team = request_query(request, "team"),
        .site_id = request_query(request, "site_id"),
        .customer_id = request_query(request, "customer_id"),
        .limit = request_query(request, "limit") ? request_query(request, "limit") : ROWS_STANDARD,
    };
    const char *json;
    if (check_period(request, &filter) < 0 ||
        report_read(request->db, request->arena, &request->actor.org_id, kind, &filter, &json) < 0)
        return -1;
    response_json(response, 200, json);
    return 0;
}

int report_show_evidence(struct request *request, struct response *response)
{
    return show(request, REPORT_EVIDENCE, response);
}

int report_show_service(struct request *request, struct response *response)
{
    return show(request, REPORT_SERVICE, response);
}
