#include "server/resources/events.h"

#include "server/app.h"
#include "server/base/clock.h"
#include "server/live/live.h"
#include "server/resources/auth.h"
#include "server/resources/cursor.h"
#include "server/resources/snapshot_text.h"
#include "server/resources/transaction.h"

#include <stdlib.h>
#include <string.h>

/*
 * Server-sent events. Each carries the position that it brings its reader to; who comes back with
 * one is told what happened since, out of the database, and is handed what the hub reads from then
 * on. The stream joins the hub first and reads then, so that what is committed in between comes
 * twice rather than not at all.
 */

#define HEARTBEAT_MS      10000
#define POSITION_BYTES    8192
#define EVENT_ARENA_BYTES ((size_t)256 * 1024)
#define FULL_RETRY_S      30

enum { INCARNATION, SNAPSHOT, MOMENT, KEYS };

/** A stream from its first event to its last. */
struct following {
    struct live_stream *stream;
    struct desk_position since; /**< where the reader was; NULLs: nowhere */
    struct desk_changes changes;
    int64_t ends_at_us;
    response_sink *sink;
    void *sink_context;
};

/* A position that is not one of ours is as good as none. */
static void read_position(struct request *request, struct desk_position *ret)
{
    const char *keys[KEYS];
    const char *id = request_header(request, "Last-Event-ID");
    if (id && strlen(id) <= POSITION_BYTES && cursor_read(request->arena, id, KEYS, keys) == 0 &&
        snapshot_is_valid(keys[SNAPSHOT]) && moment_is_valid(keys[MOMENT]))
        *ret = (struct desk_position){keys[INCARNATION], keys[SNAPSHOT], keys[MOMENT]};
}

/* The session may have ended between the edge's question and the stream's joining. */
static int read_changes(struct request *request, void *context)
{
    struct following *following = context;
    if (auth_authorise(request) < 0)
        return -1;
    return desk_changes_read(request->db, request->arena, &request->actor.org_id, &following->since,
                             &following->changes);
}

static int write_text(const struct following *following, const char *text)
{
    return following->sink(following->sink_context, text, strlen(text));
}

static int send(const struct following *following)
{
    return following->sink(following->sink_context, NULL, 0);
}

/* JSON of PostgreSQL has no line break outside of its texts, and within them only escaped ones. */
static int write_event(const struct following *following, const char *name,
                       const struct desk_position *position, const char *json)
{
    const char *const keys[KEYS] = {position->incarnation, position->snapshot, position->moment};
    struct arena *arena = arena_create(EVENT_ARENA_BYTES);
    const char *id = arena ? cursor_write(arena, keys, KEYS) : NULL;
    const char *event =
        id ? arena_printf(arena, "event: %s\nid: %s\ndata: %s\n\n", name, id, json) : NULL;
    int result = event ? write_text(following, event) : -1;
    arena_free(arena);
    return result;
}

static int begin(const struct following *following)
{
    const struct desk_changes *changes = &following->changes;
    if (write_text(following, "retry: 1000\n\n") < 0)
        return -1;
    if (!changes->continues && write_event(following, "start_over", &changes->position, "{}") < 0)
        return -1;
    if (changes->json && write_event(following, "changes", &changes->position, changes->json) < 0)
        return -1;
    return write_event(following, "ready", &changes->position, "{}") < 0 ? -1 : send(following);
}

/* What is sent when nothing happens, so that both sides notice when the other is gone. */
static int beat(const struct following *following)
{
    return write_text(following, ":\n\n") < 0 ? -1 : send(following);
}

static int end(const struct following *following, enum live_end reason)
{
    static const char *const names[] = {
        [LIVE_OPEN] = "time",       [LIVE_SESSION_ENDED] = "session", [LIVE_REPLACED] = "replaced",
        [LIVE_LAGGING] = "lagging", [LIVE_STOPPING] = "stopping",
    };
    if (write_text(following, "event: end\ndata: {\"reason\":\"") < 0 ||
        write_text(following, names[reason]) < 0)
        return -1;
    return write_text(following, "\"}\n\n");
}

static int wait_ms_of(const struct following *following)
{
    int64_t left_us = following->ends_at_us - clock_monotonic_us();
    if (left_us <= 0)
        return 0;
    return left_us < (int64_t)HEARTBEAT_MS * 1000 ? (int)(left_us / 1000) + 1 : HEARTBEAT_MS;
}

static int follow(void *context, response_sink *sink, void *sink_context)
{
    struct following *following = context;
    following->sink = sink;
    following->sink_context = sink_context;
    int result = begin(following);
    enum live_end reason = LIVE_OPEN;
    while (result == 0) {
        const struct live_batch *batch = NULL;
        int wait_ms = wait_ms_of(following);
        if (wait_ms == 0)
            break;
        reason = live_next(following->stream, wait_ms, &batch);
        if (reason != LIVE_OPEN)
            break;
        if (!batch)
            result = wait_ms == HEARTBEAT_MS ? beat(following) : 0;
        else if (write_event(following, "changes", &batch->position, batch->json) < 0 ||
                 send(following) < 0)
            result = -1;
        live_release(batch);
    }
    return result < 0 ? result : end(following, reason);
}

static int refuse(struct request *request, int refusal)
{
    const char *detail = refusal == LIVE_ORGANISATION_FULL
                             ? "Your organisation follows changes in as many windows as it may."
                         : refusal == LIVE_FULL
                             ? "As many windows follow changes as the server allows."
                             : "Changes cannot be followed right now.";
    int result = problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE, "%s", detail);
    if (refusal != LIVE_AWAY)
        request->problem.retry_after_s = FULL_RETRY_S;
    return result;
}

static void leave(void *stream)
{
    live_leave(stream);
}

/* Until its token expires at most: who goes on shows a fresh one. */
static int64_t end_of(struct request *request)
{
    const char *seconds = request_query(request, "seconds");
    int64_t left_ms = request->actor.token_expires_at_ms - clock_now_ms();
    int64_t wanted_ms = seconds ? strtoll(seconds, NULL, 10) * 1000 : left_ms;
    return clock_monotonic_us() + (wanted_ms < left_ms ? wanted_ms : left_ms) * 1000;
}

int event_stream_open(struct request *request, struct response *response)
{
    const struct actor *actor = &request->actor;
    const struct live_owner owner = {actor->org_id, actor->user_id, actor->session_id};
    struct following *following = arena_alloc(request->arena, sizeof *following);
    if (!following)
        return -1;
    read_position(request, &following->since);
    following->ends_at_us = end_of(request);
    int refusal = live_join(request->app->live, &owner, &following->stream);
    if (refusal < 0)
        return refuse(request, refusal);
    if (arena_defer(request->arena, leave, following->stream) < 0 ||
        transaction_read(request, &actor->org_id, read_changes, following) < 0)
        return -1;
    response_header(response, "X-Accel-Buffering", "no");
    response->content_type = "text/event-stream";
    response->produce = follow;
    response->produce_context = following;
    return 0;
}
