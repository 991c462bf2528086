#include "server/base/clock.h"
#include "server/base/log.h"
#include "server/store/db_internal.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Somebody in line. Whoever gives something back hands it to the first directly. */
struct waiter {
    struct waiter *next;
    pthread_cond_t called;
    bool is_served;
    struct db_connection *connection; /**< NULL: a free place, to open a new one in */
};

struct db_pool {
    pthread_mutex_t mutex;
    char *url;
    int connections;
    int wait_ms;
    db_pool_listener *listener;
    void *listener_context;
    struct db_connection *idle;
    int open; /**< idle, busy, and being opened */
    int busy;
    int waiting;
    struct waiter *first;
    struct waiter *last;
};

int db_pool_create(const struct db_pool_config *config, struct db_pool **ret)
{
    struct db_pool *pool = calloc(1, sizeof *pool);
    if (!pool)
        return -1;
    pool->url = strdup(config->url);
    if (!pool->url || pthread_mutex_init(&pool->mutex, NULL) != 0) {
        free(pool->url);
        free(pool);
        return -1;
    }
    pool->connections = config->connections;
    pool->wait_ms = config->wait_ms;
    *ret = pool;
    return 0;
}

void db_pool_free(struct db_pool *pool)
{
    if (!pool)
        return;
    assert(pool->busy == 0 && pool->waiting == 0);
    while (pool->idle) {
        struct db_connection *connection = pool->idle;
        pool->idle = connection->next;
        db_connection_close(connection);
    }
    pthread_mutex_destroy(&pool->mutex);
    free(pool->url);
    free(pool);
}

void db_pool_on_commit(struct db_pool *pool, db_pool_listener *listener, void *context)
{
    pool->listener = listener;
    pool->listener_context = context;
}

void db_pool_committed(const struct db_pool *pool, const struct uuid *org_id)
{
    if (pool->listener)
        pool->listener(pool->listener_context, org_id);
}

int db_pool_wait_ms(const struct db_pool *pool)
{
    return pool->wait_ms;
}

void db_pool_figures(struct db_pool *pool, struct db_pool_figures *ret)
{
    pthread_mutex_lock(&pool->mutex);
    *ret =
        (struct db_pool_figures){.open = pool->open, .busy = pool->busy, .waiting = pool->waiting};
    pthread_mutex_unlock(&pool->mutex);
}

static void leave_line(struct db_pool *pool, const struct waiter *waiter)
{
    struct waiter **place = &pool->first;
    struct waiter *before = NULL;
    while (*place != waiter) {
        before = *place;
        place = &(*place)->next;
    }
    *place = waiter->next;
    if (pool->last == waiter)
        pool->last = before;
    pool->waiting--;
}

/* With the mutex held. True when served before the deadline. */
static bool wait_in_line(struct db_pool *pool, struct waiter *waiter, int wait_ms)
{
    const struct timespec deadline = clock_deadline(wait_ms);
    if (pool->last)
        pool->last->next = waiter;
    else
        pool->first = waiter;
    pool->last = waiter;
    pool->waiting++;
    int result = 0;
    while (!waiter->is_served && result == 0)
        result = pthread_cond_clockwait(&waiter->called, &pool->mutex, CLOCK_MONOTONIC, &deadline);
    if (!waiter->is_served)
        leave_line(pool, waiter);
    return waiter->is_served;
}

/* With the mutex held: hands a connection, or with NULL a place for one, to the first in line. */
static bool hand_over(struct db_pool *pool, struct db_connection *connection)
{
    struct waiter *waiter = pool->first;
    if (!waiter)
        return false;
    pool->first = waiter->next;
    if (!pool->first)
        pool->last = NULL;
    pool->waiting--;
    waiter->connection = connection;
    waiter->is_served = true;
    pthread_cond_signal(&waiter->called);
    return true;
}

/* With the mutex held: an idle connection, or a place to open one in (NULL). False: neither in
 * time. */
static bool take(struct db_pool *pool, int wait_ms, struct db_connection **ret)
{
    struct waiter waiter = {.called = PTHREAD_COND_INITIALIZER};
    if (!pool->first && pool->idle) {
        waiter.connection = pool->idle;
        pool->idle = pool->idle->next;
        pool->busy++;
    } else if (!pool->first && pool->open < pool->connections) {
        pool->open++;
        pool->busy++;
    } else if (!wait_in_line(pool, &waiter, wait_ms)) {
        return false;
    }
    *ret = waiter.connection;
    return true;
}

void db_pool_release(struct db_pool *pool, struct db_connection *connection, bool is_broken)
{
    if (is_broken) {
        db_connection_close(connection);
        connection = NULL;
    }
    pthread_mutex_lock(&pool->mutex);
    if (!hand_over(pool, connection)) {
        pool->busy--;
        if (connection) {
            connection->next = pool->idle;
            pool->idle = connection;
        } else {
            pool->open--;
        }
    }
    pthread_mutex_unlock(&pool->mutex);
}

int db_pool_acquire(struct db_pool *pool, int wait_ms, struct db_connection **ret)
{
    struct db_connection *connection = NULL;
    pthread_mutex_lock(&pool->mutex);
    bool is_taken = take(pool, wait_ms, &connection);
    pthread_mutex_unlock(&pool->mutex);
    if (!is_taken)
        return DB_POOL_BUSY;
    if (connection && !db_connection_is_alive(connection)) {
        LOG(LOG_WARNING, "database_connection_lost", LOG_TEXT("while", "idle"));
        db_connection_close(connection);
        connection = NULL;
    }
    if (!connection)
        connection = db_connection_open(pool->url);
    if (!connection) {
        db_pool_release(pool, NULL, true);
        return DB_POOL_UNREACHABLE;
    }
    *ret = connection;
    return 0;
}

static const struct query ping = {.name = "ping", .sql = "SELECT 1"};

int db_pool_ping(struct db_pool *pool, int timeout_ms)
{
    struct db_connection *connection;
    if (db_pool_acquire(pool, timeout_ms, &connection) < 0)
        return -1;
    db_pool_release(pool, connection, false);

    struct arena *arena = arena_create(65536);
    struct problem problem = {0};
    struct db_rows rows;
    struct db *db = NULL;
    int result = -1;
    if (arena && db_begin(pool, arena, &problem, NULL, true, &db) == 0)
        result = db_query(db, &ping, &(struct db_parameters){0}, &rows);
    db_rollback(db);
    arena_free(arena);
    return result;
}
