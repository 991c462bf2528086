#include "media/decoder_pool.h"

#include "media/decoder_child.h"
#include "media/decoder_queue.h"
#include "media/decoder_verify.h"
#include "media/jpeg_decode.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    PROCESSES_MAX = 256,
    ARGUMENTS_MAX = 16,
    ATTEMPTS_MAX = 3,        /* of a photo whose decoders are killed from outside */
    DEADLINE_SPARE_MS = 500, /* a decoder answers "timed out" itself when it still can */
    DEATH_PATIENCE_MS = 1000,
    CHECK_EVERY_MS = 1000,
    RESTART_DELAY_MS = 200
};

enum slot_state { SLOT_EMPTY, SLOT_IDLE, SLOT_BUSY };

struct decoder_slot {
    enum slot_state state;
    struct decoder_child child;
};

struct media_decoder_pool {
    char *argv[ARGUMENTS_MAX + 1];
    uint32_t max_wait_ms;
    struct media_limits limits;
    struct decoder_verifier *verifier;
    uint32_t slot_count;
    struct decoder_slot *slots;

    pthread_mutex_t lock; /**< guards all below, and the slots' states */
    pthread_cond_t supervise;
    pthread_cond_t changed; /**< the first start is over; a photo is done */
    pthread_condattr_t monotonic;
    pthread_t supervisor;
    bool has_supervisor;
    bool stopping;      /**< no more photos */
    bool closing;       /**< no more decoders */
    bool started;       /**< the first start of all decoders is over */
    int start_result;   /**< of that */
    uint32_t in_flight; /**< threads inside decode */
    uint64_t next_job_id;
    struct decoder_queue queue;
    struct media_decoder_pool_statistics statistics;
};

static struct timespec deadline_in(int64_t ms)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += ms % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

/** Gives a decoder that is ready to the photo that waits longest. Under the lock. */
static void hand_on(struct media_decoder_pool *pool, struct decoder_slot *slot)
{
    slot->state = decoder_queue_give(&pool->queue, slot) ? SLOT_BUSY : SLOT_IDLE;
}

static struct decoder_slot *find_slot(struct media_decoder_pool *pool, enum slot_state state)
{
    for (uint32_t i = 0; i < pool->slot_count; i++)
        if (pool->slots[i].state == state)
            return &pool->slots[i];
    return NULL;
}

/** Waits for a decoder. Under the lock. @return NULL when the pool stops or time is up. */
static struct decoder_slot *take_slot(struct media_decoder_pool *pool, bool in_front)
{
    struct decoder_slot *idle = pool->queue.length == 0 ? find_slot(pool, SLOT_IDLE) : NULL;
    struct decoder_waiter waiter = {0};
    if (pool->stopping)
        return NULL;
    if (idle != NULL) {
        idle->state = SLOT_BUSY;
        return idle;
    }
    struct timespec until = deadline_in(pool->max_wait_ms);
    int result = 0;
    (void)pthread_cond_init(&waiter.wake, &pool->monotonic);
    decoder_queue_join(&pool->queue, &waiter, in_front);
    while (waiter.slot == NULL && !pool->stopping && result != ETIMEDOUT)
        result = pool->max_wait_ms > 0 ? pthread_cond_timedwait(&waiter.wake, &pool->lock, &until)
                                       : pthread_cond_wait(&waiter.wake, &pool->lock);
    if (waiter.slot == NULL)
        decoder_queue_leave(&pool->queue, &waiter);
    (void)pthread_cond_destroy(&waiter.wake);
    return waiter.slot;
}

static void answer_refusal(struct media_photo *photo, enum media_status status, uint64_t limit,
                           uint64_t actual)
{
    *photo = (struct media_photo){.status = status, .limit = limit, .actual = actual};
    photo->exif.orientation = 1;
}

