/* The head of a request, a line each: its path, its query, and headers of the names below, in turn.
 * What each of them is read by must hold whatever stands in it. */
#include "server/http/accept_encoding.h"
#include "server/http/auth.h"
#include "server/http/connection.h"
#include "server/http/query.h"
#include "server/http/request.h"
#include "server/http/route.h"
#include "server/http/router.h"
#include "server/resources/byte_range.h"
#include "server/resources/cursor.h"
#include "server/resources/link_token.h"
#include "server/resources/snapshot_text.h"
#include "server/resources/upload_protocol.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BYTES ((size_t)4 * 1024 * 1024)
#define LINES_MAX   32
#define FILE_BYTES  INT64_C(1000000)

static const char *const names[] = {
    "Host",
    "Content-Length",
    "Transfer-Encoding",
    "Range",
    "Authorization",
    "Last-Event-ID",
    "Accept-Encoding",
    "Accept-Language",
    "Tus-Resumable",
    "Upload-Length",
    "Upload-Offset",
    "Upload-Metadata",
    "Upload-Checksum",
    "Upload-Complete",
    "Upload-Draft-Interop-Version",
};

static const struct route routes[] = {
    {.method = "GET", .path = "/v1/visits"},
    {.method = "GET", .path = "/v1/visits/{visit_id}"},
    {.method = "PATCH", .path = "/v1/uploads/{upload_id}"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds)
{
    if (!holds)
        abort();
}

static void route(struct arena *arena, const struct http_head *head)
{
    const struct router *router;
    struct router_match match;
    require(router_create(arena, routes, sizeof routes / sizeof routes[0], &router) == 0);
    if (router_find(router, arena, head->method, head->target, &match) == ROUTER_FOUND)
        for (size_t i = 0; i < match.parameter_count; i++)
            require(http_text_is_clean(match.parameters[i].value, strlen(match.parameters[i].value),
                                       ""));
}

static void read_query(struct arena *arena, const char *query)
{
    struct query_parameter parameters[QUERY_PARAMETERS_MAX];
    size_t count = 0;
    if (query_parse(query, arena, parameters, &count) == 0)
        for (size_t i = 0; i < count; i++)
            require(query_find(parameters, count, parameters[i].name) != NULL);
}

/* What is given out comes back. */
static void read_cursor(struct arena *arena, const char *text)
{
    const char *keys[2], *again[2];
    const char *cursor;
    if (!text || cursor_read(arena, text, 2, keys) < 0)
        return;
    (void)snapshot_is_valid(keys[0]), (void)moment_is_valid(keys[1]);
    cursor = cursor_write(arena, keys, 2);
    require(cursor && cursor_read(arena, cursor, 2, again) == 0);
    require(strcmp(keys[0], again[0]) == 0 && strcmp(keys[1], again[1]) == 0);
}

static void read_range(const char *text)
{
    struct byte_range range;
    if (byte_range_parse(text, FILE_BYTES, &range) == BYTE_RANGE_PART)
        require(range.first >= 0 && range.length > 0 && range.first + range.length <= FILE_BYTES);
}

static void read_token(const char *text)
{
    static const uint8_t secret[AUTH_SECRET_MIN_BYTES] = {1};
    const struct auth auth = {
        .secret = secret, .secret_bytes = sizeof secret, .access_token_s = 60};
    const char *token = auth_bearer_token(text);
    struct uuid org_id;
    struct actor actor;
    uint8_t sha256[32];
    if (token) {
        require(auth_token_verify(&auth, token, 0, &actor) < 0); /* nobody guesses a MAC */
        (void)!link_token_parse(token, &org_id, sha256);
    }
}

static void read_upload(struct request *request)
{
    struct upload_metadata metadata = {0};
    struct upload_checksum checksum;
    int64_t bytes = 0;
    (void)!upload_protocol_check(request);
    if (upload_protocol_length(request, &bytes) == 0)
        require(bytes >= 0);
    if (upload_protocol_bytes(request, "Upload-Offset", &bytes) == 0)
        require(bytes >= 0);
    if (upload_protocol_metadata(request, &metadata) == 0)
        require(!metadata.sha256 || strlen(metadata.sha256) == 64);
    (void)!upload_protocol_checksum(request, &checksum);
    (void)!upload_protocol_check_end(request, bytes, FILE_BYTES);
}

static void read_head(struct arena *arena, struct connection *connection)
{
    struct http_head *head = &connection->head;
    struct request request = {.arena = arena, .connection = connection};
    const char *reason = NULL;
    if (http_head_check(head, &connection->framing, &reason) < 0) {
        require(reason != NULL);
        return;
    }
    require(connection->framing.content_length >= -1);
    route(arena, head);
    read_query(arena, head->query);
    read_cursor(arena, http_head_find(head, "Last-Event-ID"));
    read_range(http_head_find(head, "Range"));
    read_token(http_head_find(head, "Authorization"));
    int weight = accept_encoding_weight(http_head_find(head, "Accept-Encoding"), "gzip");
    require(weight >= 0 && weight <= 1000);
    (void)request_language(&request);
    read_upload(&request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct connection connection = {.head = {.method = "GET", .target = "/", .version = "1.1"}};
    char *rest = arena_copy(arena, (const char *)data, size);
    require(arena && rest);
    for (size_t i = 0; rest && i < LINES_MAX; i++) {
        const char *line = strsep(&rest, "\n");
        struct http_head *head = &connection.head;
        if (i == 0)
            head->target = line;
        else if (i == 1)
            head->query = line;
        else if (*line) /* an empty one: without this header */
            head->headers[head->header_count++] =
                (struct http_header){names[(i - 2) % (sizeof names / sizeof names[0])], line};
    }
    read_head(arena, &connection);
    arena_free(arena);
    return 0;
}
