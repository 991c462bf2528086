/** What happens to a request, in order. Knows no civetweb. */
#ifndef FIELDPROOF_HTTP_LIFECYCLE_H
#define FIELDPROOF_HTTP_LIFECYCLE_H

#include "server/http/edge.h"
#include "server/http/router.h"

#include <stdatomic.h>

struct edge {
    struct edge_config config;
    struct edge_parts parts;
    struct arena *arena; /**< what lives as long as the edge */
    const struct router *router;
    struct watch *watch;
    EVP_MD *sha256; /**< fetched once: a fetch costs more than a small hash */
    _Atomic bool is_up;
    _Atomic bool drains;
    struct mg_context *civetweb;
};

/** Answers the request that was parsed into a connection, and says which status it got. */
int lifecycle_run(struct edge *edge, struct arena *arena, struct connection *connection);

/** Answers what could not even be parsed; `status` is the parser's idea of it. */
void lifecycle_refuse(struct edge *edge, struct arena *arena, struct connection *connection,
                      int status);

#endif
