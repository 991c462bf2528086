#include "server/live/live.h"

#include "server/base/clock.h"
#include "server/live/live_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#define THREAD_STACK ((size_t)256 * 1024)
/* A page that was reloaded leaves a stream behind until its connection is found dead. */
#define STREAMS_PER_SESSION 6
#define FIRST_LOOK_MS       5000

/* In the committing thread: a few instructions, and a system call when the hub sleeps. */
static void note_commit(void *context, const struct uuid *org_id)
{
    struct live *live = context;
    bool is_known = false;
    pthread_mutex_lock(&live->mutex);
    for (int i = 0; i < live->signal_count && !is_known; i++)
        is_known = uuid_equal(&live->signals[i], org_id);
    if (!is_known && live->signal_count < LIVE_SIGNALS_MAX)
        live->signals[live->signal_count++] = *org_id;
    struct live_topic *topic = live_topic_find(live, org_id);
    if (topic)
        topic->is_dirty = true;
    live_wake(live);
    pthread_mutex_unlock(&live->mutex);
}

void live_wake(struct live *live)
{
    static const uint64_t one = 1;
    if (live->is_woken)
        return;
    live->is_woken = true;
    /* Fails only when the counter is full, and then the hub is awake. */
    (void)!write(live->wake_fd, &one, sizeof one);
}

struct live_topic *live_topic_find(struct live *live, const struct uuid *org_id)
{
    struct live_topic *topic = live->topics;
    while (topic && !uuid_equal(&topic->org_id, org_id))
        topic = topic->next;
    return topic;
}

static int start_thread(struct live *live)
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, THREAD_STACK);
    int error = pthread_create(&live->thread, &attributes, live_hub, live);
    pthread_attr_destroy(&attributes);
    return error ? -1 : 0;
}

int live_create(const struct live_config *config, struct live **ret)
{
    struct live *live = calloc(1, sizeof *live);
    if (!live)
        return -1;
    live->config = *config;
    live->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&live->mutex, NULL);
    if (live->wake_fd < 0 || start_thread(live) < 0) {
        if (live->wake_fd >= 0)
            close(live->wake_fd);
        pthread_mutex_destroy(&live->mutex);
        free(live);
        return -1;
    }
    db_pool_on_commit(config->db_pool, note_commit, live);
    *ret = live;
    return 0;
}

void live_end_streams(struct live *live)
{
    if (!live)
        return;
    pthread_mutex_lock(&live->mutex);
    live->stops = true;
    for (struct live_topic *topic = live->topics; topic; topic = topic->next) {
        for (struct live_stream *stream = topic->streams; stream; stream = stream->next)
            stream->end = LIVE_STOPPING;
        pthread_cond_broadcast(&topic->changed);
    }
    live_wake(live);
    pthread_mutex_unlock(&live->mutex);
}

void live_free(struct live *live)
{
    if (!live)
        return;
    live_end_streams(live);
    pthread_join(live->thread, NULL);
    db_pool_on_commit(live->config.db_pool, NULL, NULL);
    live_forget_topics(live);
    assert(!live->topics);
    close(live->wake_fd);
    pthread_mutex_destroy(&live->mutex);
    free(live);
}

int live_stream_count(struct live *live)
{
    pthread_mutex_lock(&live->mutex);
    int count = live->stream_count;
    pthread_mutex_unlock(&live->mutex);
    return count;
}

static struct live_topic *topic_of(struct live *live, const struct uuid *org_id)
{
    struct live_topic *topic = live_topic_find(live, org_id);
    if (topic)
        return topic;
    topic = calloc(1, sizeof *topic);
    if (!topic)
        return NULL;
    topic->org_id = *org_id;
    topic->is_dirty = true;
    pthread_cond_init(&topic->changed, NULL);
    topic->next = live->topics;
    live->topics = topic;
    live_wake(live);
    return topic;
}

/* Streams are added in front, so the oldest of a session is the last of its kind. */
static void make_room_for_session(struct live_topic *topic, const struct uuid *session_id)
{
    struct live_stream *oldest = NULL;
    int count = 0;
    for (struct live_stream *stream = topic->streams; stream; stream = stream->next) {
        if (stream->end != LIVE_OPEN || !uuid_equal(&stream->owner.session_id, session_id))
            continue;
        oldest = stream;
        count++;
    }
    if (count < STREAMS_PER_SESSION)
        return;
    oldest->end = LIVE_REPLACED;
    pthread_cond_broadcast(&topic->changed);
}

