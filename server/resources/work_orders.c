#include "server/resources/work_orders.h"

#include "server/resources/actors.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/resources/page.h"
#include "server/store/work_order.h"

#include <string.h>

int work_order_not_found(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is no such work order.");
}

static int read_key(struct request *request, struct work_order_key *ret)
{
    ret->org_id = request->actor.org_id;
    return request_uuid(request, "work_order_id", &ret->id);
}

int work_order_answer(struct request *request, const struct uuid *id, struct response *response)
{
    const struct work_order_key key = {request->actor.org_id, *id};
    const char *json;
    int64_t version;
    if (work_order_get(request->db, request->arena, &key, actor_own_only(request), &json,
                       &version) < 0)
        return -1;
    return json ? entity_answer(request, json, version, response) : work_order_not_found(request);
}

int work_order_show(struct request *request, struct response *response)
{
    struct work_order_key key;
    return read_key(request, &key) < 0 ? -1 : work_order_answer(request, &key.id, response);
}

/* A technician sees what is assigned to them, whatever they filter for. */
static bool filters_for_somebody_else(struct request *request, const char *assignee_id)
{
    struct uuid id;
    const struct uuid *own = actor_own_only(request);
    return own && assignee_id && (uuid_parse(assignee_id, &id) < 0 || !uuid_equal(&id, own));
}

static struct work_order_filter read_filter(struct request *request)
{
    const char *sort = request_query(request, "sort");
    return (struct work_order_filter){
        .state = request_query(request, "state"),
        .site_id = request_query(request, "site_id"),
        .customer_id = request_query(request, "customer_id"),
        .assignee_id = request_query(request, "assignee_id"),
        .open = request_query(request, "open"),
        .overdue = request_query(request, "overdue"),
        .unassigned = request_query(request, "unassigned"),
        .from = request_query(request, "from"),
        .to = request_query(request, "to"),
        .part = request_query(request, "q"),
        .is_as_planned = sort && strcmp(sort, "planned") == 0,
    };
}

int work_order_list_page(struct request *request, struct response *response)
{
    struct page page;
    struct db_rows rows = {0};
    struct db_parameters limits = {0};
    char own[UUID_TEXT_BYTES];
    struct work_order_filter filter = read_filter(request);
    if (page_read(request, "mu", &page) < 0)
        return -1;
    if (filters_for_somebody_else(request, filter.assignee_id))
        return page_answer(request, &page, &rows, response);
    if (actor_own_only(request)) {
        uuid_format(actor_own_only(request), own);
        filter.assignee_id = own;
    }
    page_add(&limits, request->arena, &page);
    if (work_order_list(request->db, request->arena, &request->actor.org_id, &filter, &limits,
                        &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}

static int unknown(struct request *request, const char *pointer, const char *detail)
{
    return problem_add(&request->problem, request->arena, PROBLEM_UNKNOWN_REFERENCE, pointer,
                       "known", "%s", detail);
}

/* @param site_id the site that the assets must be at: the body's, else the present one. */
static int check_references(struct request *request, const char *site_id)
{
    const json_t *body = request->body.json;
    struct work_order_references references = {.site_id = json_field_text(body, "site_id"),
                                               .assets_site_id = site_id,
                                               .template_id = json_field_text(body, "template_id")};
    struct work_order_unknown found;
    references.assignees = json_texts(request->arena, json_field(body, "assignee_ids"), NULL,
                                      &references.assignee_count);
    references.assets = json_texts(request->arena, json_field(body, "checklist"), "asset_id",
                                   &references.asset_count);
    if (!references.assignees || !references.assets ||
        work_order_check(request->db, request->arena, &request->actor.org_id, &references, &found) <
            0)
        return -1;
    if (found.site)
        return unknown(request, "/site_id", "There is no such site.");
    if (found.template)
        return unknown(request, "/template_id", "There is no such template.");
    if (found.assignees > 0)
        return unknown(request, "/assignee_ids", "Assignees are technicians who are not disabled.");
    if (found.assets > 0)
        return unknown(request, "/checklist",
                       "A checklist asks for assets of the work order's site.");
    return 0;
}

/* Assignees and checklist, where the body names them. */
static int write_parts(struct request *request, const struct work_order_key *key)
{
    const json_t *body = request->body.json;
    const json_t *assignees = json_field(body, "assignee_ids");
    const json_t *checklist = json_field(body, "checklist");
    size_t count;
    const char **ids = json_texts(request->arena, assignees, NULL, &count);
    if (!ids ||
        (assignees && work_order_set_assignees(request->db, request->arena, key, ids, count) < 0))
        return -1;
    const char *text = json_text(request->arena, checklist);
    if (!checklist)
        return 0;
    return text ? work_order_set_checklist(request->db, request->arena, key, text) : -1;
}

int work_order_complete_row(struct request *request, const json_t *present, json_t *row)
{
    int64_t starts_ms, ends_ms;
    (void)present;
    if (!json_field_text(row, "title") && !json_field_text(row, "template_id"))
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/title",
                           "required",
                           "A work order has a title, or a template that gives it one.");
    if (json_field_time_ms(row, "window_starts_at", &starts_ms) &&
        json_field_time_ms(row, "window_ends_at", &ends_ms) && ends_ms < starts_ms)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                           "/window_ends_at", "window", "The window ends before it starts.");
    return 0;
}

