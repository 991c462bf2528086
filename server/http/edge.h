/** The one way in: HTTP in, a handler's answer out. See lifecycle.c for what happens to a request.
 */
#ifndef FIELDPROOF_HTTP_EDGE_H
#define FIELDPROOF_HTTP_EDGE_H

#include "server/http/auth.h"
#include "server/http/body.h"
#include "server/http/dispatch.h"

struct app;
struct edge;

/** What the edge asks of the resources, so that it need not know their protocols. */
struct edge_hooks {
    /** What method a request means, when a header of its protocol says another one. May be NULL. */
    const char *(*method)(const struct request *request);
    /** Last thing before any answer, also a refusal: adds the headers that a protocol wants there.
     * May be NULL. */
    void (*decorate)(const struct request *request, struct response *response);
};

struct edge_config {
    const char *listen;          /**< "127.0.0.1:8080" */
    int threads;                 /**< connections served at once; the others wait */
    int head_timeout_ms;         /**< for the head of a request, and for silence within a body */
    int keep_alive_ms;           /**< how long an idle connection is kept */
    int body_grace_ms;           /**< a body may be slow this long */
    int body_bytes_per_s;        /**< then this is the least mean rate */
    int body_total_ms;           /**< the longest a body may take */
    int64_t arena_ceiling_bytes; /**< memory of one request */
    int64_t file_ceiling_bytes;  /**< of each photo that is sent */
    int file_count_ceiling;      /**< photos in one request, at most REQUEST_FILES_MAX */
    const char *trusted_proxy;   /**< the address whose X-Forwarded-For is believed; NULL: none */
};

/** What the edge works with; everything outlives it. */
struct edge_parts {
    struct app *app; /**< handed to the handlers */
    const struct dispatcher *dispatcher;
    const struct auth *auth;
    struct body_staging staging;
    struct edge_hooks hooks;
};

#define EDGE_ERROR_BYTES 256

/** Starts to listen. On failure `ret_error` is a sentence that says what to do. */
int edge_start(const struct edge_config *config, const struct edge_parts *parts, struct edge **ret,
               char ret_error[EDGE_ERROR_BYTES]) MUST_CHECK;

/** New requests are refused as retryable from now on; waits up to `wait_s` for those in flight. */
void edge_drain(struct edge *edge, int wait_s);

/** Ends every connection and frees the edge. Accepts NULL. */
void edge_stop(struct edge *edge);

#endif
