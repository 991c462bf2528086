#include "server/resources/customer_responses.h"

#include "server/app.h"
#include "server/base/blank.h"
#include "server/config.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/json_fields.h"
#include "server/resources/page.h"
#include "server/resources/shared_link.h"
#include "server/resources/transaction.h"
#include "server/store/customer_response.h"

#include <string.h>

/* What one link may put into a history that nothing is ever removed from. */
#define RESPONSES_OF_LINK_MAX 300

/** One answer on its way into the history. */
struct responding {
    struct shared_link link;
    struct customer_response row;
    uint8_t sha256[32];
    bool is_replay;
    const char *json;
};

/* The same answer came through the same link, too. */
static int digest(struct request *request, struct responding *responding)
{
    char link_id[UUID_TEXT_BYTES];
    uuid_format(&responding->link.id, link_id);
    json_t *content = json_deep_copy(request->body.json);
    int result = -1;
    if (content && json_object_set_new(content, "kind", json_string(responding->row.kind)) == 0 &&
        json_object_set_new(content, "link_id", json_string(link_id)) == 0)
        result = content_sha256(request, content, "id", responding->sha256);
    json_decref(content);
    return result;
}

/* The visit that is meant: the one named, else the newest. */
static int find_visit(struct request *request, struct responding *responding)
{
    struct customer_response *row = &responding->row;
    const char *asked = json_field_text(request->body.json, "visit_id");
    int64_t signed_version;
    if (shared_visit(request->db, request->arena, &responding->link, asked, &row->visit_id,
                     &signed_version) < 0)
        return -1;
    if (!row->visit_id && asked)
        return problem_add(&request->problem, request->arena, PROBLEM_UNKNOWN_REFERENCE,
                           "/visit_id", "known", "This link shows no such visit.");
    if (!row->visit_id && strcmp(row->kind, "complaint") != 0)
        return problem_set(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                           "Nobody has been there yet: there is no visit to speak of.");
    return 0;
}

static int check_limits(struct request *request, const struct customer_response_count *before)
{
    if (before->in_all >= RESPONSES_OF_LINK_MAX)
        return problem_set(&request->problem, request->arena, PROBLEM_STATE_CONFLICT,
                           "This link was answered %d times; ask for a new one.",
                           RESPONSES_OF_LINK_MAX);
    if (before->of_hour < request->app->config->shared_responses)
        return 0;
    problem_set(&request->problem, request->arena, PROBLEM_TOO_MANY_REQUESTS,
                "This link was answered %lld times within the hour; wait.",
                (long long)before->of_hour);
    request->problem.retry_after_s = 600;
    return -1;
}

static int insert(struct request *request, void *context)
{
    struct responding *responding = context;
    struct customer_response *row = &responding->row;
    struct customer_response_count before;
    const char *taken_by;
    if (find_visit(request, responding) < 0 ||
        customer_response_count(request->db, request->arena, &row->org_id, row->link_id, &before) <
            0 ||
        customer_response_insert(request->db, request->arena, row, &taken_by) < 0 ||
        create_outcome(request, taken_by, responding->sha256, &responding->is_replay) < 0)
        return -1;
    if (!responding->is_replay && check_limits(request, &before) < 0)
        return -1;
    return customer_response_get(request->db, request->arena, &row->org_id, &row->id,
                                 &responding->json);
}

static int respond(struct request *request, const struct customer_response *given,
                   struct response *response)
{
    struct responding *responding = arena_alloc(request->arena, sizeof *responding);
    if (!responding || shared_link_open(request, 1, &responding->link) < 0)
        return -1;
    struct customer_response *row = &responding->row;
    *row = *given;
    row->org_id = responding->link.org_id;
    row->link_id = &responding->link.id;
    row->work_order_id = responding->link.work_order_id;
    row->content_sha256 = responding->sha256;
    if (!json_field_uuid(request->body.json, "id", &row->id) || digest(request, responding) < 0 ||
        transaction_run(request, &row->org_id, insert, responding) < 0 || !responding->json)
        return -1;
    return create_answer(request, responding->is_replay, responding->json, 0, response);
}

static int refuse_blank(struct request *request, const char *pointer, const char *detail)
{
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, pointer,
                       "required", "%s", detail);
}

int customer_response_rate(struct request *request, struct response *response)
{
    const json_t *body = request->body.json;
    const struct customer_response rating = {
        .kind = "rating",
        .stars = json_integer_value(json_field(body, "stars")),
        .words = json_field_text(body, "comment"),
    };
    return respond(request, &rating, response);
}

int customer_response_complain(struct request *request, struct response *response)
{
    const struct customer_response complaint = {
        .kind = "complaint",
        .words = json_field_text(request->body.json, "text"),
    };
    if (text_is_blank(complaint.words))
        return refuse_blank(request, "/text", "Say what is wrong.");
    return respond(request, &complaint, response);
}

int customer_response_decide(struct request *request, struct response *response)
{
    const json_t *body = request->body.json;
    const struct customer_response decision = {
        .kind = "decision",
        .decision = json_field_text(body, "decision"),
        .words = json_field_text(body, "reason"),
    };
    if (strcmp(decision.decision, "disputed") == 0 && text_is_blank(decision.words))
        return refuse_blank(request, "/reason", "Who disputes a visit says why.");
    return respond(request, &decision, response);
}

int customer_response_list_page(struct request *request, struct response *response)
{
    struct page page;
    struct db_rows rows;
    struct db_parameters limits = {0};
    const char *order = request_query(request, "order");
    const struct customer_response_filter filter = {
        .kind = request_query(request, "kind"),
        .visit_id = request_query(request, "visit_id"),
        .work_order_id = request_query(request, "work_order_id"),
        .from = request_query(request, "from"),
        .to = request_query(request, "to"),
        .handled = request_query(request, "handled"),
        .concern = request_query(request, "concern"),
        .by_urgency = order && strcmp(order, "urgency") == 0,
    };
    if (filter.by_urgency && filter.work_order_id)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER,
                           "query:order", "not_with_work_order",
                           "What was said about one work order is listed newest first.");
    if (page_read(request, filter.by_urgency ? "imu" : "mu", &page) < 0)
        return -1;
    page_add(&limits, request->arena, &page);
    if (customer_response_list(request->db, request->arena, &request->actor.org_id, &filter,
                               &limits, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}
