#include "server/http/reply.h"

#include "server/base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define HEAD_MAX_BYTES        ((size_t)16 * 1024)
#define TOGETHER_MAX_BYTES    ((size_t)64 * 1024) /* up to here head and body leave in one write */
#define CHUNK_BYTES           ((size_t)32 * 1024)
#define FRAME_BYTES           ((size_t)16) /* a length in hexadecimal digits, and the end of its line */
#define FRAME_END_BYTES       ((size_t)2)
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

/* HTTP/1.0 knows no chunks: there the end of the connection is the end of the body. */
static bool sends_chunks(const struct connection *connection)
{
    return strcmp(connection->head.version, "1.1") == 0;
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
    if (response->produce)
        buffer_append_text(head, sends_chunks(connection) ? "Transfer-Encoding: chunked\r\n" : "");
    else if (response->status != 204 && response->status != 304)
        buffer_printf(head, "Content-Length: %lld\r\n", (long long)body_bytes);
    buffer_append_text(head, connection->must_close ? "Connection: close\r\n\r\n"
                                                    : "Connection: keep-alive\r\n\r\n");
}

/* Small pieces are gathered, so that each chunk is worth a packet; its frame leaves with it. */
struct chunks {
    struct connection *connection;
    size_t length;
    char *bytes;
    char room[FRAME_BYTES + CHUNK_BYTES + FRAME_END_BYTES];
};

static int send_chunk(struct chunks *chunks)
{
    char frame[FRAME_BYTES + 1];
    size_t length = chunks->length;
    chunks->length = 0;
    if (length == 0)
        return 0;
    if (!sends_chunks(chunks->connection))
        return connection_write(chunks->connection, chunks->bytes, length);
    size_t frame_bytes = (size_t)snprintf(frame, sizeof frame, "%zx\r\n", length);
    char *start = chunks->bytes - frame_bytes;
    memcpy(start, frame, frame_bytes);
    memcpy(chunks->bytes + length, "\r\n", FRAME_END_BYTES);
    return connection_write(chunks->connection, start, frame_bytes + length + FRAME_END_BYTES);
}

static int take_piece(void *context, const char *bytes, size_t length)
{
    struct chunks *chunks = context;
    if (length == 0)
        return send_chunk(chunks);
    while (length > 0) {
        size_t room = CHUNK_BYTES - chunks->length;
        size_t count = length < room ? length : room;
        memcpy(chunks->bytes + chunks->length, bytes, count);
        chunks->length += count;
        bytes += count;
        length -= count;
        if (chunks->length == CHUNK_BYTES && send_chunk(chunks) < 0)
            return -1;
    }
    return 0;
}

static int send_produced(const struct request *request, struct connection *connection,
                         const struct response *response)
{
    struct chunks *chunks = arena_alloc(request->arena, sizeof *chunks);
    if (chunks) {
        chunks->connection = connection;
        chunks->bytes = chunks->room + FRAME_BYTES;
        if (response->produce(response->produce_context, take_piece, chunks) == 0 &&
            send_chunk(chunks) == 0)
            return sends_chunks(connection) ? connection_write(connection, "0\r\n\r\n", 5) : 0;
    }
    connection_close_after(connection);
    return -1;
}

int reply_send(const struct request *request, struct connection *connection,
               const struct response *response)
{
    struct buffer head;
    bool has_file = response->fd >= 0;
    if (response->produce && !sends_chunks(connection))
        connection_close_after(connection);
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
    if (response->produce)
        return connection->is_head_request ? 0 : send_produced(request, connection, response);
    if (!has_body || is_together)
        return 0;
    if (has_file)
        return connection_write_file(connection, response->fd, response->file_offset,
                                     response->file_bytes);
    return connection_write(connection, response->text, response->text_bytes);
}
