#include "server/http/request.h"

#include "server/http/connection.h"
#include "server/http/query.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *request_parameter(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->parameter_count; i++)
        if (strcmp(request->parameters[i].name, name) == 0)
            return request->parameters[i].value;
    assert(!"a parameter that stands in the route's template");
    return "";
}

int request_uuid(struct request *request, const char *name, struct uuid *ret)
{
    if (uuid_parse(request_parameter(request, name), ret) == 0)
        return 0;
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is nothing of this id.");
}

const char *request_query(struct request *request, const char *name)
{
    struct query_parameter parameters[QUERY_PARAMETERS_MAX];
    size_t count = 0;
    if (!request->query || query_parse(request->query, request->arena, parameters, &count))
        return NULL;
    return query_find(parameters, count, name);
}

const char *request_header(const struct request *request, const char *name)
{
    const struct connection *connection = request->connection;
    return connection ? http_head_find(&connection->head, name) : NULL;
}

/* The weight of the first range that begins with `primary`; negative when none does. */
static double weight_of(const char *accepted, const char *primary)
{
    while (*accepted) {
        accepted += strspn(accepted, " \t,");
        size_t length = strcspn(accepted, ",");
        const char *end = accepted + length;
        if (strncasecmp(accepted, primary, 2) == 0 && strchr("-;, \t", accepted[2])) {
            const char *weight = memmem(accepted, length, "q=", 2);
            return weight ? strtod(weight + 2, NULL) : 1.0;
        }
        accepted = end;
    }
    return -1.0;
}

static enum language asked_language(const struct request *request, enum language otherwise)
{
    const char *accepted = request_header(request, "Accept-Language");
    double english = accepted ? weight_of(accepted, "en") : -1.0;
    double chinese = accepted ? weight_of(accepted, "zh") : -1.0;
    if (english <= 0 && chinese <= 0)
        return otherwise;
    return chinese > english ? LANGUAGE_CHINESE : LANGUAGE_ENGLISH;
}

enum language request_language(const struct request *request)
{
    return asked_language(request, request->actor.language);
}

enum language request_language_asked(const struct request *request)
{
    return asked_language(request, LANGUAGE_ENGLISH);
}
