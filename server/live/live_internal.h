/** What the files of the hub share. */
#ifndef FIELDPROOF_LIVE_LIVE_INTERNAL_H
#define FIELDPROOF_LIVE_LIVE_INTERNAL_H

#include "server/live/live.h"

#include <pthread.h>
#include <stdatomic.h>

/** Batches that a stream may be behind before it is ended. */
#define LIVE_BATCHES_KEPT 32
/** Organisations that wait to be signalled; more at once are found by the other processes' own
 * looks. */
#define LIVE_SIGNALS_MAX 64

struct shared_batch {
    struct live_batch batch; /**< first, so that one is the other */
    _Atomic int holders;
    struct arena *arena; /**< its texts', and its own */
};

struct live_stream {
    struct live_stream *next;
    struct live *live;
    struct live_topic *topic;
    struct live_owner owner;
    int64_t taken; /**< the number of the last batch that it was given */
    enum live_end end;
};

/** An organisation that somebody follows. Only the hub's thread frees one. */
struct live_topic {
    struct live_topic *next;
    struct uuid org_id;
    pthread_cond_t changed;
    int stream_count;
    struct live_stream *streams;
    bool is_dirty;
    int64_t looked_us;
    struct arena *position_arena;
    struct desk_position
        position;        /**< everything up to here has been handed out; none yet: NULLs */
    int64_t batch_count; /**< since the beginning; the last LIVE_BATCHES_KEPT are kept */
    struct shared_batch *batches[LIVE_BATCHES_KEPT];
};

struct live {
    struct live_config config;
    pthread_t thread;
    int wake_fd;
    pthread_mutex_t mutex; /**< of everything below */
    bool stops;
    bool is_woken; /**< wake_fd has been written to, and not been read */
    int stream_count;
    struct live_topic *topics;
    int signal_count;
    struct uuid signals[LIVE_SIGNALS_MAX]; /**< organisations that others have to be told of */
};

/** With the mutex held. */
struct live_topic *live_topic_find(struct live *live, const struct uuid *org_id);
void live_wake(struct live *live);

/** Frees those that nobody follows any more. In the hub's thread, or when it is over. */
void live_forget_topics(struct live *live);

/** The hub's thread. */
void *live_hub(void *context);

#endif
