#include "server/http/watch.h"

#include "server/base/clock.h"
#include "server/http/sockets.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#define LOOK_EVERY_MS 500
#define THREAD_STACK  ((size_t)128 * 1024)

struct watch {
    struct watch_limits limits;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool stops;
    struct watch_entry *entries;
};

/*
 * The transfer is still going on (the mutex is held), so the descriptor cannot have become another
 * connection's.
 */
static void cut(const struct watch_entry *entry)
{
    int fd = sockets_find(entry->address, entry->port, entry->server_port);
    if (fd >= 0)
        shutdown(fd, entry->kind == WATCH_READ ? SHUT_RD : SHUT_RDWR);
}

static bool is_to_be_cut(const struct watch *watch, const struct watch_entry *entry, int64_t now_us)
{
    if (now_us >= entry->deadline_us || (entry->is_unwanted && entry->is_unwanted(entry->context)))
        return true;
    int64_t counted_ms = (now_us - entry->started_us) / 1000 - watch->limits.grace_ms;
    return entry->kind != WATCH_DRAIN && counted_ms > 0 &&
           atomic_load(&entry->bytes) < counted_ms * watch->limits.bytes_per_s / 1000;
}

static void *look(void *context)
{
    struct watch *watch = context;
    pthread_mutex_lock(&watch->mutex);
    while (!watch->stops) {
        const struct timespec until = clock_deadline(LOOK_EVERY_MS);
        pthread_cond_clockwait(&watch->wake, &watch->mutex, CLOCK_MONOTONIC, &until);
        int64_t now_us = clock_monotonic_us();
        for (struct watch_entry *entry = watch->entries; entry; entry = entry->next) {
            if (!entry->is_cut && is_to_be_cut(watch, entry, now_us)) {
                entry->is_cut = true;
                cut(entry);
            }
        }
    }
    pthread_mutex_unlock(&watch->mutex);
    return NULL;
}

int watch_create(const struct watch_limits *limits, struct watch **ret)
{
    struct watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        return -1;
    watch->limits = *limits;
    pthread_mutex_init(&watch->mutex, NULL);
    pthread_cond_init(&watch->wake, NULL);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, THREAD_STACK);
    int failed = pthread_create(&watch->thread, &attributes, look, watch);
    pthread_attr_destroy(&attributes);
    if (failed) {
        free(watch);
        return -1;
    }
    *ret = watch;
    return 0;
}

void watch_free(struct watch *watch)
{
    if (!watch)
        return;
    pthread_mutex_lock(&watch->mutex);
    watch->stops = true;
    pthread_cond_signal(&watch->wake);
    pthread_mutex_unlock(&watch->mutex);
    pthread_join(watch->thread, NULL);
    pthread_cond_destroy(&watch->wake);
    pthread_mutex_destroy(&watch->mutex);
    free(watch);
}

void watch_begin(struct watch *watch, struct watch_entry *entry, const char *address, int port,
                 int server_port, int total_ms, enum watch_kind kind)
{
    int64_t now_us = clock_monotonic_us();
    entry->address = address;
    entry->port = port;
    entry->server_port = server_port;
    entry->started_us = now_us;
    entry->deadline_us = now_us + (int64_t)(total_ms ? total_ms : watch->limits.total_ms) * 1000;
    entry->kind = kind;
    entry->is_cut = false;
    entry->is_unwanted = NULL;
    atomic_store(&entry->bytes, 0);
    pthread_mutex_lock(&watch->mutex);
    entry->next = watch->entries;
    watch->entries = entry;
    pthread_mutex_unlock(&watch->mutex);
}

void watch_ask(struct watch *watch, struct watch_entry *entry, bool (*is_unwanted)(void *context),
               void *context)
{
    pthread_mutex_lock(&watch->mutex);
    entry->context = context;
    entry->is_unwanted = is_unwanted;
    pthread_mutex_unlock(&watch->mutex);
}

void watch_progress(struct watch_entry *entry, int64_t bytes)
{
    atomic_fetch_add(&entry->bytes, bytes);
}

bool watch_end(struct watch *watch, struct watch_entry *entry)
{
    pthread_mutex_lock(&watch->mutex);
    for (struct watch_entry **link = &watch->entries; *link; link = &(*link)->next) {
        if (*link == entry) {
            *link = entry->next;
            break;
        }
    }
    pthread_mutex_unlock(&watch->mutex);
    return entry->is_cut;
}