/* The checklist that the body names is the checklist; a template's only stands in for none. */
static int add_checklist_of_template(struct request *request, const struct work_order_key *key)
{
    const json_t *body = request->body.json;
    const char *template_id = json_field_text(body, "template_id");
    if (!template_id || json_field(body, "checklist"))
        return 0;
    return work_order_add_checklist_of_template(request->db, request->arena, key, template_id);
}

static int insert(struct request *request, const struct work_order_key *key,
                  const uint8_t content[32], bool *ret_is_replay)
{
    const json_t *body = request->body.json;
    bool has_assignees = json_array_size(json_field(body, "assignee_ids")) > 0;
    const char *state = has_assignees ? "assigned" : "new";
    const char *text = json_text(request->arena, body);
    const char *taken_by;
    if (!text || work_order_complete_row(request, NULL, (json_t *)body) < 0 ||
        check_references(request, json_field_text(body, "site_id")) < 0 ||
        work_order_insert(request->db, request->arena, key, text, state, &request->actor.user_id,
                          content, &taken_by) < 0 ||
        create_outcome(request, taken_by, content, ret_is_replay) < 0)
        return -1;
    if (*ret_is_replay)
        return 0;
    if (write_parts(request, key) < 0 || add_checklist_of_template(request, key) < 0)
        return -1;
    return work_order_created(request->db, request->arena, key, &request->actor.user_id, state);
}

int work_order_create(struct request *request, struct response *response)
{
    struct work_order_key key = {.org_id = request->actor.org_id};
    uint8_t content[32];
    bool is_replay;
    const char *json;
    int64_t version;
    if (!json_field_uuid(request->body.json, "id", &key.id) ||
        content_sha256(request, request->body.json, NULL, content) < 0 ||
        insert(request, &key, content, &is_replay) < 0 ||
        work_order_get(request->db, request->arena, &key, NULL, &json, &version) < 0)
        return -1;
    return create_answer(request, is_replay, json, version, response);
}

static bool contains_id(const json_t *ids, const char *text)
{
    struct uuid wanted, id;
    size_t i;
    const json_t *entry;
    json_array_foreach(ids, i, entry)
    {
        if (uuid_parse(text, &wanted) == 0 && uuid_parse(json_string_value(entry), &id) == 0 &&
            uuid_equal(&id, &wanted))
            return true;
    }
    return false;
}

