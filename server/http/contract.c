#include "server/http/contract.h"

#include "server/http/json.h"
#include "server/http/query.h"
#include "server/http/route.h"

#include <stdio.h>
#include <string.h>

struct contract {
    const json_t *document;
    size_t count;
    struct contract_operation *operations;
};

struct loader {
    struct arena *arena;
    struct schema_compiler *compiler;
    const json_t *document;
    const char *error;
};

static int fail(struct loader *loader, const char *operation_id, const char *what)
{
    if (!loader->error)
        loader->error = arena_printf(loader->arena, "operation %s: %s", operation_id, what);
    return -1;
}

static const json_t *dereference(const struct loader *loader, const json_t *value)
{
    const char *reference = json_string_value(json_object_get(value, "$ref"));
    return reference ? schema_resolve(loader->document, reference) : value;
}

static const json_t *find_operation(const struct loader *loader, const struct route *route,
                                    const json_t **ret_path_item)
{
    char method[16] = "";
    for (size_t i = 0; route->method[i] && i + 1 < sizeof method; i++)
        method[i] = (char)(route->method[i] | 0x20);
    const json_t *paths = json_object_get(loader->document, "paths");
    *ret_path_item = json_object_get(paths, route->path);
    const json_t *operation = json_object_get(*ret_path_item, method);
    const char *id = json_string_value(json_object_get(operation, "operationId"));
    return id && strcmp(id, route->operation_id) == 0 ? operation : NULL;
}

static int load_schema(struct loader *loader, const char *operation_id, const json_t *definition,
                       const struct schema **ret)
{
    if (definition && schema_compile(loader->compiler, definition, ret) == 0)
        return 0;
    return fail(loader, operation_id,
                definition ? schema_compiler_error(loader->compiler) : "a schema is missing");
}

/* OpenAPI's way of saying that the query may hold anything: an object whose properties are laid
 * out. */
static bool is_any_query(const json_t *parameter)
{
    const json_t *schema = json_object_get(parameter, "schema");
    const char *type = json_string_value(json_object_get(schema, "type"));
    return type && strcmp(type, "object") == 0;
}

static int load_parameters(struct loader *loader, const json_t *list,
                           struct contract_operation *operation)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *parameter = dereference(loader, json_array_get(list, i));
        const char *in = json_string_value(json_object_get(parameter, "in"));
        const char *name = json_string_value(json_object_get(parameter, "name"));
        if (!in || !name)
            return fail(loader, operation->operation_id, "a parameter leads nowhere");
        if (strcmp(in, "query") != 0)
            continue;
        if (is_any_query(parameter)) {
            operation->takes_any_query = true;
            continue;
        }
        if (operation->parameter_count == CONTRACT_PARAMETERS_MAX)
            return fail(loader, operation->operation_id, "too many query parameters");
        struct contract_parameter *slot = &operation->parameters[operation->parameter_count++];
        slot->name = name;
        slot->is_required = json_is_true(json_object_get(parameter, "required"));
        if (load_schema(loader, operation->operation_id, json_object_get(parameter, "schema"),
                        &slot->schema))
            return -1;
    }
    return 0;
}

static int load_multipart(struct loader *loader, const json_t *content,
                          struct contract_operation *operation)
{
    const json_t *multipart = json_object_get(content, "multipart/form-data");
    if (!multipart)
        return fail(loader, operation->operation_id, "no multipart/form-data content");
    const json_t *schema = dereference(loader, json_object_get(multipart, "schema"));
    operation->json_part =
        json_string_value(json_array_get(json_object_get(schema, "required"), 0));
    return operation->json_part ? 0
                                : fail(loader, operation->operation_id,
                                       "the multipart schema requires no JSON part");
}

static int load_body(struct loader *loader, const struct route *route, const json_t *definition,
                     struct contract_operation *operation)
{
    const json_t *body = dereference(loader, json_object_get(definition, "requestBody"));
    const json_t *content = json_object_get(body, "content");
    if ((route->body == BODY_NONE) != (content == NULL))
        return fail(loader, operation->operation_id,
                    "route table and contract disagree about a body");
    if (route->body == BODY_JPEG && !json_object_get(content, "image/jpeg"))
        return fail(loader, operation->operation_id, "no image/jpeg content");
    if (route->body == BODY_CSV && !json_object_get(content, "text/csv"))
        return fail(loader, operation->operation_id, "no text/csv content");
    if (route->body == BODY_JSON_OR_MULTIPART && load_multipart(loader, content, operation))
        return -1;
    if (route->body == BODY_UPLOAD && !json_object_get(content, "application/offset+octet-stream"))
        return fail(loader, operation->operation_id, "no application/offset+octet-stream content");
    if (route->body != BODY_JSON && route->body != BODY_JSON_OR_MULTIPART)
        return 0;
    const json_t *json = json_object_get(content, "application/json");
    return load_schema(loader, operation->operation_id, json_object_get(json, "schema"),
                       &operation->body);
}

