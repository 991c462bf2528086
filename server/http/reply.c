#include "server/http/reply.h"

#include "server/base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define HEAD_MAX_BYTES        ((size_t)16 * 1024)
#define TOGETHER_MAX_BYTES    ((size_t)64 * 1024) /* up to here head and body leave in one write */
#define DEFAULT_RETRY_AFTER_S 5

static json_t *errors_of(const struct problem *problem)
{
    json_t *list = json_array();
    for (size_t i = 0; i < problem->error_count; i++) {
        const struct problem_error *error = &problem->errors[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "pointer", error->pointer, "rule",
                                              error->rule, "detail", error->detail));
    }
    return list;
}

static char *dump_problem(const struct request *request, const struct problem_info *info)
{
    const struct problem *problem = &request->problem;
    char type[96];
    snprintf(type, sizeof type, "/problems/%s", info->code);
    json_t *json = json_pack("{s:s, s:s, s:i, s:s, s:s, s:b, s:s, s:o, s:s?}", "type", type,
                             "title", info->title, "status", info->status, "detail",
                             problem->detail ? problem->detail : info->title, "code", info->code,
                             "retryable", (int)info->retryable, "request_id", request->id, "errors",
                             errors_of(problem), "reason_code", problem->reason_code);
    char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
    json_decref(json);
    return text;
}

static void release_text(void *text)
{
    free(text);
}

int reply_retry_after_s(const struct problem *problem)
{
    if (problem->retry_after_s)
        return problem->retry_after_s;
    return problem_info(problem->type)->retryable ? DEFAULT_RETRY_AFTER_S : 0;
}

void reply_from_problem(struct request *request, struct response *response)
{
    static const char fallback[] =
        "{\"type\":\"/problems/internal\",\"title\":\"The server failed\",\"status\":500,"
        "\"detail\":\"The server failed.\",\"code\":\"internal\",\"retryable\":true,"
        "\"request_id\":\"\",\"errors\":[],\"reason_code\":null}";
    const struct problem_info *info = problem_info(request->problem.type);
    *response = (struct response){
        .status = info->status, .content_type = "application/problem+json", .fd = -1};
    char *text = dump_problem(request, info);
    if (text && arena_defer(request->arena, release_text, text))
        text = NULL;
    response->text = text ? text : fallback;
    response->text_bytes = strlen(response->text);
    if (!text)
        response->status = 500;
    int retry_after_s = reply_retry_after_s(&request->problem);
    const char *value = retry_after_s ? arena_printf(request->arena, "%d", retry_after_s) : NULL;
    if (value)
        response_header(response, "Retry-After", value);
    if (request->problem.allow)
        response_header(response, "Allow", request->problem.allow);
    if (info->status == 401)
        response_header(response, "WWW-Authenticate", "Bearer");
}

static const char *reason_phrase(int status)
{
    static const struct {
        int status;
        const char *phrase;
    } phrases[] = {
        {200, "OK"},
        {201, "Created"},
        {204, "No Content"},
        {206, "Partial Content"},
        {302, "Found"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {422, "Unprocessable Content"},
        {423, "Locked"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {460, "Checksum Mismatch"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
        {507, "Insufficient Storage"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(phrases); i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return "Answer";
}

static void add_date(struct buffer *head)
{
    char text[64];
    struct tm utc;
    time_t now = time(NULL);
    gmtime_r(&now, &utc);
    strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    buffer_printf(head, "Date: %s\r\n", text);
}

static bool sets_header(const struct response *response, const char *name)
{
    for (size_t i = 0; i < response->header_count; i++)
        if (strcasecmp(response->headers[i].name, name) == 0)
            return true;
    return false;
}

static void add_default(struct buffer *head, const struct response *response, const char *name,
                        const char *value)
{
    if (!sets_header(response, name))
        buffer_printf(head, "%s: %s\r\n", name, value);
}

static void write_head(const struct request *request, const struct connection *connection,
                       const struct response *response, int64_t body_bytes, struct buffer *head)
{
    buffer_printf(head, "HTTP/1.1 %d %s\r\n", response->status, reason_phrase(response->status));
    add_date(head);
    buffer_printf(head, "X-Request-Id: %s\r\n", request->id);
    for (size_t i = 0; i < response->header_count; i++)
        if (!strpbrk(response->headers[i].value, "\r\n"))
            buffer_printf(head, "%s: %s\r\n", response->headers[i].name,
                          response->headers[i].value);
    add_default(head, response, "X-Content-Type-Options", "nosniff");
    add_default(head, response, "Cache-Control", "no-store");
    add_default(head, response, "Content-Security-Policy",
                "default-src 'none'; frame-ancestors 'none'");
    add_default(head, response, "Referrer-Policy", "no-referrer");
    if (response->content_type && response->status != 204 && response->status != 304)
        buffer_printf(head, "Content-Type: %s\r\n", response->content_type);
    if (response->status != 204 && response->status != 304)
        buffer_printf(head, "Content-Length: %lld\r\n", (long long)body_bytes);
    buffer_append_text(head, connection->must_close ? "Connection: close\r\n\r\n"
                                                    : "Connection: keep-alive\r\n\r\n");
}

int reply_send(const struct request *request, struct connection *connection,
               const struct response *response)
{
    struct buffer head;
    bool has_file = response->fd >= 0;
    int64_t body_bytes = has_file ? response->file_bytes : (int64_t)response->text_bytes;
    bool has_body = !connection->is_head_request && body_bytes > 0 && response->status != 204 &&
                    response->status != 304;
    buffer_init(&head, request->arena, HEAD_MAX_BYTES + TOGETHER_MAX_BYTES);
    write_head(request, connection, response, body_bytes, &head);
    bool is_together = has_body && !has_file && response->text_bytes <= TOGETHER_MAX_BYTES;
    if (is_together)
        buffer_append(&head, response->text, response->text_bytes);
    if (head.failed) {
        connection_close_after(connection);
        return -1;
    }
    if (connection_write(connection, head.text, head.length))
        return -1;
    if (!has_body || is_together)
        return 0;
    if (has_file)
        return connection_write_file(connection, response->fd, response->file_offset,
                                     response->file_bytes);
    return connection_write(connection, response->text, response->text_bytes);
}