/** What a decoder's end says about the photo it had. */
static void answer_end(const struct media_decoder_pool *pool, struct decoder_end end,
                       struct media_photo *photo)
{
    bool from_outside = end.signal == SIGKILL || end.signal == SIGTERM || end.signal == SIGINT ||
                        end.signal == SIGHUP || end.signal == SIGBUS;
    if (end.by_us)
        answer_refusal(photo, MEDIA_DECODER_LIED, 0, 0);
    else if (end.signal == SIGXCPU)
        answer_refusal(photo, MEDIA_TIMED_OUT, pool->limits.deadline_ms, 0);
    else if (from_outside)
        answer_refusal(photo, MEDIA_DECODER_KILLED, 0, (uint64_t)end.signal);
    else
        answer_refusal(photo, MEDIA_DECODER_CRASHED, 0, (uint64_t)end.signal);
}

static int empty_thumbnails(const struct decoder_files *files)
{
    return ftruncate(files->fds[DECODER_SMALL], 0) < 0 ||
                   ftruncate(files->fds[DECODER_MEDIUM], 0) < 0
               ? -errno
               : 0;
}

/** One attempt, outside of the lock. @return true when the decoder can go on. */
static bool run_job(const struct media_decoder_pool *pool, struct decoder_slot *slot,
                    uint64_t job_id, const struct decoder_files *files, struct media_photo *photo)
{
    enum decoder_outcome outcome = decoder_child_run(
        &slot->child, job_id, files, pool->limits.deadline_ms + DEADLINE_SPARE_MS, photo);
    if (outcome == DECODER_ANSWERED &&
        decoder_verifier_check(pool->verifier, &pool->limits, files, photo))
        return true;
    struct decoder_end end =
        decoder_child_end(&slot->child, outcome == DECODER_GONE ? DEATH_PATIENCE_MS : 0);
    if (outcome == DECODER_GONE)
        answer_end(pool, end, photo);
    else if (outcome == DECODER_HUNG)
        answer_refusal(photo, MEDIA_TIMED_OUT, pool->limits.deadline_ms, 0);
    else
        answer_refusal(photo, MEDIA_DECODER_LIED, 0, 0);
    return false;
}

static void give_back(struct media_decoder_pool *pool, struct decoder_slot *slot, bool alive,
                      const struct media_photo *photo)
{
    pool->statistics.busy_count--;
    if (alive) {
        hand_on(pool, slot);
        return;
    }
    slot->state = SLOT_EMPTY;
    if (photo->status == MEDIA_TIMED_OUT)
        pool->statistics.timeout_count++;
    else
        pool->statistics.death_count++;
    (void)pthread_cond_signal(&pool->supervise);
}

/** Waits, decodes, gives the decoder back. Under the lock, which is released in between. */
static void attempt(struct media_decoder_pool *pool, const struct decoder_files *files,
                    bool in_front, struct media_photo *photo)
{
    int64_t begin_ms = media_monotonic_ms();
    struct decoder_slot *slot = take_slot(pool, in_front);
    int64_t taken_ms = media_monotonic_ms();
    pool->statistics.wait_ms_total += (uint64_t)(taken_ms - begin_ms);
    if (slot == NULL) {
        answer_refusal(photo, pool->stopping ? MEDIA_POOL_STOPPED : MEDIA_POOL_BUSY,
                       pool->stopping ? 0 : pool->max_wait_ms, 0);
        return;
    }
    uint64_t job_id = pool->next_job_id++;
    pool->statistics.busy_count++;
    (void)pthread_mutex_unlock(&pool->lock);
    bool alive = run_job(pool, slot, job_id, files, photo);
    (void)pthread_mutex_lock(&pool->lock);
    pool->statistics.work_ms_total += (uint64_t)(media_monotonic_ms() - taken_ms);
    give_back(pool, slot, alive, photo);
}

