#include "server/http/edge.h"

#include "server/base/log.h"
#include "server/http/lifecycle.h"
#include "server/http/sockets.h"

#include <civetweb.h>
#include <openssl/evp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EDGE_ARENA_BYTES ((size_t)1024 * 1024)
#define OPTIONS_MAX      48
#define PORTS_MAX        8

static struct edge *edge_of(const struct mg_connection *civetweb)
{
    return mg_get_user_data(mg_get_context(civetweb));
}

/* Answers every request, so that civetweb's own file serving is never reached. */
static int begin_request(struct mg_connection *civetweb)
{
    struct edge *edge = edge_of(civetweb);
    struct arena *arena = arena_create((size_t)edge->config.arena_ceiling_bytes);
    struct connection *connection = arena ? arena_alloc(arena, sizeof *connection) : NULL;
    int status = -1;
    if (connection) {
        connection_open(connection, civetweb, edge->watch);
        status = lifecycle_run(edge, arena, connection);
    }
    arena_free(arena);
    if (status < 0)
        mg_disable_connection_keep_alive(civetweb);
    return status < 0 ? 500 : status;
}

static int http_error(struct mg_connection *civetweb, int status, const char *message)
{
    (void)message;
    struct edge *edge = edge_of(civetweb);
    struct arena *arena = arena_create((size_t)edge->config.arena_ceiling_bytes);
    struct connection *connection = arena ? arena_alloc(arena, sizeof *connection) : NULL;
    if (connection) {
        connection_open(connection, civetweb, edge->watch);
        lifecycle_refuse(edge, arena, connection, status);
    }
    arena_free(arena);
    return 0;
}

static int log_message(const struct mg_connection *civetweb, const char *message)
{
    /* While starting, the sentence that edge_start gives says it all. */
    const struct mg_context *context = civetweb ? mg_get_context(civetweb) : NULL;
    const struct edge *edge = context ? mg_get_user_data(context) : NULL;
    if (edge && !atomic_load(&edge->is_up))
        return 1;
    LOG(LOG_WARNING, "http", LOG_TEXT("message", message));
    return 1;
}

/** Options of civetweb as pairs, and the texts of the numbers among them. */
struct options {
    size_t count;
    const char *pairs[OPTIONS_MAX];
    char numbers[8][16];
    size_t number_count;
};

static void add_option(struct options *options, const char *name, const char *value)
{
    options->pairs[options->count++] = name;
    options->pairs[options->count++] = value;
}

static void add_number(struct options *options, const char *name, int value)
{
    char *text = options->numbers[options->number_count++];
    snprintf(text, sizeof options->numbers[0], "%d", value);
    add_option(options, name, text);
}

static void fill_options(const struct edge_config *config, struct options *options)
{
    add_option(options, "listening_ports", config->listen);
    add_number(options, "num_threads", config->threads);
    add_number(options, "request_timeout_ms", config->head_timeout_ms);
    add_number(options, "keep_alive_timeout_ms", config->keep_alive_ms);
    add_option(options, "enable_keep_alive", "yes");
    add_option(options, "tcp_nodelay", "1");
    add_option(options, "max_request_size", "16384");
    add_option(options, "connection_queue", "256");
    add_option(options, "listen_backlog", "1024");
    add_option(options, "decode_url", "no"); /* the router decodes each segment on its own */
    add_option(options, "enable_directory_listing", "no");
    add_option(options, "enable_auth_domain_check", "no");
    add_option(options, "cgi_pattern", "");
    add_option(options, "ssi_pattern", "");
    add_option(options, "index_files", "");
}

static int make(const struct edge_config *config, const struct edge_parts *parts, struct edge *edge)
{
    const struct watch_limits limits = {config->body_grace_ms, config->body_bytes_per_s,
                                        config->body_total_ms};
    edge->config = *config;
    edge->parts = *parts;
    edge->arena = arena_create(EDGE_ARENA_BYTES);
    edge->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    return !edge->arena || !edge->sha256 ||
                   router_create(edge->arena, parts->dispatcher->routes,
                                 parts->dispatcher->route_count, &edge->router) ||
                   watch_create(&limits, &edge->watch)
               ? -1
               : 0;
}

static int start_civetweb(struct edge *edge, char ret_error[EDGE_ERROR_BYTES])
{
    static const struct mg_callbacks callbacks = {
        .begin_request = begin_request,
        .http_error = http_error,
        .log_message = log_message,
    };
    struct options options = {.count = 0};
    char reason[128] = "";
    fill_options(&edge->config, &options);
    struct mg_init_data init = {
        .callbacks = &callbacks, .user_data = edge, .configuration_options = options.pairs};
    struct mg_error_data error = {.text = reason, .text_buffer_size = sizeof reason};
    mg_init_library(MG_FEATURES_DEFAULT);
    edge->civetweb = mg_start2(&init, &error);
    signal(SIGCHLD, SIG_DFL); /* the decoder pool waits for its children */
    if (edge->civetweb) {
        atomic_store(&edge->is_up, true);
        return 0;
    }
    mg_exit_library();
    snprintf(
        ret_error, EDGE_ERROR_BYTES,
        "The server cannot listen on %s: it is taken, or no address of this machine; stop what "
        "uses it, or set FIELDPROOF_LISTEN.",
        edge->config.listen);
    return -1;
}

static void release(struct edge *edge)
{
    watch_free(edge->watch);
    EVP_MD_free(edge->sha256);
    arena_free(edge->arena);
    free(edge);
}

int edge_start(const struct edge_config *config, const struct edge_parts *parts, struct edge **ret,
               char ret_error[EDGE_ERROR_BYTES])
{
    struct edge *edge = calloc(1, sizeof *edge);
    snprintf(ret_error, EDGE_ERROR_BYTES,
             "There is no memory to start the server, or two routes collide.");
    if (!edge)
        return -1;
    if (make(config, parts, edge) || start_civetweb(edge, ret_error)) {
        release(edge);
        return -1;
    }
    *ret = edge;
    return 0;
}

void edge_drain(struct edge *edge, int wait_s)
{
    const struct timespec pause = {.tv_nsec = 20L * 1000 * 1000};
    atomic_store(&edge->drains, true);
    for (int i = 0; i < wait_s * 50 && metrics_requests_in_flight(edge->parts.dispatcher->metrics);
         i++)
        nanosleep(&pause, NULL);
}

/* civetweb's threads look every two seconds whether they are to end, unless their sockets do. */
static void wake_threads(const struct edge *edge)
{
    struct mg_server_port ports[PORTS_MAX];
    int count = mg_get_server_ports(edge->civetweb, PORTS_MAX, ports);
    for (int i = 0; i < count; i++)
        sockets_shut_down(ports[i].port);
}

void edge_stop(struct edge *edge)
{
    if (!edge)
        return;
    wake_threads(edge);
    mg_stop(edge->civetweb);
    mg_exit_library();
    release(edge);
}
