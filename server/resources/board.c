#include "server/resources/board.h"

#include "server/base/clock.h"
#include "server/store/board.h"

#include <string.h>

static int refuse(struct request *request, const char *name, const char *rule, const char *detail)
{
    const char *pointer = arena_printf(request->arena, "query:%s", name);
    return pointer ? problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER,
                                 pointer, rule, "%s", detail)
                   : -1;
}

static int read_day(struct request *request, const char **ret_day)
{
    const char *day = request_query(request, "day");
    const char *moment = day ? arena_printf(request->arena, "%sT00:00:00Z", day) : NULL;
    int64_t waste;
    if (day && (!moment || clock_parse_rfc3339(moment, &waste) < 0))
        return refuse(request, "day", "format", "The day is not such as 2026-11-22.");
    *ret_day = day;
    return 0;
}

/* Ids with commas between them; none when the parameter is absent. */
static int read_ids(struct request *request, const char *name, struct board_ids *ret)
{
    const char *text = request_query(request, name);
    while (text && *text) {
        size_t length = strcspn(text, ",");
        const char *id = arena_copy(request->arena, text, length);
        if (ret->count == BOARD_IDS_MAX)
            return refuse(request, name, "maxItems", "Ask for at most 50 at once.");
        if (!id || uuid_parse(id, &ret->ids[ret->count]) < 0)
            return refuse(request, name, "format", "Write ids with commas between them.");
        ret->count++;
        text += length + (text[length] == ',');
    }
    return 0;
}

int board_show(struct request *request, struct response *response)
{
    struct board_parts *parts = arena_alloc(request->arena, sizeof *parts);
    const char *json;
    if (!parts || read_day(request, &parts->day) < 0 ||
        read_ids(request, "work_orders", &parts->work_orders) < 0 ||
        read_ids(request, "visits", &parts->visits) < 0)
        return -1;
    const char *retakes = request_query(request, "retakes");
    parts->retakes = retakes && strcmp(retakes, "true") == 0;
    parts->is_whole = !request_query(request, "work_orders") && !request_query(request, "visits") &&
                      !parts->retakes;
    if (board_get(request->db, request->arena, &request->actor.org_id, parts, &json) < 0)
        return -1;
    response_json(response, 200, json);
    return 0;
}
