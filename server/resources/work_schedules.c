#include "server/resources/work_schedules.h"

#include "server/app.h"
#include "server/config.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/resources/like_pattern.h"
#include "server/resources/page.h"
#include "server/store/master_data.h"
#include "server/store/work_schedule.h"

#include <string.h>

static int not_found(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is no such recurring work.");
}

static int refuse(struct request *request, const char *pointer, const char *rule,
                  const char *sentence)
{
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, pointer, rule,
                       "%s", sentence);
}

static int unknown(struct request *request, const char *pointer, const char *sentence)
{
    return problem_add(&request->problem, request->arena, PROBLEM_UNKNOWN_REFERENCE, pointer,
                       "known", "%s", sentence);
}

int work_schedule_check_references(struct request *request)
{
    const json_t *body = request->body.json;
    struct work_schedule_references references = {.template_id =
                                                      json_field_text(body, "template_id")};
    struct work_schedule_unknown found;
    references.sites =
        json_texts(request->arena, json_field(body, "site_ids"), NULL, &references.site_count);
    references.assignees = json_texts(request->arena, json_field(body, "assignee_ids"), NULL,
                                      &references.assignee_count);
    if (!references.sites || !references.assignees ||
        work_schedule_check(request->db, request->arena, &request->actor.org_id, &references,
                            &found) < 0)
        return -1;
    if (found.template)
        return unknown(request, "/template_id", "There is no such template.");
    if (found.sites > 0)
        return unknown(request, "/site_ids", "One of these sites is not known.");
    if (found.assignees > 0)
        return unknown(request, "/assignee_ids", "Assignees are technicians who are not disabled.");
    return 0;
}

/* A week has days of the week, a month has a day of the month, and neither has the other's. */
static int check_rule(struct request *request, const json_t *rule)
{
    const char *frequency = json_field_text(rule, "frequency");
    bool has_weekdays = json_field(rule, "weekdays"), has_month_day = json_field(rule, "month_day");
    if (!frequency)
        return 0;
    bool is_weekly = strcmp(frequency, "weekly") == 0,
         is_monthly = strcmp(frequency, "monthly") == 0;
    if (is_weekly && !has_weekdays)
        return refuse(request, "/rule/weekdays", "required", "A weekly rule names its weekdays.");
    if (!is_weekly && has_weekdays)
        return refuse(request, "/rule/weekdays", "weekly_only", "Only a weekly rule has weekdays.");
    if (is_monthly && !has_month_day)
        return refuse(request, "/rule/month_day", "required",
                      "A monthly rule names a day of the month.");
    if (!is_monthly && has_month_day)
        return refuse(request, "/rule/month_day", "monthly_only",
                      "Only a monthly rule has a day of the month.");
    return 0;
}

/* Dates are compared as texts: they are all as long, the year first. */
static int check_span(struct request *request, const char *starts_on, const char *ends_on)
{
    if (!starts_on || !ends_on || strcmp(ends_on, starts_on) >= 0)
        return 0;
    return refuse(request, "/ends_on", "minimum", "It ends before it starts.");
}

static int check_body(struct request *request)
{
    const json_t *body = request->body.json;
    if (check_rule(request, json_field(body, "rule")) < 0 ||
        check_span(request, json_field_text(body, "starts_on"), json_field_text(body, "ends_on")) <
            0)
        return -1;
    return work_schedule_check_references(request);
}

static int make_orders(struct request *request, const struct work_schedule_key *key)
{
    int64_t made;
    return work_schedule_make(request->db, request->arena, key, request->app->config->schedule_days,
                              NULL, &made);
}

static int set_sites(struct request *request, const struct work_schedule_key *key)
{
    const json_t *list = json_field(request->body.json, "site_ids");
    size_t count;
    const char **sites = json_texts(request->arena, list, NULL, &count);
    if (!list)
        return 0;
    return sites ? work_schedule_set_sites(request->db, request->arena, key, sites, count) : -1;
}

static int insert(struct request *request, const struct work_schedule_key *key,
                  const uint8_t content[32], bool *ret_is_replay)
{
    const char *text = json_text(request->arena, request->body.json);
    const char *taken_by;
    if (!text || check_body(request) < 0 ||
        work_schedule_insert(request->db, request->arena, key, text, &request->actor.user_id,
                             content, &taken_by) < 0 ||
        create_outcome(request, taken_by, content, ret_is_replay) < 0)
        return -1;
    if (*ret_is_replay)
        return 0;
    return set_sites(request, key) < 0 ? -1 : make_orders(request, key);
}

