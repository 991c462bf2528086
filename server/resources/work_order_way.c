#include "server/resources/work_orders.h"

#include "server/resources/json_fields.h"
#include "server/store/work_order.h"

#include <string.h>

static bool is_awaited(const char *state)
{
    return strcmp(state, "assigned") == 0 || strcmp(state, "accepted") == 0;
}

/*
 * A phone that was offline may say it after the arrival, or after what followed: then it is a fact
 * of the past. Work that was called off or taken back nobody goes to, and the technician learns so.
 */
static int check_state(struct request *request, const char *state)
{
    if (strcmp(state, "new") != 0 && strcmp(state, "cancelled") != 0)
        return 0;
    return problem_add(&request->problem, request->arena, PROBLEM_STATE_CONFLICT, "", "state",
                       "Nobody goes to a work order that is %s.",
                       sentence_in(request->problem.language, state));
}

/* 0: to be said. 1: it was. -1: the problem is set. */
static int find_replay(struct request *request, const struct work_order_key *key,
                       const struct work_order_way *way)
{
    enum work_order_way_found found;
    if (work_order_way_find(request->db, request->arena, key, way, &found) < 0)
        return -1;
    if (found == WORK_ORDER_WAY_OTHER)
        return problem_add(&request->problem, request->arena, PROBLEM_CONTENT_CONFLICT, "/id",
                           "same_id_same_content", "Something else was said under this id.");
    return found == WORK_ORDER_WAY_SAID;
}

int work_order_way(struct request *request, struct response *response)
{
    const struct uuid *technician_id = &request->actor.user_id;
    struct work_order_key key = {.org_id = request->actor.org_id};
    struct work_order_locked before;
    struct work_order_way way = {
        .event_id = json_field_text(request->body.json, "id"),
        .since = json_field_text(request->body.json, "since"),
    };
    if (request_uuid(request, "work_order_id", &key.id) < 0 ||
        work_order_lock(request->db, request->arena, &key, technician_id, &before) < 0)
        return -1;
    if (!before.is_known)
        return work_order_not_found(request);
    way.takes_effect = is_awaited(before.state);
    int replay = find_replay(request, &key, &way);
    if (replay < 0 || (replay == 0 && (check_state(request, before.state) < 0 ||
                                       work_order_set_on_the_way(request->db, request->arena, &key,
                                                                 technician_id, &way) < 0)))
        return -1;
    if (replay > 0)
        response_header(response, "Idempotency-Replayed", "true");
    return work_order_answer(request, &key.id, response);
}
