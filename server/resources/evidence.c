#include "server/resources/evidence.h"

#include "server/resources/actors.h"
#include "server/resources/page.h"
#include "server/store/evidence.h"

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
        .team = request_query(request, "team"),
        .first_day = request_query(request, "first_day"),
        .last_day = request_query(request, "last_day"),
        .from = request_query(request, "from"),
        .to = request_query(request, "to"),
        .verdict = request_query(request, "verdict"),
        .finding = request_query(request, "finding"),
        .reviewed = request_query(request, "reviewed"),
        .role = request_query(request, "role"),
        .decision = request_query(request, "decision"),
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