int work_schedule_create(struct request *request, struct response *response)
{
    struct work_schedule_key key = {.org_id = request->actor.org_id};
    uint8_t content[32];
    bool is_replay;
    const char *json;
    int64_t version;
    if (!json_field_uuid(request->body.json, "id", &key.id) ||
        content_sha256(request, request->body.json, NULL, content) < 0 ||
        insert(request, &key, content, &is_replay) < 0 ||
        work_schedule_get(request->db, request->arena, &key, &json, &version) < 0)
        return -1;
    return create_answer(request, is_replay, json, version, response);
}

static int read_key(struct request *request, struct work_schedule_key *ret)
{
    ret->org_id = request->actor.org_id;
    return request_uuid(request, "schedule_id", &ret->id);
}

int work_schedule_show(struct request *request, struct response *response)
{
    struct work_schedule_key key;
    const char *json;
    int64_t version;
    if (read_key(request, &key) < 0 ||
        work_schedule_get(request->db, request->arena, &key, &json, &version) < 0)
        return -1;
    if (!json)
        return not_found(request);
    /* Never "not modified": the next dates change with the day, and the version does not. */
    const char *tag = arena_printf(request->arena, "\"%lld\"", (long long)version);
    if (!tag)
        return -1;
    response_header(response, "ETag", tag);
    response_json(response, 200, json);
    return 0;
}

/* The first and the last day as they will be. */
static int check_new_span(struct request *request, const struct work_schedule_locked *before)
{
    const json_t *body = request->body.json;
    json_t *span = json_loads(before->span, 0, NULL);
    int result = span ? json_object_update((json_t *)span, (json_t *)body) : -1;
    if (result == 0)
        result = check_span(request, json_field_text(span, "starts_on"),
                            json_field_text(span, "ends_on"));
    json_decref(span);
    return result;
}

static int change(struct request *request, const struct work_schedule_key *key,
                  const struct work_schedule_locked *before)
{
    const char *text = json_text(request->arena, request->body.json);
    if (!text || check_body(request) < 0 || check_new_span(request, before) < 0 ||
        work_schedule_change(request->db, request->arena, key, text) < 0 ||
        set_sites(request, key) < 0)
        return -1;
    return make_orders(request, key);
}

int work_schedule_alter(struct request *request, struct response *response)
{
    struct work_schedule_key key;
    struct work_schedule_locked before;
    const char *json;
    int64_t version;
    if (read_key(request, &key) < 0 ||
        work_schedule_lock(request->db, request->arena, &key, &before) < 0)
        return -1;
    if (!before.is_known)
        return not_found(request);
    if (entity_check_match(request, before.version) < 0 || change(request, &key, &before) < 0 ||
        work_schedule_get(request->db, request->arena, &key, &json, &version) < 0)
        return -1;
    return entity_answer(request, json, version, response);
}

int work_schedule_list_page(struct request *request, struct response *response)
{
    struct page page;
    struct db_parameters limits = {0};
    struct db_rows rows;
    if (page_read(request, "tu", &page) < 0)
        return -1;
    page_add(&limits, request->arena, &page);
    if (work_schedule_list(request->db, request->arena, &request->actor.org_id,
                           like_pattern_containing(request->arena, request_query(request, "q")),
                           &limits, &rows) < 0)
        return -1;
    return page_answer(request, &page, &rows, response);
}

int work_schedule_preview_dates(struct request *request, struct response *response)
{
    const json_t *body = request->body.json;
    const char *text = json_text(request->arena, body);
    const char *time_zone = json_field_text(body, "time_zone");
    const char *json;
    bool is_known = false;
    if (!text || check_body(request) < 0 ||
        time_zone_is_known(request->db, time_zone, &is_known) < 0)
        return -1;
    if (!is_known)
        return refuse(request, "/time_zone", "time_zone",
                      "The IANA database knows no such time zone.");
    if (work_schedule_preview(request->db, text, time_zone, &json) < 0)
        return -1;
    response_json(response, 200, json);
    return 0;
}
