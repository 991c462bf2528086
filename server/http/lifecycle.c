#include "server/http/lifecycle.h"

#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/http/compress.h"
#include "server/http/contract.h"
#include "server/http/dispatch.h"
#include "server/http/reply.h"

#include <arpa/inet.h>
#include <string.h>
#include <unistd.h>

/** One request on its way through the edge. */
struct exchange {
    struct edge *edge;
    struct connection *connection;
    struct request request;
    struct response response;
    const struct contract_operation *operation;
    size_t route_index; /* (size_t)-1: none */
    int64_t started_us;
};

static int refuse(struct exchange *exchange, enum problem_type type, const char *detail)
{
    return problem_set(&exchange->request.problem, exchange->request.arena, type, "%s", detail);
}

static bool is_address(const char *text)
{
    struct in6_addr address;
    return inet_pton(AF_INET, text, &address) == 1 || inet_pton(AF_INET6, text, &address) == 1;
}

/* The last address in X-Forwarded-For is the one our own proxy saw; what a client wrote stands
 * before it. From anybody else the header says nothing. */
static const char *client_address(const struct exchange *exchange)
{
    const char *peer = exchange->connection->peer_address;
    const char *proxy = exchange->edge->config.trusted_proxy;
    const char *forwarded = http_head_find(&exchange->connection->head, "X-Forwarded-For");
    if (!proxy || !forwarded || strcmp(proxy, peer) != 0)
        return peer;
    const char *comma = strrchr(forwarded, ',');
    const char *last = comma ? comma + 1 : forwarded;
    last += strspn(last, " \t");
    return is_address(last) ? last : peer;
}

static struct exchange *open_exchange(struct edge *edge, struct arena *arena,
                                      struct connection *connection)
{
    struct exchange *exchange = arena_alloc(arena, sizeof *exchange);
    struct uuid id;
    if (!exchange)
        return NULL;
    exchange->edge = edge;
    exchange->connection = connection;
    exchange->route_index = (size_t)-1;
    exchange->started_us = clock_monotonic_us();
    exchange->response = (struct response){.status = 200, .fd = -1};
    struct request *request = &exchange->request;
    request->app = edge->parts.app;
    request->arena = arena;
    request->received_at_ms = clock_now_ms();
    request->method = connection->head.method;
    request->path = connection->head.target;
    request->query = connection->head.query;
    request->connection = connection;
    request->problem.language = request_language_asked(request);
    request->address = client_address(exchange);
    if (uuid_random(&id) == 0)
        uuid_format(&id, request->id);
    metrics_request_began(edge->parts.dispatcher->metrics);
    return exchange;
}

static int check_head(struct exchange *exchange)
{
    const char *reason;
    struct connection *connection = exchange->connection;
    /* civetweb drops what is past its ceiling, a second Content-Length for example. */
    if (connection->head.header_count == HTTP_HEADERS_MAX) {
        connection_close_after(connection);
        return refuse(exchange, PROBLEM_HEADERS_TOO_LARGE, "A request may have 63 header lines.");
    }
    if (http_head_check(&connection->head, &connection->framing, &reason)) {
        connection_close_after(connection);
        return refuse(exchange, PROBLEM_MALFORMED_REQUEST, reason);
    }
    if (atomic_load(&exchange->edge->drains)) {
        connection_close_after(connection);
        return refuse(exchange, PROBLEM_UNAVAILABLE, "The server is stopping.");
    }
    return 0;
}

static int find_route(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    const struct edge_parts *parts = &exchange->edge->parts;
    struct router_match match = {.route = NULL};
    if (parts->hooks.method)
        request->method = parts->hooks.method(request);
    switch (router_find(exchange->edge->router, request->arena, request->method, request->path,
                        &match)) {
    case ROUTER_BAD_PATH:
        connection_close_after(exchange->connection);
        return refuse(exchange, PROBLEM_MALFORMED_REQUEST,
                      "The path has a segment that is not allowed.");
    case ROUTER_NO_PATH:
        return refuse(exchange, PROBLEM_NOT_FOUND, "There is nothing at this path.");
    case ROUTER_NO_METHOD:
        request->problem.allow = match.allow;
        return problem_set(&request->problem, request->arena, PROBLEM_METHOD_NOT_ALLOWED,
                           "Here you can use: %s.", match.allow);
    case ROUTER_FOUND:
        break;
    }
    request->route = match.route;
    request->parameter_count = match.parameter_count;
    memcpy(request->parameters, match.parameters, sizeof request->parameters);
    exchange->route_index = (size_t)(match.route - parts->dispatcher->routes);
    exchange->operation = contract_operation(parts->dispatcher->contract, exchange->route_index);
    return 0;
}

/* Whose token it is. Whether the session still lives only the database knows: see authorise(). */
static int authenticate(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    const struct auth *auth = exchange->edge->parts.auth;
    if (!request->route->roles)
        return 0;
    const char *token = auth_bearer_token(request_header(request, "Authorization"));
    if (!token)
        return refuse(exchange, PROBLEM_UNAUTHENTICATED,
                      "Send an access token as Authorization: Bearer.");
    if (auth_token_is_operator(auth, token)) {
        request->actor = (struct actor){.is_known = true, .role = ROLE_OPERATOR};
        return request->route->roles & ROLE_OPERATOR
                   ? 0
                   : refuse(exchange, PROBLEM_FORBIDDEN, "The operator key may not do this.");
    }
    if (auth_token_verify(auth, token, request->received_at_ms, &request->actor))
        return refuse(exchange, PROBLEM_UNAUTHENTICATED,
                      "The access token is not valid, or no longer.");
    return request->route->roles == ROLE_OPERATOR
               ? refuse(exchange, PROBLEM_FORBIDDEN, "Only the operator of the server may do this.")
               : 0;
}

