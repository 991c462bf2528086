#include "server/resources/work_orders.h"

#include "server/base/blank.h"
#include "server/resources/actors.h"
#include "server/resources/entity.h"
#include "server/resources/json_fields.h"
#include "server/resources/waiting.h"
#include "server/resources/work_order_states.h"
#include "server/store/work_order.h"

#include <string.h>

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/*
 * Whoever arrives has accepted: an acceptance that reaches us after the arrival, or after what
 * followed it, is recorded and moves nothing.
 */
static bool is_overtaken(const struct request *request, const char *state, const char *to)
{
    return request->actor.role == ROLE_TECHNICIAN && strcmp(to, "accepted") == 0 &&
           !work_order_step_find(state, to) && work_order_state_is_ahead(to, state);
}

/* A state, in the reader's language. */
static const char *word(const struct request *request, const char *state)
{
    return sentence_in(request->problem.language, state);
}

/* 0: to be taken. 1: it was taken, or has no id and changes nothing. -1: the problem is set. */
static int find_replay(struct request *request, const struct work_order_key *key,
                       const struct work_order_move *move)
{
    struct work_order_event event;
    if (!move->event_id)
        return same_text(move->from, move->to);
    if (work_order_event_find(request->db, request->arena, key, move->event_id, &event) < 0)
        return -1;
    if (!event.is_known)
        return 0;
    if (event.is_of_this_work_order && same_text(event.to, move->to) &&
        same_text(event.reason, move->reason))
        return 1;
    return problem_add(&request->problem, request->arena, PROBLEM_CONTENT_CONFLICT, "/id",
                       "same_id_same_content", "Another step was taken under this id.");
}

/* A technician's queue may bring a step before the one, or the arrival, that it follows; not for
 * ever. */
static int refuse_step(struct request *request, const struct work_order_move *move)
{
    bool is_over = false;
    bool may_come =
        request->actor.role == ROLE_TECHNICIAN && work_order_state_is_ahead(move->from, move->to);
    if (may_come && move->event_id &&
        waiting_is_over_of(request, "step", move->event_id, &is_over) < 0)
        return -1;
    may_come = may_come && !is_over;
    return problem_add(&request->problem, request->arena,
                       may_come ? PROBLEM_OUT_OF_ORDER : PROBLEM_STATE_CONFLICT, "/to",
                       "transition", "A work order that is %s does not become %s.",
                       word(request, move->from), word(request, move->to));
}

static int check_step(struct request *request, const struct work_order_locked *before,
                      const struct work_order_move *move)
{
    const struct work_order_step *step = work_order_step_find(move->from, move->to);
    if (!step)
        return refuse_step(request, move);
    if (!(step->roles & request->actor.role))
        return problem_add(&request->problem, request->arena, PROBLEM_FORBIDDEN, "/to", "role",
                           "Your role may not make a work order that is %s become %s.",
                           word(request, move->from), word(request, move->to));
    if (step->needs_reason && text_is_blank(move->reason))
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, "/reason",
                           "required", "Say why a work order that is %s becomes %s.",
                           word(request, move->from), word(request, move->to));
    if (step->needs_assignees && !before->has_assignees)
        return problem_add(&request->problem, request->arena, PROBLEM_STATE_CONFLICT, "/to",
                           "assignees", "Nobody is assigned to this work order.");
    return 0;
}

/* A step that leads nowhere is recorded, too: repeated later, it is still known to have been taken.
 */
static int move_on(struct request *request, const struct work_order_key *key,
                   const struct work_order_locked *before, const struct work_order_move *move)
{
    bool moves = !same_text(move->from, move->to);
    if (moves &&
        (entity_check_match(request, before->version) < 0 || check_step(request, before, move) < 0))
        return -1;
    return work_order_move(request->db, request->arena, key, &request->actor.user_id, move);
}

int work_order_transition(struct request *request, struct response *response)
{
    struct work_order_key key = {.org_id = request->actor.org_id};
    struct work_order_locked before;
    struct work_order_move move = {
        .event_id = json_field_text(request->body.json, "id"),
        .to = json_field_text(request->body.json, "to"),
        .reason = json_field_text(request->body.json, "reason"),
    };
    if (request_uuid(request, "work_order_id", &key.id) < 0 ||
        work_order_lock(request->db, request->arena, &key, actor_own_only(request), &before) < 0)
        return -1;
    if (!before.is_known)
        return work_order_not_found(request);
    move.from = is_overtaken(request, before.state, move.to) ? move.to : before.state;
    int replay = find_replay(request, &key, &move);
    if (replay < 0 || (replay == 0 && move_on(request, &key, &before, &move) < 0))
        return -1;
    if (replay > 0)
        response_header(response, "Idempotency-Replayed", "true");
    return work_order_answer(request, &key.id, response);
}
