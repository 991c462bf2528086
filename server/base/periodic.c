#include "server/base/periodic.h"

#include "server/base/clock.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>

#define STACK_BYTES ((size_t)1024 * 1024)
#define NAME_BYTES  16 /* of a thread's name in Linux, with the end */

struct periodic {
    char name[NAME_BYTES];
    int64_t pause_s;
    periodic_work *work;
    void *context;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool is_stopping;
};

bool periodic_is_stopping(struct periodic *periodic)
{
    pthread_mutex_lock(&periodic->lock);
    bool is_stopping = periodic->is_stopping;
    pthread_mutex_unlock(&periodic->lock);
    return is_stopping;
}

static void wait_for_next(struct periodic *periodic)
{
    const struct timespec until = clock_deadline(periodic->pause_s * 1000);
    pthread_mutex_lock(&periodic->lock);
    int waited = 0;
    while (!periodic->is_stopping && waited == 0)
        waited =
            pthread_cond_clockwait(&periodic->changed, &periodic->lock, CLOCK_MONOTONIC, &until);
    pthread_mutex_unlock(&periodic->lock);
}

static void *run(void *context)
{
    struct periodic *periodic = context;
    prctl(PR_SET_NAME, periodic->name);
    while (!periodic_is_stopping(periodic)) {
        periodic->work(periodic, periodic->context);
        wait_for_next(periodic);
    }
    return NULL;
}

static void take_apart(struct periodic *periodic)
{
    pthread_cond_destroy(&periodic->changed);
    pthread_mutex_destroy(&periodic->lock);
    free(periodic);
}

static int start_thread(struct periodic *periodic)
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    int failed = pthread_create(&periodic->thread, &attributes, run, periodic);
    pthread_attr_destroy(&attributes);
    return failed ? -1 : 0;
}

int periodic_start(const char *name, int64_t pause_s, periodic_work *work, void *context,
                   struct periodic **ret)
{
    struct periodic *periodic = calloc(1, sizeof *periodic);
    if (!periodic)
        return -1;
    *periodic = (struct periodic){.pause_s = pause_s, .work = work, .context = context};
    snprintf(periodic->name, sizeof periodic->name, "clock-%s", name);
    pthread_cond_init(&periodic->changed, NULL);
    pthread_mutex_init(&periodic->lock, NULL);
    if (start_thread(periodic) < 0) {
        take_apart(periodic);
        return -1;
    }
    *ret = periodic;
    return 0;
}

void periodic_stop(struct periodic *periodic)
{
    if (!periodic)
        return;
    pthread_mutex_lock(&periodic->lock);
    periodic->is_stopping = true;
    pthread_cond_broadcast(&periodic->changed);
    pthread_mutex_unlock(&periodic->lock);
    pthread_join(periodic->thread, NULL);
    take_apart(periodic);
}