/* Until the hub has looked, nobody knows from where changes are new. */
static int await_first_look(struct live *live, struct live_stream *stream)
{
    const struct timespec deadline = clock_deadline(FIRST_LOOK_MS);
    struct live_topic *topic = stream->topic;
    int late = 0;
    while (!topic->position.snapshot && !live->stops && !late)
        late = pthread_cond_clockwait(&topic->changed, &live->mutex, CLOCK_MONOTONIC, &deadline);
    stream->taken = topic->batch_count;
    return topic->position.snapshot && !live->stops ? 0 : LIVE_AWAY;
}

static void remove_stream(struct live *live, struct live_stream *stream)
{
    struct live_stream **place = &stream->topic->streams;
    while (*place != stream)
        place = &(*place)->next;
    *place = stream->next;
    live->stream_count--;
    if (--stream->topic->stream_count == 0)
        live_wake(live);
}

static int join(struct live *live, struct live_stream *stream)
{
    if (live->stops)
        return LIVE_AWAY;
    if (live->stream_count >= live->config.streams_max)
        return LIVE_FULL;
    struct live_topic *topic = topic_of(live, &stream->owner.org_id);
    if (!topic)
        return LIVE_FULL;
    if (topic->stream_count >= live->config.streams_per_organisation)
        return LIVE_ORGANISATION_FULL;
    make_room_for_session(topic, &stream->owner.session_id);
    stream->topic = topic;
    stream->next = topic->streams;
    topic->streams = stream;
    topic->stream_count++;
    live->stream_count++;
    int result = await_first_look(live, stream);
    if (result < 0)
        remove_stream(live, stream);
    return result;
}

int live_join(struct live *live, const struct live_owner *owner, struct live_stream **ret)
{
    struct live_stream *stream = calloc(1, sizeof *stream);
    if (!stream)
        return LIVE_FULL;
    stream->live = live;
    stream->owner = *owner;
    pthread_mutex_lock(&live->mutex);
    int result = join(live, stream);
    pthread_mutex_unlock(&live->mutex);
    if (result < 0)
        free(stream);
    else
        *ret = stream;
    return result;
}

void live_leave(struct live_stream *stream)
{
    struct live *live = stream->live;
    pthread_mutex_lock(&live->mutex);
    remove_stream(live, stream);
    pthread_mutex_unlock(&live->mutex);
    free(stream);
}

/* With the mutex held: the batch after the last one, or NULL. */
static struct shared_batch *take(struct live_stream *stream)
{
    const struct live_topic *topic = stream->topic;
    if (stream->end != LIVE_OPEN || stream->taken == topic->batch_count)
        return NULL;
    if (topic->batch_count - stream->taken > LIVE_BATCHES_KEPT) {
        stream->end = LIVE_LAGGING;
        return NULL;
    }
    struct shared_batch *batch = topic->batches[stream->taken++ % LIVE_BATCHES_KEPT];
    atomic_fetch_add(&batch->holders, 1);
    return batch;
}

enum live_end live_next(struct live_stream *stream, int wait_ms, const struct live_batch **ret)
{
    struct live *live = stream->live;
    const struct timespec deadline = clock_deadline(wait_ms);
    int late = 0;
    pthread_mutex_lock(&live->mutex);
    while (stream->end == LIVE_OPEN && stream->taken == stream->topic->batch_count && !late)
        late = pthread_cond_clockwait(&stream->topic->changed, &live->mutex, CLOCK_MONOTONIC,
                                      &deadline);
    struct shared_batch *batch = take(stream);
    enum live_end end = stream->end;
    pthread_mutex_unlock(&live->mutex);
    *ret = batch ? &batch->batch : NULL;
    return end;
}

void live_release(const struct live_batch *batch)
{
    struct shared_batch *shared = (struct shared_batch *)(uintptr_t)batch;
    if (shared && atomic_fetch_sub(&shared->holders, 1) == 1)
        arena_free(shared->arena);
}
