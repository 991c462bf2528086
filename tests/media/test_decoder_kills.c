/** Decoders are killed from outside while photos are decoded. */
#include "pool_support.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

enum { LOAD_THREADS = 8 };

/** Kills one of the decoders. @return true when there was one. */
static bool kill_one_decoder(unsigned pick)
{
    pid_t pids[64];
    unsigned count = pool_find_decoders(pids, 64);
    return count > 0 && kill(pids[pick % count], SIGKILL) == 0;
}

/** Threads that decode one photo over and over, and what they got. */
struct load {
    struct media_decoder_pool *pool;
    struct bytes photo;
    atomic_bool over;
    atomic_uint decoded;
    atomic_uint killed;
    atomic_uint wrong;
};

static void *put_under_load(void *argument)
{
    struct load *load = argument;
    while (!atomic_load(&load->over)) {
        struct media_photo photo =
            pool_decode(load->pool, load->photo.data, load->photo.size, NULL, NULL);
        if (photo.status == MEDIA_OK && photo.width_px == 640)
            atomic_fetch_add(&load->decoded, 1);
        else if (photo.status == MEDIA_DECODER_KILLED)
            atomic_fetch_add(&load->killed, 1);
        else
            atomic_fetch_add(&load->wrong, 1);
    }
    return NULL;
}

static void test_decoder_kills__loses_nothing_when_decoders_are_killed(void **state)
{
    (void)state;
    struct load load = {.pool = pool_create(2), .photo = support_make(support_small_photo())};
    pthread_t threads[LOAD_THREADS];
    const struct timespec pause = {0, 15000000};
    unsigned kills = 0;
    for (int i = 0; i < LOAD_THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, put_under_load, &load), 0);
    for (unsigned i = 0; kills < 200 && i < 2000; i++) {
        kills += kill_one_decoder(i);
        (void)nanosleep(&pause, NULL);
    }
    atomic_store(&load.over, true);
    for (int i = 0; i < LOAD_THREADS; i++)
        (void)pthread_join(threads[i], NULL);
    print_message("%u kills: %u decoded, %u told to try again, %u wrong\n", kills, load.decoded,
                  load.killed, load.wrong);
    assert_int_equal(kills, 200);
    assert_int_equal(load.wrong, 0);
    assert_true(load.decoded > 0);
    pool_assert_works(load.pool);
    struct media_decoder_pool_statistics end = pool_statistics(load.pool);
    assert_int_equal(end.busy_count, 0);
    assert_int_equal(end.queue_length, 0);
    assert_int_equal(end.job_count, load.decoded + load.killed + 1);
    support_free(load.photo);
    media_decoder_pool_free(load.pool);
}

struct sleeper {
    struct media_decoder_pool *pool;
    struct media_photo photo;
};

static void *decode_asleep(void *argument)
{
    struct sleeper *sleeper = argument;
    sleeper->photo = pool_tell(sleeper->pool, "SLEEP   ");
    return NULL;
}

/** Kills the decoder under a photo this many times. @return what the photo gets. */
static enum media_status kill_under_photo(unsigned times)
{
    const struct timespec pause = {0, 10000000};
    struct sleeper sleeper = {.pool = pool_create(1)};
    pthread_t thread;
    pid_t last = 0;
    assert_int_equal(pthread_create(&thread, NULL, decode_asleep, &sleeper), 0);
    for (unsigned kills = 0, tries = 0; kills < times && tries < 500; tries++) {
        pid_t pid = 0;
        if (pool_statistics(sleeper.pool).busy_count == 1 && pool_find_decoders(&pid, 1) == 1 &&
            pid != last && kill(pid, SIGKILL) == 0) {
            last = pid;
            kills++;
        }
        (void)nanosleep(&pause, NULL);
    }
    (void)pthread_join(thread, NULL);
    pool_assert_works(sleeper.pool);
    media_decoder_pool_free(sleeper.pool);
    return sleeper.photo.status;
}

static void test_decoder_kills__a_photo_gets_another_decoder(void **state)
{
    (void)state;
    assert_int_equal(kill_under_photo(2), MEDIA_TIMED_OUT); /* it sleeps in the third, too */
}

static void test_decoder_kills__three_kills_are_told_as_ours(void **state)
{
    (void)state;
    assert_int_equal(kill_under_photo(3), MEDIA_DECODER_KILLED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decoder_kills__a_photo_gets_another_decoder),
        cmocka_unit_test(test_decoder_kills__three_kills_are_told_as_ours),
        cmocka_unit_test(test_decoder_kills__loses_nothing_when_decoders_are_killed),
    };
    return cmocka_run_group_tests_name("decoder_kills", tests, NULL, NULL);
}
