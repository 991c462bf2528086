#include "server/http/subrequest.h"

#include "server/http/body.h"
#include "server/http/reply.h"

#include <string.h>

static void take_head(const struct request *parent, struct connection *connection)
{
    const char *language = request_header(parent, "Accept-Language");
    if (language)
        connection->head.headers[connection->head.header_count++] =
            (struct http_header){"Accept-Language", language};
}

struct subrequest *subrequest_open(const struct request *parent, size_t memory_bytes)
{
    struct arena *arena = arena_create(memory_bytes);
    struct subrequest *subrequest = arena ? arena_alloc(arena, sizeof *subrequest) : NULL;
    if (!subrequest) {
        arena_free(arena);
        return NULL;
    }
    struct request *request = &subrequest->request;
    take_head(parent, &subrequest->connection);
    request->app = parent->app;
    request->arena = arena;
    memcpy(request->id, parent->id, sizeof request->id);
    request->received_at_ms = parent->received_at_ms;
    request->address = parent->address;
    request->actor = parent->actor;
    request->connection = &subrequest->connection;
    request->problem.language = parent->problem.language;
    subrequest->response = (struct response){.status = 200, .fd = -1};
    return subrequest;
}

static int add_parameter(struct request *request, const struct subrequest_call *call,
                         const char *name)
{
    const char *value = json_string_value(json_object_get(call->parameters, name));
    if (!value)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                           arena_printf(request->arena, "%s/parameters/%s", call->place, name),
                           "required", "%s needs the parameter %s.", call->operation_id, name);
    request->parameters[request->parameter_count++] = (struct request_parameter){name, value};
    return 0;
}

/* The names between the braces of the path. */
static int read_parameters(struct request *request, const struct subrequest_call *call)
{
    const char *at = request->route->path;
    while ((at = strchr(at, '{')) && request->parameter_count < REQUEST_PARAMETERS_MAX) {
        const char *name = arena_copy(request->arena, at + 1, strcspn(at + 1, "}"));
        if (!name || add_parameter(request, call, name))
            return -1;
        at++;
    }
    return 0;
}

static int refuse_unwanted_parameters(struct request *request, const struct subrequest_call *call)
{
    const char *name;
    json_t *value;
    int result = 0;
    json_object_foreach((json_t *)call->parameters, name, value)
    {
        if (strstr(request->route->path, arena_printf(request->arena, "{%s}", name)))
            continue;
        result = problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                             arena_printf(request->arena, "%s/parameters/%s", call->place, name),
                             "unknown", "%s has no parameter %s.", call->operation_id, name);
    }
    return result;
}

static int read_body(const struct dispatcher *dispatcher, struct request *request,
                     const struct subrequest_call *call)
{
    const struct contract_operation *operation =
        contract_operation_named(dispatcher->contract, call->operation_id);
    size_t bytes = json_dumpb(call->body, NULL, 0, JSON_COMPACT);
    if ((int64_t)bytes > body_json_ceiling(request->route))
        return problem_add(&request->problem, request->arena, PROBLEM_TOO_LARGE, "", "max_bytes",
                           "The body has %zu bytes; at most %lld are allowed.", bytes,
                           (long long)body_json_ceiling(request->route));
    request->body.json = call->body;
    return schema_check(operation->body, call->body, "", PROBLEM_INVALID_FIELD, request->arena,
                        &request->problem);
}

/* Handlers know nothing of a batch: their pointers begin at their own body. */
static void place_errors(struct request *request, const char *place)
{
    struct problem *problem = &request->problem;
    for (size_t i = 0; i < problem->error_count; i++) {
        const char *pointer = problem->errors[i].pointer;
        if (*pointer && *pointer != '/')
            continue;
        const char *placed = arena_printf(request->arena, "%s/body%s", place, pointer);
        problem->errors[i].pointer = placed ? placed : place;
    }
}

static int run(const struct dispatcher *dispatcher, struct subrequest *subrequest,
               const struct subrequest_call *call)
{
    struct request *request = &subrequest->request;
    request->route = dispatch_route(dispatcher, call->operation_id);
    request->method = request->route->method;
    request->path = request->route->path;
    if (read_parameters(request, call) || refuse_unwanted_parameters(request, call))
        return -1;
    int result = read_body(dispatcher, request, call);
    if (result == 0)
        result = dispatch_run(dispatcher, request, &subrequest->response);
    if (result)
        place_errors(request, call->place);
    return result;
}

void subrequest_run(const struct dispatcher *dispatcher, struct subrequest *subrequest,
                    const struct subrequest_call *call)
{
    struct request *request = &subrequest->request;
    if (run(dispatcher, subrequest, call) == 0)
        return;
    if (!request->problem.is_set)
        problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                    "There is no memory for this operation.");
    subrequest_refuse(subrequest);
}

void subrequest_refuse(struct subrequest *subrequest)
{
    reply_from_problem(&subrequest->request, &subrequest->response);
}

void subrequest_close(struct subrequest *subrequest)
{
    if (subrequest)
        arena_free(subrequest->request.arena);
}
