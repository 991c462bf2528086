#include "server/report_keeper.h"

#include "server/base/log.h"
#include "server/store/organisation.h"
#include "server/store/report.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define STACK_BYTES ((size_t)256 * 1024)

struct report_keeper {
    struct db_pool *pool;
    int pause_s;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool is_stopping;
    bool has_failed; /**< at the last look */
};

static bool is_stopping(struct report_keeper *keeper)
{
    pthread_mutex_lock(&keeper->lock);
    bool result = keeper->is_stopping;
    pthread_mutex_unlock(&keeper->lock);
    return result;
}

/* One that fails keeps nobody else from being counted. */
static void refresh_organisation(struct report_keeper *keeper, const struct uuid *organisation)
{
    bool has_more = true;
    while (has_more && !is_stopping(keeper))
        if (report_refresh(keeper->pool, organisation, &has_more) < 0) {
            keeper->has_failed = true;
            return;
        }
}

static void refresh_all(struct report_keeper *keeper)
{
    struct uuid organisation;
    int result = organisation_next(keeper->pool, true, &organisation);
    while (result > 0) {
        refresh_organisation(keeper, &organisation);
        result = is_stopping(keeper) ? 0 : organisation_next(keeper->pool, false, &organisation);
    }
    if (result < 0)
        keeper->has_failed = true;
}

/* An outage is logged once. */
static void look(struct report_keeper *keeper)
{
    bool had_failed = keeper->has_failed;
    keeper->has_failed = false;
    refresh_all(keeper);
    if (keeper->has_failed && !had_failed)
        LOG(LOG_WARNING, "reports_not_kept", LOG_NUMBER("retry_s", keeper->pause_s));
}

/* True: it is time to look again; false: to end. */
static bool pause_between(struct report_keeper *keeper)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += keeper->pause_s;
    pthread_mutex_lock(&keeper->lock);
    int waited = 0;
    while (!keeper->is_stopping && waited == 0)
        waited = pthread_cond_timedwait(&keeper->changed, &keeper->lock, &until);
    bool result = !keeper->is_stopping;
    pthread_mutex_unlock(&keeper->lock);
    return result;
}

static void *keep(void *context)
{
    struct report_keeper *keeper = context;
    do
        look(keeper);
    while (pause_between(keeper));
    return NULL;
}

static int make_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    int failed = pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
    return failed ? -1 : 0;
}

int report_keeper_start(struct db_pool *pool, int pause_s, struct report_keeper **ret)
{
    pthread_attr_t attributes;
    struct report_keeper *keeper = calloc(1, sizeof *keeper);
    if (!keeper)
        return -1;
    keeper->pool = pool;
    keeper->pause_s = pause_s;
    pthread_mutex_init(&keeper->lock, NULL);
    if (make_condition(&keeper->changed) < 0) {
        free(keeper);
        return -1;
    }
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    int failed = pthread_create(&keeper->thread, &attributes, keep, keeper);
    pthread_attr_destroy(&attributes);
    if (failed) {
        pthread_cond_destroy(&keeper->changed);
        free(keeper);
        return -1;
    }
    *ret = keeper;
    return 0;
}

void report_keeper_stop(struct report_keeper *keeper)
{
    if (!keeper)
        return;
    pthread_mutex_lock(&keeper->lock);
    keeper->is_stopping = true;
    pthread_cond_broadcast(&keeper->changed);
    pthread_mutex_unlock(&keeper->lock);
    pthread_join(keeper->thread, NULL);
    pthread_cond_destroy(&keeper->changed);
    pthread_mutex_destroy(&keeper->lock);
    free(keeper);
}