static int handle(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    const struct route *route = request->route;
    if (contract_check_query(exchange->operation, request))
        return -1;
    bool asks_apart = route->transaction == TRANSACTION_NONE || body_has_files(request);
    if (asks_apart && dispatch_authorise(exchange->edge->parts.dispatcher, request))
        return -1;
    const struct body_source source = {exchange->connection,
                                       exchange->operation,
                                       &exchange->edge->parts.staging,
                                       exchange->edge->sha256,
                                       exchange->edge->config.file_ceiling_bytes,
                                       exchange->edge->config.file_count_ceiling};
    if (body_check(request, &exchange->connection->framing))
        return -1;
    bool prepares_body = route->body == BODY_UPLOAD;
    if (prepares_body && route->prepare(request, &exchange->response))
        return -1;
    int64_t began_us = clock_monotonic_us();
    if (body_receive(request, &source))
        return -1;
    if (request->body.file_count > 0)
        metrics_stage(exchange->edge->parts.dispatcher->metrics, METRICS_STAGE_RECEIVE,
                      clock_monotonic_us() - began_us);
    return dispatch_run(exchange->edge->parts.dispatcher, request, &exchange->response);
}

static void log_request(const struct exchange *exchange, int64_t duration_us)
{
    const struct request *request = &exchange->request;
    char org_text[UUID_TEXT_BYTES] = "", user_text[UUID_TEXT_BYTES] = "";
    const char *org = org_text, *user = user_text;
    if (request->actor.is_known && request->actor.role != ROLE_OPERATOR) {
        uuid_format(&request->actor.org_id, org_text);
        uuid_format(&request->actor.user_id, user_text);
    }
    const struct problem *problem = &request->problem;
    const char *id = request->id;
    LOG(exchange->response.status >= 500 ? LOG_WARNING : LOG_INFO, "request",
        LOG_TEXT("request_id", id), LOG_TEXT("method", request->method),
        LOG_TEXT("route", request->route ? request->route->path : ""),
        LOG_NUMBER("status", exchange->response.status),
        LOG_TEXT("problem", problem->is_set ? problem_info(problem->type)->code : ""),
        LOG_NUMBER("duration_us", duration_us),
        LOG_NUMBER("bytes_in", exchange->connection->body_read_bytes),
        LOG_NUMBER("bytes_out", exchange->connection->sent_bytes), LOG_TEXT("org", org),
        LOG_TEXT("user", user));
}

static void send_reply(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    struct connection *connection = exchange->connection;
    const struct http_framing *framing = &connection->framing;
    bool has_rest = framing->is_chunked || framing->content_length > connection->body_read_bytes;
    if (has_rest)
        connection_close_after(connection);
    int failed = reply_send(request, connection, &exchange->response);
    /* A client that waits for "100 Continue" sends nothing after a refusal. */
    if (has_rest && !failed && !framing->expects_continue)
        connection_drain(connection);
}

static void close_exchange(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    struct metrics *metrics = exchange->edge->parts.dispatcher->metrics;
    /* A file that was opened before the commit failed is not sent, and closed all the same. */
    int file_fd = exchange->response.fd;
    if (request->problem.is_set) {
        reply_from_problem(request, &exchange->response);
        metrics_count(metrics, METRICS_REQUEST_REFUSALS, problem_info(request->problem.type)->code,
                      1);
    }
    if (!request->problem.is_set && response_is_replay(&exchange->response))
        metrics_count(metrics, METRICS_REPLAYS, request->route->operation_id, 1);
    const struct edge_hooks *hooks = &exchange->edge->parts.hooks;
    if (hooks->decorate)
        hooks->decorate(request, &exchange->response);
    compress_response(request, &exchange->response);
    send_reply(exchange);
    if (file_fd >= 0)
        close(file_fd);
    int64_t duration_us = clock_monotonic_us() - exchange->started_us;
    log_request(exchange, duration_us);
    metrics_request_ended(metrics, exchange->route_index, exchange->response.status, duration_us);
}

int lifecycle_run(struct edge *edge, struct arena *arena, struct connection *connection)
{
    struct exchange *exchange = open_exchange(edge, arena, connection);
    if (!exchange)
        return -1;
    struct request *request = &exchange->request;
    int result =
        check_head(exchange) || find_route(exchange) || authenticate(exchange) || handle(exchange);
    if (result && !request->problem.is_set)
        refuse(exchange, PROBLEM_INTERNAL, "The server failed to answer this request.");
    close_exchange(exchange);
    return exchange->response.status;
}

void lifecycle_refuse(struct edge *edge, struct arena *arena, struct connection *connection,
                      int status)
{
    struct exchange *exchange = open_exchange(edge, arena, connection);
    if (!exchange)
        return;
    connection_close_after(connection);
    connection->framing = (struct http_framing){.content_length = -1};
    if (status >= 500 && status != 501 && status != 505)
        refuse(exchange, PROBLEM_INTERNAL, "The server failed to answer this request.");
    else if (status == 413 || status == 431)
        refuse(exchange, PROBLEM_HEADERS_TOO_LARGE,
               "The head of the request is longer than 16 KB.");
    else
        refuse(exchange, PROBLEM_MALFORMED_REQUEST,
               "The head of the request cannot be read, did not arrive in time, or is longer than "
               "16 KB.");
    close_exchange(exchange);
}
