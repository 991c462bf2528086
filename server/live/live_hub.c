#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/live/live_internal.h"
#include "server/live/live_pulse.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Commits of so long are told at once, and looked at once. */
#define ROUND_MS 100
/* How old what a stream knows may get when no signal comes. */
#define LOOK_MS 1000
/* Such looks in one round; with more organisations than that a second, theirs come later. */
#define LOOKS_PER_ROUND  20
#define LOOK_ARENA_BYTES ((size_t)1024 * 1024)

static void mark_dirty(void *context, const struct uuid *org_id)
{
    struct live *live = context;
    pthread_mutex_lock(&live->mutex);
    struct live_topic *topic = live_topic_find(live, org_id);
    if (topic)
        topic->is_dirty = true;
    pthread_mutex_unlock(&live->mutex);
}

static struct shared_batch *make_batch(const struct desk_changes *changes)
{
    struct arena *arena = arena_create(LOOK_ARENA_BYTES);
    struct shared_batch *batch = arena ? arena_alloc(arena, sizeof *batch) : NULL;
    if (batch) {
        const struct desk_position *position = &changes->position;
        batch->batch.json = arena_strdup(arena, changes->json);
        batch->batch.position = (struct desk_position){arena_strdup(arena, position->incarnation),
                                                       arena_strdup(arena, position->snapshot),
                                                       arena_strdup(arena, position->moment)};
        batch->arena = arena;
        atomic_init(&batch->holders, 1);
    }
    if (batch && !arena_is_exhausted(arena))
        return batch;
    arena_free(arena);
    return NULL;
}

/* Everybody has to begin from their own position: the hub's does not go on, or memory is short. */
static void end_all(struct live_topic *topic)
{
    for (struct live_stream *stream = topic->streams; stream; stream = stream->next)
        if (stream->end == LIVE_OPEN)
            stream->end = LIVE_LAGGING;
}

static bool names(const char *ids, const struct uuid *id)
{
    char text[UUID_TEXT_BYTES];
    uuid_format(id, text);
    return ids && strstr(ids, text);
}

static void end_without_access(struct live_topic *topic, const struct desk_changes *changes)
{
    for (struct live_stream *stream = topic->streams; stream; stream = stream->next)
        if (stream->end == LIVE_OPEN &&
            (names(changes->ended_sessions, &stream->owner.session_id) ||
             names(changes->changed_users, &stream->owner.user_id)))
            stream->end = LIVE_SESSION_ENDED;
}

/* With the mutex held. */
static void hand_out(struct live_topic *topic, const struct desk_changes *changes)
{
    bool is_first = !topic->position.snapshot;
    struct shared_batch *batch = changes->json && !is_first ? make_batch(changes) : NULL;
    if (!is_first && (!changes->continues || (changes->json && !batch)))
        end_all(topic);
    end_without_access(topic, changes);
    if (!batch)
        return;
    struct shared_batch **place = &topic->batches[topic->batch_count++ % LIVE_BATCHES_KEPT];
    if (*place)
        live_release(&(*place)->batch);
    *place = batch;
}

static void look(struct live *live, struct live_topic *topic)
{
    struct arena *arena = arena_create(LOOK_ARENA_BYTES);
    struct desk_changes changes;
    /* What is committed from now on makes it dirty again. */
    pthread_mutex_lock(&live->mutex);
    topic->is_dirty = false;
    pthread_mutex_unlock(&live->mutex);
    int result = arena ? desk_changes_read_alone(live->config.db_pool, arena, &topic->org_id,
                                                 &topic->position, &changes)
                       : -1;
    pthread_mutex_lock(&live->mutex);
    topic->looked_us = clock_monotonic_us();
    topic->is_dirty |= result < 0;
    if (result == 0) {
        hand_out(topic, &changes);
        arena_free(topic->position_arena);
        topic->position_arena = arena;
        topic->position = changes.position;
        arena = NULL;
        pthread_cond_broadcast(&topic->changed);
    }
    pthread_mutex_unlock(&live->mutex);
    arena_free(arena);
}

/* Only this thread takes a topic away, so one stays where it is while the mutex is not held. */
static void look_around(struct live *live)
{
    int spare = LOOKS_PER_ROUND;
    int64_t old_us = clock_monotonic_us() - (int64_t)LOOK_MS * 1000;
    pthread_mutex_lock(&live->mutex);
    for (struct live_topic *topic = live->topics; topic && !live->stops; topic = topic->next) {
        bool is_wanted = topic->stream_count > 0 &&
                         (topic->is_dirty || (topic->looked_us <= old_us && spare-- > 0));
        pthread_mutex_unlock(&live->mutex);
        if (is_wanted)
            look(live, topic);
        pthread_mutex_lock(&live->mutex);
    }
    pthread_mutex_unlock(&live->mutex);
}

static void free_topic(struct live_topic *topic)
{
    for (size_t i = 0; i < LIVE_BATCHES_KEPT; i++)
        if (topic->batches[i])
            live_release(&topic->batches[i]->batch);
    arena_free(topic->position_arena);
    pthread_cond_destroy(&topic->changed);
    free(topic);
}

void live_forget_topics(struct live *live)
{
    pthread_mutex_lock(&live->mutex);
    for (struct live_topic **place = &live->topics; *place;) {
        struct live_topic *topic = *place;
        if (topic->stream_count > 0) {
            place = &topic->next;
            continue;
        }
        *place = topic->next;
        free_topic(topic);
    }
    pthread_mutex_unlock(&live->mutex);
}

/* Takes what has to be signalled; false: the hub is to stop. */
static bool begin_round(struct live *live, struct uuid *ret_signals, int *ret_count)
{
    uint64_t waste;
    (void)!read(live->wake_fd, &waste, sizeof waste);
    pthread_mutex_lock(&live->mutex);
    live->is_woken = false;
    *ret_count = live->signal_count;
    memcpy(ret_signals, live->signals, sizeof *ret_signals * (size_t)live->signal_count);
    live->signal_count = 0;
    bool goes_on = !live->stops;
    pthread_mutex_unlock(&live->mutex);
    return goes_on;
}

/* A while of doing nothing gathers commits, and keeps a busy server from waking this thread for
 * each. */
static void rest(void)
{
    static const struct timespec pause = {.tv_nsec = ROUND_MS * 1000000L};
    nanosleep(&pause, NULL);
}

void *live_hub(void *context)
{
    struct live *live = context;
    struct live_pulse pulse = {.database_url = live->config.database_url};
    struct uuid signals[LIVE_SIGNALS_MAX];
    int signal_count = 0;
    while (begin_round(live, signals, &signal_count)) {
        live_pulse_receive(&pulse, mark_dirty, live);
        live_pulse_send(&pulse, signals, (size_t)signal_count);
        look_around(live);
        live_forget_topics(live);
        rest();
        struct pollfd wait[] = {{.fd = live->wake_fd, .events = POLLIN},
                                {.fd = live_pulse_socket(&pulse), .events = POLLIN}};
        (void)poll(wait, 2, LOOK_MS - ROUND_MS);
    }
    live_pulse_close(&pulse);
    return NULL;
}