static int load_operation(struct loader *loader, const struct route *route,
                          struct contract_operation *operation)
{
    const json_t *path_item;
    const json_t *definition = find_operation(loader, route, &path_item);
    operation->operation_id = route->operation_id;
    if (!definition)
        return fail(loader, route->operation_id,
                    "the contract has no such operation at this method and path");
    if (load_parameters(loader, json_object_get(path_item, "parameters"), operation) ||
        load_parameters(loader, json_object_get(definition, "parameters"), operation))
        return -1;
    const json_t *element = json_object_get(definition, "x-element-schema");
    if (element && load_schema(loader, route->operation_id, element, &operation->element))
        return -1;
    const json_t *held = json_object_get(definition, "x-document-schema");
    if (held && load_schema(loader, route->operation_id, held, &operation->document))
        return -1;
    return load_body(loader, route, definition, operation);
}

/* The contract is ours and larger than any body may be, so json_parse()'s ceilings do not apply. */
static void release(void *value)
{
    json_decref(value);
}

static int load(struct loader *loader, const char *text, size_t length, const struct route *routes,
                size_t route_count, struct contract *contract)
{
    json_error_t error;
    json_t *document = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    if (!document || arena_defer(loader->arena, release, document))
        return fail(loader, "(all)", "the contract is not JSON");
    loader->document = contract->document = document;
    contract->count = route_count;
    contract->operations =
        arena_alloc(loader->arena, (route_count + 1) * sizeof *contract->operations);
    if (!contract->operations || schema_compiler_create(loader->arena, document, &loader->compiler))
        return -1;
    for (size_t i = 0; i < route_count; i++)
        if (load_operation(loader, &routes[i], &contract->operations[i]))
            return -1;
    return 0;
}

int contract_create(struct arena *arena, const char *text, size_t length,
                    const struct route *routes, size_t route_count, const struct contract **ret,
                    const char **ret_error)
{
    struct loader loader = {.arena = arena};
    struct contract *contract = arena_alloc(arena, sizeof *contract);
    if (!contract || load(&loader, text, length, routes, route_count, contract)) {
        *ret_error = loader.error ? loader.error : "there is no memory for the contract";
        return -1;
    }
    *ret = contract;
    return 0;
}

const struct contract_operation *contract_operation(const struct contract *contract,
                                                    size_t route_index)
{
    return route_index < contract->count ? &contract->operations[route_index] : NULL;
}

const struct contract_operation *contract_operation_named(const struct contract *contract,
                                                          const char *operation_id)
{
    for (size_t i = 0; i < contract->count; i++)
        if (strcmp(contract->operations[i].operation_id, operation_id) == 0)
            return &contract->operations[i];
    return NULL;
}

static int check_parameter(const struct contract_operation *operation, struct request *request,
                           const struct query_parameter *given)
{
    char place[160];
    snprintf(place, sizeof place, "query:%.128s", given->name);
    for (size_t i = 0; i < operation->parameter_count; i++) {
        const struct contract_parameter *parameter = &operation->parameters[i];
        if (strcmp(parameter->name, given->name) == 0)
            return schema_check_text(parameter->schema, given->value, place,
                                     PROBLEM_INVALID_PARAMETER, request->arena, &request->problem);
    }
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER, place,
                       "unknown", "There is no such query parameter here.");
}

int contract_check_query(const struct contract_operation *operation, struct request *request)
{
    struct query_parameter given[QUERY_PARAMETERS_MAX];
    size_t count = 0;
    int result = 0;
    if (operation->takes_any_query)
        return 0;
    if (query_parse(request->query, request->arena, given, &count))
        return problem_set(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER,
                           "The query string cannot be read, or has more than %d parameters.",
                           QUERY_PARAMETERS_MAX);
    for (size_t i = 0; i < count; i++) {
        if (query_find(given, i, given[i].name))
            result = problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER,
                                 arena_printf(request->arena, "query:%s", given[i].name),
                                 "repeated", "The query parameter is given more than once.");
        else if (check_parameter(operation, request, &given[i]))
            result = -1;
    }
    for (size_t i = 0; i < operation->parameter_count; i++)
        if (operation->parameters[i].is_required &&
            !query_find(given, count, operation->parameters[i].name))
            result =
                problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER,
                            arena_printf(request->arena, "query:%s", operation->parameters[i].name),
                            "required", "The query parameter is missing.");
    return result;
}
