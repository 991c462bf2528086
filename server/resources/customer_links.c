#include "server/resources/customer_links.h"

#include "server/app.h"
#include "server/base/hex.h"
#include "server/config.h"
#include "server/resources/actors.h"
#include "server/resources/content.h"
#include "server/resources/create.h"
#include "server/resources/customer_page.h"
#include "server/resources/json_fields.h"
#include "server/resources/link_token.h"
#include "server/store/customer_link.h"

#include <string.h>

#define LIST_BYTES_MAX ((size_t)1024 * 1024)

static int not_found(struct request *request, const char *what)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND, "There is no such %s.",
                       what);
}

static int check_subject(struct request *request, const struct customer_link_subject *subject)
{
    bool exists;
    if (customer_link_subject_exists(request->db, request->arena, &request->actor.org_id, subject,
                                     actor_own_only(request), &exists) < 0)
        return -1;
    return exists ? 0 : not_found(request, subject->visit_id ? "visit" : "work order");
}

/* Quoted JSON; "null" for a link whose token was made with a secret that the server no longer has.
 */
static const char *url_of(struct request *request, const struct uuid *id, const char *kept_sha256)
{
    char token[LINK_TOKEN_TEXT_BYTES], digits[65];
    uint8_t sha256[32];
    const char *base = request->app->config->public_url;
    link_token_make(request->app->auth, LINK_TOKEN_OF_CUSTOMER, &request->actor.org_id, id, token,
                    sha256);
    hex_encode(sha256, sizeof sha256, digits);
    if (strcmp(digits, kept_sha256) != 0)
        return "null";
    return arena_printf(request->arena, "\"%s/c/%s\"", base ? base : "", token);
}

/* A row's JSON with the link's address as its first member; NULL when the arena is exhausted. */
static const char *with_url(struct request *request, const struct db_rows *rows, int row)
{
    struct uuid id;
    if (uuid_parse(db_value(rows, row, 0), &id) < 0)
        return NULL;
    const char *url = url_of(request, &id, db_value(rows, row, 2));
    const char *members = strchr(db_value(rows, row, 1), '{');
    return url && members ? arena_printf(request->arena, "{\"url\" : %s, %s", url, members + 1)
                          : NULL;
}

static int read_link(struct request *request, const struct uuid *id, struct db_rows *ret)
{
    if (customer_link_get(request->db, request->arena, &request->actor.org_id, id,
                          actor_own_only(request), ret) < 0)
        return -1;
    return ret->count > 0 ? 0 : not_found(request, "link");
}

/* The same link shows the same thing for as long; who asks for it once more does not matter. */
static int digest(struct request *request, const struct customer_link_subject *subject,
                  uint8_t ret_sha256[32])
{
    char id[UUID_TEXT_BYTES];
    const json_t *days = json_field(request->body.json, "days");
    uuid_format(subject->visit_id ? subject->visit_id : subject->work_order_id, id);
    json_t *content = json_pack("{s:s}", subject->visit_id ? "visit_id" : "work_order_id", id);
    if (!content)
        return -1;
    int result = -1;
    if (!days || json_object_set(content, "days", (json_t *)days) == 0)
        result = content_sha256(request, content, NULL, ret_sha256);
    json_decref(content);
    return result;
}

static int create(struct request *request, const struct customer_link_subject *subject,
                  struct response *response)
{
    char token[LINK_TOKEN_TEXT_BYTES];
    uint8_t token_sha256[32], sha256[32];
    const char *taken_by, *json;
    bool is_replay;
    struct db_rows rows;
    struct customer_link_row row = {
        .org_id = request->actor.org_id,
        .subject = *subject,
        .token_sha256 = token_sha256,
        .created_by = &request->actor.user_id,
        .content_sha256 = sha256,
        .asked_days = (int)json_integer_value(json_field(request->body.json, "days")),
        .life_days = CUSTOMER_PAGE_LINK_DAYS,
    };
    if (!json_field_uuid(request->body.json, "id", &row.id) ||
        check_subject(request, subject) < 0 || digest(request, subject, sha256) < 0)
        return -1;
    link_token_make(request->app->auth, LINK_TOKEN_OF_CUSTOMER, &row.org_id, &row.id, token,
                    token_sha256);
    if (customer_link_insert(request->db, request->arena, &row, &taken_by) < 0 ||
        create_outcome(request, taken_by, sha256, &is_replay) < 0 ||
        read_link(request, &row.id, &rows) < 0)
        return -1;
    json = with_url(request, &rows, 0);
    response->holds_secret = true;
    return json ? create_answer(request, is_replay, json, 0, response) : -1;
}

int customer_link_append_all(struct request *request, const struct db_rows *rows,
                             struct buffer *buffer)
{
    for (int row = 0; row < rows->count; row++) {
        const char *json = with_url(request, rows, row);
        if (!json)
            return -1;
        buffer_append_text(buffer, row > 0 ? "," : "");
        buffer_append_text(buffer, json);
    }
    return 0;
}

static int list(struct request *request, const struct customer_link_subject *subject,
                struct response *response)
{
    struct db_rows rows;
    struct buffer buffer;
    if (check_subject(request, subject) < 0 ||
        customer_link_list(request->db, request->arena, &request->actor.org_id, subject, &rows) < 0)
        return -1;
    buffer_init(&buffer, request->arena, LIST_BYTES_MAX);
    buffer_append_text(&buffer, "{\"items\":[");
    if (customer_link_append_all(request, &rows, &buffer) < 0)
        return -1;
    buffer_append_text(&buffer, "]}");
    if (buffer.failed)
        return -1;
    response_json(response, 200, buffer.text);
    response->holds_secret = true;
    return 0;
}

int customer_link_create_for_visit(struct request *request, struct response *response)
{
    struct uuid id;
    if (request_uuid(request, "visit_id", &id) < 0)
        return -1;
    return create(request, &(struct customer_link_subject){.visit_id = &id}, response);
}

int customer_link_create_for_work_order(struct request *request, struct response *response)
{
    struct uuid id;
    if (request_uuid(request, "work_order_id", &id) < 0)
        return -1;
    return create(request, &(struct customer_link_subject){.work_order_id = &id}, response);
}

int customer_link_list_of_visit(struct request *request, struct response *response)
{
    struct uuid id;
    if (request_uuid(request, "visit_id", &id) < 0)
        return -1;
    return list(request, &(struct customer_link_subject){.visit_id = &id}, response);
}

int customer_link_list_of_work_order(struct request *request, struct response *response)
{
    struct uuid id;
    if (request_uuid(request, "work_order_id", &id) < 0)
        return -1;
    return list(request, &(struct customer_link_subject){.work_order_id = &id}, response);
}

int customer_link_remove(struct request *request, struct response *response)
{
    struct uuid id;
    struct db_rows rows;
    if (request_uuid(request, "link_id", &id) < 0 || read_link(request, &id, &rows) < 0)
        return -1;
    response->status = 204;
    return customer_link_revoke(request->db, request->arena, &request->actor.org_id, &id,
                                &request->actor.user_id);
}