int media_decoder_pool_decode(struct media_decoder_pool *pool, int photo_fd, int small_fd,
                              int medium_fd, struct media_photo *ret_photo)
{
    const struct decoder_files files = {{photo_fd, small_fd, medium_fd}};
    struct stat status;
    struct media_photo photo = {.status = MEDIA_DECODER_KILLED};
    for (int i = 0; i < DECODER_FD_COUNT; i++)
        if (fstat(files.fds[i], &status) < 0 || !S_ISREG(status.st_mode))
            return -EBADF;
    (void)pthread_mutex_lock(&pool->lock);
    pool->in_flight++;
    for (int i = 0; i < ATTEMPTS_MAX && photo.status == MEDIA_DECODER_KILLED; i++) {
        if (i > 0 && empty_thumbnails(&files) < 0)
            break;
        attempt(pool, &files, i > 0, &photo);
    }
    pool->statistics.job_count++;
    pool->statistics.refused_count += photo.status != MEDIA_OK;
    pool->in_flight--;
    (void)pthread_cond_broadcast(&pool->changed);
    (void)pthread_mutex_unlock(&pool->lock);
    *ret_photo = photo;
    return 0;
}

/** Reaps idle decoders that were killed, so that the next photo does not find them. */
static void reap_dead(struct media_decoder_pool *pool)
{
    for (uint32_t i = 0; i < pool->slot_count; i++) {
        struct decoder_slot *slot = &pool->slots[i];
        if (slot->state != SLOT_IDLE || decoder_child_is_alive(&slot->child))
            continue;
        (void)decoder_child_end(&slot->child, 0);
        slot->state = SLOT_EMPTY;
        pool->statistics.death_count++;
    }
}

/** Fills one empty slot. Under the lock, which is released while the decoder starts. */
static int fill_slot(struct media_decoder_pool *pool, struct decoder_slot *slot)
{
    struct decoder_child child;
    (void)pthread_mutex_unlock(&pool->lock);
    int result = decoder_child_start((const char *const *)pool->argv, &pool->limits, &child);
    (void)pthread_mutex_lock(&pool->lock);
    if (result < 0)
        return result;
    slot->child = child;
    hand_on(pool, slot);
    return 0;
}

/** Starts decoders and replaces lost ones. All are started by this one thread, since a decoder ends
 * with the thread that started it. */
