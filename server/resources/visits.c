#include "server/resources/visits.h"

#include "server/resources/actors.h"
#include "server/resources/entity.h"
#include "server/resources/page.h"
#include "server/store/customer_link.h"
#include "server/store/evidence.h"
#include "server/store/photo.h"
#include "server/store/visit.h"

static int not_found(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is no such visit.");
}

int visit_check_known(struct request *request, const struct uuid *visit_id)
{
    const struct customer_link_subject visit = {.visit_id = visit_id};
    bool exists;
    if (customer_link_subject_exists(request->db, request->arena, &request->actor.org_id, &visit,
                                     NULL, &exists) < 0)
        return -1;
    return exists ? 0 : not_found(request);
}

int visit_list_page(struct request *request, struct response *response)
{
    struct page page;
    struct db_rows rows = {0};
    struct db_parameters limits = {0};
    struct evidence_filter filter = {
        .site_id = request_query(request, "site_id"),
        .technician_id = request_query(request, "technician_id"),
        .customer_id = request_query(request, "customer_id"),
        .team = request_query(request, "team"),
        .from = request_query(request, "from"),
        .to = request_query(request, "to"),
        .verdict = request_query(request, "verdict"),
        .finding = request_query(request, "finding"),
        .reviewed = request_query(request, "reviewed"),
        .is_signed = request_query(request, "signed"),
        .corrected = request_query(request, "corrected"),
        .concern = request_query(request, "concern"),
        .correction = request_query(request, "correction"),
        .work_order_id = request_query(request, "work_order_id"),
        .first_day = request_query(request, "first_day"),
        .last_day = request_query(request, "last_day"),
    };
    if (page_read(request, "mu", &page) < 0)
        return -1;
    int seen = actor_narrow_technician(request, &filter.technician_id);
    if (seen <= 0)
        return seen < 0 ? -1 : page_answer(request, &page, &rows, response);
    page_add(&limits, request->arena, &page);
    if (visit_list(request->db, request->arena, &request->actor.org_id, &filter, &limits, &rows) <
        0)
        return -1;
    return page_answer(request, &page, &rows, response);
}

static int record_view(struct request *request, const struct uuid *visit_id)
{
    char text[UUID_TEXT_BYTES];
    if (request->actor.role == ROLE_TECHNICIAN)
        return 0;
    uuid_format(visit_id, text);
    return evidence_view_insert(request->db, request->arena, &request->actor.org_id,
                                &request->actor.user_id, arena_strdup(request->arena, text), NULL,
                                "viewed");
}

int visit_show(struct request *request, struct response *response)
{
    struct uuid id;
    const char *json;
    if (request_uuid(request, "visit_id", &id) < 0 ||
        visit_get(request->db, request->arena, &request->actor.org_id, &id, actor_own_only(request),
                  actor_language(request), &json) < 0)
        return -1;
    if (!json)
        return not_found(request);
    if (record_view(request, &id) < 0)
        return -1;
    return entity_answer_digested(request, json, response);
}

int visit_view_list_page(struct request *request, struct response *response)
{
    struct page page;
    struct uuid id;
    struct db_rows rows;
    struct db_parameters limits = {0};
    bool exists;
    if (request_uuid(request, "visit_id", &id) < 0 || page_read(request, "mu", &page) < 0)
        return -1;
    page_add(&limits, request->arena, &page);
    if (evidence_views(request->db, request->arena, &request->actor.org_id, &id, &limits, &exists,
                       &rows) < 0)
        return -1;
    return exists ? page_answer(request, &page, &rows, response) : not_found(request);
}