/* Whether one of those who were assigned before still is. */
static bool keeps_somebody(const struct work_order_locked *before, const json_t *assignees)
{
    json_t *facts = json_loads(before->facts, 0, NULL);
    bool keeps = false;
    size_t i;
    const json_t *entry;
    json_array_foreach(json_field(facts, "assignee_ids"), i, entry)
    {
        keeps |= contains_id(assignees, json_string_value(entry));
    }
    json_decref(facts);
    return keeps;
}

/*
 * Assigning sends a new work order out; taking the last assignee away brings it back. What others
 * have accepted those who take their place have not.
 */
static const char *state_after_assignment(const struct work_order_locked *before,
                                          const json_t *assignees)
{
    bool is_accepted = strcmp(before->state, "accepted") == 0;
    bool is_out = is_accepted || strcmp(before->state, "assigned") == 0;
    if (json_array_size(assignees) == 0)
        return is_out ? "new" : NULL;
    if (strcmp(before->state, "new") == 0)
        return "assigned";
    return is_accepted && !keeps_somebody(before, assignees) ? "assigned" : NULL;
}

static int follow_assignment(struct request *request, const struct work_order_key *key,
                             const struct work_order_locked *before)
{
    const json_t *assignees = json_field(request->body.json, "assignee_ids");
    struct work_order_move move = {.from = before->state};
    if (!assignees)
        return 0;
    move.to = state_after_assignment(before, assignees);
    if (!move.to)
        return 0;
    return work_order_move(request->db, request->arena, key, &request->actor.user_id, &move);
}

static int change(struct request *request, const struct work_order_key *key,
                  const struct work_order_locked *before)
{
    const char *site_id = json_field_text(request->body.json, "site_id");
    const char *text = json_text(request->arena, request->body.json);
    if (!text || check_references(request, site_id ? site_id : before->site_id) < 0 ||
        work_order_update(request->db, request->arena, key, text) < 0 ||
        write_parts(request, key) < 0)
        return -1;
    if (work_order_record_change(request->db, request->arena, key, &request->actor.user_id,
                                 before->facts) < 0)
        return -1;
    return follow_assignment(request, key, before);
}

/* The work order that the path names, locked until the transaction ends. */
static int lock(struct request *request, struct work_order_key *ret_key,
                struct work_order_locked *ret)
{
    if (read_key(request, ret_key) < 0 ||
        work_order_lock(request->db, request->arena, ret_key, NULL, ret) < 0)
        return -1;
    return ret->is_known ? 0 : work_order_not_found(request);
}

int work_order_change(struct request *request, struct response *response)
{
    struct work_order_key key;
    struct work_order_locked before;
    if (lock(request, &key, &before) < 0 || entity_check_match(request, before.version) < 0 ||
        change(request, &key, &before) < 0)
        return -1;
    return work_order_answer(request, &key.id, response);
}

int work_order_remove(struct request *request, struct response *response)
{
    struct work_order_key key;
    struct work_order_locked before;
    if (lock(request, &key, &before) < 0)
        return -1;
    if (strcmp(before.state, "new") != 0)
        return problem_set(&request->problem, request->arena, PROBLEM_REFERENCED,
                           "Only a new work order can be deleted, and this one is %s; cancel it "
                           "instead.",
                           sentence_in(request->problem.language, before.state));
    response->status = 204;
    return work_order_delete(request->db, request->arena, &key);
}

int work_order_history_page(struct request *request, struct response *response)
{
    struct work_order_key key;
    struct page page;
    struct db_rows rows;
    struct db_parameters parameters = {0};
    const char *json;
    int64_t version;
    if (read_key(request, &key) < 0 || page_read(request, "mu", &page) < 0 ||
        work_order_get(request->db, request->arena, &key, actor_own_only(request), &json,
                       &version) < 0)
        return -1;
    if (!json)
        return work_order_not_found(request);
    work_order_history_parameters(&parameters, request->arena, &key);
    page_add(&parameters, request->arena, &page);
    if (work_order_history(request->db, &parameters, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}