static void *supervise(void *argument)
{
    struct media_decoder_pool *pool = argument;
    (void)pthread_mutex_lock(&pool->lock);
    while (!pool->closing) {
        struct decoder_slot *empty = find_slot(pool, SLOT_EMPTY);
        int result = empty != NULL ? fill_slot(pool, empty) : 0;
        if (!pool->started && (result < 0 || find_slot(pool, SLOT_EMPTY) == NULL)) {
            pool->started = true;
            pool->start_result = result;
            (void)pthread_cond_broadcast(&pool->changed);
        }
        if (pool->closing || (result == 0 && find_slot(pool, SLOT_EMPTY) != NULL))
            continue;
        struct timespec until = deadline_in(result < 0 ? RESTART_DELAY_MS : CHECK_EVERY_MS);
        (void)pthread_cond_timedwait(&pool->supervise, &pool->lock, &until);
        reap_dead(pool);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static int copy_arguments(struct media_decoder_pool *pool, const char *const *argv)
{
    for (size_t i = 0; argv[i] != NULL; i++) {
        if (i == ARGUMENTS_MAX)
            return -EINVAL;
        pool->argv[i] = strdup(argv[i]);
        if (pool->argv[i] == NULL)
            return -ENOMEM;
    }
    return pool->argv[0] != NULL ? 0 : -EINVAL;
}

static int start_supervisor(struct media_decoder_pool *pool)
{
    sigset_t all, before;
    (void)sigfillset(&all);
    /* The server's signals go to the server's threads. */
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    int result = -pthread_create(&pool->supervisor, NULL, supervise, pool);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (result < 0)
        return result;
    pool->has_supervisor = true;
    (void)pthread_mutex_lock(&pool->lock);
    while (!pool->started)
        (void)pthread_cond_wait(&pool->changed, &pool->lock);
    result = pool->start_result;
    (void)pthread_mutex_unlock(&pool->lock);
    return result;
}

static uint32_t wanted_processes(uint32_t count)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (count == 0)
        count = cores > 0 ? (uint32_t)cores : 1;
    return count < PROCESSES_MAX ? count : PROCESSES_MAX;
}

static void initialise_locks(struct media_decoder_pool *pool)
{
    (void)pthread_condattr_init(&pool->monotonic);
    (void)pthread_condattr_setclock(&pool->monotonic, CLOCK_MONOTONIC);
    (void)pthread_mutex_init(&pool->lock, NULL);
    (void)pthread_cond_init(&pool->supervise, &pool->monotonic);
    (void)pthread_cond_init(&pool->changed, &pool->monotonic);
}

int media_decoder_pool_create(const struct media_decoder_pool_config *config,
                              struct media_decoder_pool **ret_pool)
{
    struct media_decoder_pool *pool = calloc(1, sizeof(*pool));
    if (pool == NULL)
        return -ENOMEM;
    initialise_locks(pool);
    pool->max_wait_ms = config->max_wait_ms;
    pool->limits = config->limits;
    decoder_queue_init(&pool->queue);
    pool->slot_count = wanted_processes(config->process_count);
    pool->statistics.process_count = pool->slot_count;
    pool->slots = calloc(pool->slot_count, sizeof(*pool->slots));
    int result = pool->slots == NULL ? -ENOMEM : copy_arguments(pool, config->argv);
    if (result == 0)
        result = decoder_verifier_create(&pool->verifier);
    if (result == 0)
        result = start_supervisor(pool);
    if (result < 0) {
        media_decoder_pool_free(pool);
        return result;
    }
    *ret_pool = pool;
    return 0;
}

void media_decoder_pool_statistics(struct media_decoder_pool *pool,
                                   struct media_decoder_pool_statistics *ret_statistics)
{
    uint32_t alive = 0;
    (void)pthread_mutex_lock(&pool->lock);
    for (uint32_t i = 0; i < pool->slot_count; i++)
        alive += pool->slots[i].state != SLOT_EMPTY;
    *ret_statistics = pool->statistics;
    ret_statistics->queue_length = pool->queue.length;
    (void)pthread_mutex_unlock(&pool->lock);
    ret_statistics->alive_count = alive;
}

void media_decoder_pool_stop(struct media_decoder_pool *pool)
{
    (void)pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    decoder_queue_wake_all(&pool->queue);
    while (pool->in_flight > 0)
        (void)pthread_cond_wait(&pool->changed, &pool->lock);
    (void)pthread_mutex_unlock(&pool->lock);
}

static void end_supervisor(struct media_decoder_pool *pool)
{
    (void)pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    (void)pthread_cond_signal(&pool->supervise);
    (void)pthread_mutex_unlock(&pool->lock);
    (void)pthread_join(pool->supervisor, NULL);
}

void media_decoder_pool_free(struct media_decoder_pool *pool)
{
    if (pool == NULL)
        return;
    media_decoder_pool_stop(pool);
    if (pool->has_supervisor)
        end_supervisor(pool);
    for (uint32_t i = 0; pool->slots != NULL && i < pool->slot_count; i++)
        if (pool->slots[i].state != SLOT_EMPTY)
            (void)decoder_child_end(&pool->slots[i].child, DEATH_PATIENCE_MS);
    for (size_t i = 0; i < ARGUMENTS_MAX; i++)
        free(pool->argv[i]);
    decoder_verifier_free(pool->verifier);
    (void)pthread_cond_destroy(&pool->changed);
    (void)pthread_cond_destroy(&pool->supervise);
    (void)pthread_mutex_destroy(&pool->lock);
    (void)pthread_condattr_destroy(&pool->monotonic);
    free(pool->slots);
    free(pool);
}
