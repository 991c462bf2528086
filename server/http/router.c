#include "server/http/router.h"

#include "server/http/http_head.h"

#include <string.h>

#define SEGMENTS_MAX 12

struct segment {
    const char *text; /**< fixed text, or the parameter's name */
    size_t length;
    bool is_parameter;
};

struct pattern {
    const struct route *route;
    size_t segment_count;
    struct segment segments[SEGMENTS_MAX];
};

struct router {
    size_t pattern_count;
    struct pattern *patterns;
};

static int compile(struct arena *arena, const struct route *route, struct pattern *pattern)
{
    pattern->route = route;
    for (const char *rest = route->path; *rest == '/';) {
        if (pattern->segment_count == SEGMENTS_MAX)
            return -1;
        struct segment *segment = &pattern->segments[pattern->segment_count++];
        segment->text = rest + 1;
        segment->length = strcspn(rest + 1, "/");
        rest += 1 + segment->length;
        if (segment->length && segment->text[0] == '{') {
            segment->is_parameter = true;
            segment->text = arena_copy(arena, segment->text + 1, segment->length - 2);
            if (!segment->text)
                return -1;
        }
    }
    return 0;
}

int router_create(struct arena *arena, const struct route *routes, size_t route_count,
                  const struct router **ret)
{
    struct router *router = arena_alloc(arena, sizeof *router);
    struct pattern *patterns = arena_alloc(arena, route_count * sizeof *patterns);
    if (!router || !patterns)
        return -1;
    for (size_t i = 0; i < route_count; i++) {
        if (compile(arena, &routes[i], &patterns[i]))
            return -1;
        for (size_t j = 0; j < i; j++)
            if (strcmp(routes[i].method, routes[j].method) == 0 &&
                strcmp(routes[i].path, routes[j].path) == 0)
                return -1;
    }
    router->patterns = patterns;
    router->pattern_count = route_count;
    *ret = router;
    return 0;
}

/* Splits "/a/b" in decoded segments. An escaped '/' would change the shape of the path: refused. */
static int split(struct arena *arena, const char *path, const char *ret_segments[SEGMENTS_MAX],
                 size_t *ret_count)
{
    size_t count = 0;
    for (const char *rest = path; *rest == '/';) {
        size_t length = strcspn(rest + 1, "/");
        if (count == SEGMENTS_MAX)
            return ROUTER_NO_PATH;
        char *text = arena_alloc(arena, length + 1);
        if (!text || http_percent_decode(rest + 1, length, false, text) || strchr(text, '/') ||
            strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
            return ROUTER_BAD_PATH;
        ret_segments[count++] = text;
        rest += 1 + length;
    }
    *ret_count = count;
    return 0;
}

/* How well a pattern fits: 0 not at all, else 1 + one bit a fixed segment, leftmost the highest. */
static unsigned fit(const struct pattern *pattern, const char *const *segments, size_t count)
{
    if (pattern->segment_count != count)
        return 0;
    unsigned score = 1;
    for (size_t i = 0; i < count; i++) {
        const struct segment *segment = &pattern->segments[i];
        bool is_same = !segment->is_parameter && strlen(segments[i]) == segment->length &&
                       memcmp(segments[i], segment->text, segment->length) == 0;
        if (!is_same && (!segment->is_parameter || !segments[i][0]))
            return 0;
        score = score << 1 | is_same;
    }
    return score;
}

static const char *list_methods(const struct router *router, struct arena *arena,
                                const char *const *segments, size_t count, unsigned best)
{
    const char *list = "";
    for (size_t i = 0; i < router->pattern_count && list; i++) {
        if (fit(&router->patterns[i], segments, count) != best)
            continue;
        const char *method = router->patterns[i].route->method;
        list = arena_printf(arena, "%s%s%s%s", list, *list ? ", " : "", method,
                            strcmp(method, "GET") == 0 ? ", HEAD" : "");
    }
    return list ? list : "GET";
}

enum router_result router_find(const struct router *router, struct arena *arena, const char *method,
                               const char *path, struct router_match *ret)
{
    const char *segments[SEGMENTS_MAX];
    size_t count = 0;
    int result = split(arena, path, segments, &count);
    if (result)
        return (enum router_result)result;
    bool is_head = strcmp(method, "HEAD") == 0;
    unsigned best = 0;
    const struct pattern *found = NULL;
    for (size_t i = 0; i < router->pattern_count; i++) {
        const struct pattern *pattern = &router->patterns[i];
        unsigned score = fit(pattern, segments, count);
        if (score > best)
            found = NULL;
        if (score > best)
            best = score;
        if (!score || score < best)
            continue;
        if (strcmp(pattern->route->method, method) == 0 ||
            (is_head && !found && strcmp(pattern->route->method, "GET") == 0))
            found = pattern;
    }
    if (!best)
        return ROUTER_NO_PATH;
    if (!found) {
        ret->allow = list_methods(router, arena, segments, count, best);
        return ROUTER_NO_METHOD;
    }
    ret->route = found->route;
    ret->parameter_count = 0;
    for (size_t i = 0; i < count; i++)
        if (found->segments[i].is_parameter && ret->parameter_count < REQUEST_PARAMETERS_MAX)
            ret->parameters[ret->parameter_count++] =
                (struct request_parameter){found->segments[i].text, segments[i]};
    return ROUTER_FOUND;
}
