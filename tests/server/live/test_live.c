/* The hub with a database of this file's own: what the store and the pulse would do is done here.
 */
#include "server/live/live.h"
#include "server/live/live_internal.h"
#include "server/live/live_pulse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#define WAIT_MS 20000

static const struct uuid organisation = {{1}};

/** What was committed, and who is told of it. */
static struct {
    pthread_mutex_t mutex;
    db_pool_listener *listener;
    void *listener_context;
    int commits, told;
} database = {.mutex = PTHREAD_MUTEX_INITIALIZER};

void db_pool_on_commit(struct db_pool *pool, db_pool_listener *listener, void *context)
{
    (void)pool;
    pthread_mutex_lock(&database.mutex);
    database.listener = listener;
    database.listener_context = context;
    pthread_mutex_unlock(&database.mutex);
}

/* Tells of the next commit; its position is its number. */
int desk_changes_read_alone(struct db_pool *pool, struct arena *arena, const struct uuid *org_id,
                            const struct desk_position *since, struct desk_changes *ret)
{
    (void)pool;
    (void)org_id;
    pthread_mutex_lock(&database.mutex);
    bool has_news = since->snapshot && database.told < database.commits;
    database.told += has_news;
    const char *number = arena_printf(arena, "%d", database.told);
    pthread_mutex_unlock(&database.mutex);
    *ret = (struct desk_changes){.position = {"i", number, "m"},
                                 .continues = since->snapshot,
                                 .json = has_news ? number : NULL};
    return number ? 0 : -1;
}

int live_pulse_socket(struct live_pulse *pulse)
{
    (void)pulse;
    return -1;
}

void live_pulse_receive(struct live_pulse *pulse, change_signal_taker *take, void *context)
{
    (void)pulse;
    (void)take;
    (void)context;
}

void live_pulse_send(struct live_pulse *pulse, const struct uuid *org_ids, size_t count)
{
    (void)pulse;
    (void)org_ids;
    (void)count;
}

void live_pulse_close(struct live_pulse *pulse)
{
    (void)pulse;
}

static void commit(void)
{
    pthread_mutex_lock(&database.mutex);
    database.commits++;
    db_pool_listener *listener = database.listener;
    void *context = database.listener_context;
    pthread_mutex_unlock(&database.mutex);
    listener(context, &organisation);
}

static int set_up(void **state)
{
    const struct live_config config = {.streams_max = 10, .streams_per_organisation = 10};
    struct live *live;
    database.commits = database.told = 0;
    if (live_create(&config, &live) < 0)
        return -1;
    *state = live;
    return 0;
}

static int tear_down(void **state)
{
    live_free(*state);
    return 0;
}

static struct live_stream *join(struct live *live, uint8_t session)
{
    const struct live_owner owner = {
        .org_id = organisation, .user_id = {{2}}, .session_id = {{session}}};
    struct live_stream *stream;
    assert_int_equal(live_join(live, &owner, &stream), 0);
    return stream;
}

/* The next batch is that of the commit of this number. */
static void expect_batch(struct live_stream *stream, int number)
{
    const struct live_batch *batch;
    char text[16];
    snprintf(text, sizeof text, "%d", number);
    assert_int_equal(live_next(stream, WAIT_MS, &batch), LIVE_OPEN);
    assert_non_null(batch);
    assert_string_equal(batch->json, text);
    assert_string_equal(batch->position.snapshot, text);
    live_release(batch);
}

static void test_live__who_falls_behind_is_ended_and_who_just_does_not_misses_nothing(void **state)
{
    struct live *live = *state;
    const struct live_batch *batch;
    struct live_stream *eager = join(live, 1), *last = join(live, 2), *behind = NULL;
    for (int number = 1; number <= LIVE_BATCHES_KEPT + 1; number++) {
        commit();
        expect_batch(eager, number);
        if (number == 1)
            behind = join(live, 3);
    }
    assert_int_equal(live_next(last, 0, &batch), LIVE_LAGGING);
    assert_null(batch);
    for (int number = 2; number <= LIVE_BATCHES_KEPT + 1; number++)
        expect_batch(behind, number);
    live_leave(eager);
    live_leave(last);
    live_leave(behind);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_live__who_falls_behind_is_ended_and_who_just_does_not_misses_nothing, set_up,
            tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
