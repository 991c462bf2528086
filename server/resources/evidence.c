#include "server/resources/evidence.h"

#include "server/base/clock.h"
#include "server/resources/actors.h"
#include "server/resources/page.h"
#include "server/store/evidence.h"

#define SUMMARY_DAYS_MAX 366
#define DAY_MS           INT64_C(86400000)

typedef int photo_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                       const char *language, const struct evidence_filter *filter,
                       const struct db_parameters *page, struct db_rows *ret);

static int answer_photos(struct request *request, photo_list *list, const char *keys,
                         struct response *response)
{
    struct page page;
    struct db_rows rows;
    struct db_parameters limits = {0};
    const struct evidence_filter filter = {
        .site_id = request_query(request, "site_id"),
        .technician_id = request_query(request, "technician_id"),
        .customer_id = request_query(request, "customer_id"),
        .from = request_query(request, "from"),
        .to = request_query(request, "to"),
        .verdict = request_query(request, "verdict"),
        .finding = request_query(request, "finding"),
        .reviewed = request_query(request, "reviewed"),
        .role = request_query(request, "role"),
    };
    if (page_read(request, keys, &page) < 0)
        return -1;
    page_add(&limits, request->arena, &page);
    if (list(request->db, request->arena, &request->actor.org_id, actor_language(request), &filter,
             &limits, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}

int evidence_list_page(struct request *request, struct response *response)
{
    return answer_photos(request, evidence_list, "mu", response);
}

int audit_queue_page(struct request *request, struct response *response)
{
    return answer_photos(request, evidence_list_by_risk, "imu", response);
}

static int refuse_span(struct request *request, const char *rule, const char *detail)
{
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER, "query:to",
                       rule, "%s", detail);
}

static int check_span(struct request *request, const char *from, const char *to)
{
    int64_t from_ms, to_ms;
    if (clock_parse_rfc3339(from, &from_ms) < 0 || clock_parse_rfc3339(to, &to_ms) < 0)
        return refuse_span(request, "format", "The times are not RFC 3339.");
    if (to_ms < from_ms)
        return refuse_span(request, "minimum", "The end lies before the beginning.");
    if (to_ms - from_ms > SUMMARY_DAYS_MAX * DAY_MS)
        return refuse_span(request, "maximum", "A report covers at most 366 days.");
    return 0;
}

int evidence_summary_show(struct request *request, struct response *response)
{
    const char *from = request_query(request, "from");
    const char *to = request_query(request, "to");
    const char *json;
    if (check_span(request, from, to) < 0 ||
        evidence_summary(request->db, request->arena, &request->actor.org_id, from, to,
                         request_query(request, "by"), &json) < 0)
        return -1;
    response_json(response, 200, json);
    return 0;
}
