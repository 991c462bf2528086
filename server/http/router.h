/** Finds the route of a method and a path. Compiled once from the route table; then read-only. */
#ifndef FIELDPROOF_HTTP_ROUTER_H
#define FIELDPROOF_HTTP_ROUTER_H

#include "server/base/arena.h"
#include "server/http/route.h"

struct router;

enum router_result {
    ROUTER_FOUND,
    ROUTER_NO_PATH = -1,
    ROUTER_NO_METHOD = -2, /**< the path exists with the methods in `allow` */
    ROUTER_BAD_PATH = -3,  /**< '.', '..', empty or undecodable segments */
};

struct router_match {
    const struct route *route;
    const char *allow; /**< "GET, HEAD, POST"; only with ROUTER_NO_METHOD */
    size_t parameter_count;
    struct request_parameter parameters[REQUEST_PARAMETERS_MAX];
};

/** Takes the table as it is; both must outlive the router. Negative: two routes for one path and
 * method, too many segments, no memory. */
int router_create(struct arena *arena, const struct route *routes, size_t route_count,
                  const struct router **ret) MUST_CHECK;

/**
 * Looks up the undecoded path; parameters are decoded into `arena`. HEAD finds the GET route.
 * A fixed segment wins over a parameter.
 */
enum router_result router_find(const struct router *router, struct arena *arena, const char *method,
                               const char *path, struct router_match *ret) MUST_CHECK;

#endif
