#include "media_support.h"

#include "media/decoder_pool.h"
#include "media/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { DEADLINE_MS = 400, LOAD_THREADS = 8 };

static const char *const decoder[] = {MISBEHAVING_DECODER, NULL};

static struct media_decoder_pool *create_pool(uint32_t process_count)
{
    struct media_decoder_pool_config config = {
        .argv = decoder, .process_count = process_count, .limits = media_limits_default()};
    struct media_decoder_pool *pool = NULL;
    config.limits.deadline_ms = DEADLINE_MS;
    assert_int_equal(media_decoder_pool_create(&config, &pool), 0);
    return pool;
}

/** Decodes into new files, which the caller may ask for. */
static struct media_photo decode_bytes(struct media_decoder_pool *pool, const void *data,
                                       size_t size, struct bytes *ret_small,
                                       struct bytes *ret_medium)
{
    struct media_photo photo;
    int photo_fd = support_file(data, size);
    int small_fd = support_file("", 0), medium_fd = support_file("", 0);
    assert_int_equal(media_decoder_pool_decode(pool, photo_fd, small_fd, medium_fd, &photo), 0);
    if (ret_small != NULL)
        *ret_small = support_read(small_fd);
    if (ret_medium != NULL)
        *ret_medium = support_read(medium_fd);
    (void)close(photo_fd);
    (void)close(small_fd);
    (void)close(medium_fd);
    return photo;
}

static struct media_photo tell(struct media_decoder_pool *pool, const char *verb)
{
    return decode_bytes(pool, verb, strlen(verb), NULL, NULL);
}

static struct media_decoder_pool_statistics statistics(struct media_decoder_pool *pool)
{
    struct media_decoder_pool_statistics result;
    media_decoder_pool_statistics(pool, &result);
    return result;
}

/** After whatever happened before, the pool still decodes. */
static void assert_pool_works(struct media_decoder_pool *pool)
{
    struct bytes bytes = support_make(support_small_photo());
    struct media_photo photo = decode_bytes(pool, bytes.data, bytes.size, NULL, NULL);
    assert_string_equal(media_status_code(photo.status), "photo_ok");
    support_free(bytes);
}

static void test_decoder_pool__decodes(void **state)
{
    (void)state;
    struct media_decoder_pool *pool = create_pool(1);
    struct bytes bytes = support_make(support_small_photo()), small, medium;
    struct media_photo photo = decode_bytes(pool, bytes.data, bytes.size, &small, &medium);
    struct media_photo inside = support_decode(small);
    assert_int_equal(photo.status, MEDIA_OK);
    assert_int_equal(photo.byte_count, bytes.size);
    assert_int_equal(photo.small.byte_count, small.size);
    assert_int_equal(photo.medium.byte_count, medium.size);
    assert_int_equal(inside.width_px, photo.small.width_px);
    assert_memory_not_equal(photo.small.sha256, photo.medium.sha256, MEDIA_SHA256_BYTES);
    support_free(bytes);
    support_free(small);
    support_free(medium);
    media_decoder_pool_free(pool);
}

static void test_decoder_pool__refuses_a_program_that_is_not_there(void **state)
{
    (void)state;
    const char *const nobody[] = {"/nowhere/at/all", NULL};
    struct media_decoder_pool_config config = {.argv = nobody, .limits = media_limits_default()};
    struct media_decoder_pool *pool = NULL;
    assert_int_equal(media_decoder_pool_create(&config, &pool), -ENOENT);
    assert_null(pool);
}

static void test_decoder_pool__refuses_a_program_that_is_no_decoder(void **state)
{
    (void)state;
    const char *const stranger[] = {MISBEHAVING_DECODER, "not-a-decoder", NULL};
    struct media_decoder_pool_config config = {.argv = stranger, .limits = media_limits_default()};
    struct media_decoder_pool *pool = NULL;
    assert_true(media_decoder_pool_create(&config, &pool) < 0);
    assert_null(pool);
}

static void test_decoder_pool__refuses_descriptors_that_are_no_files(void **state)
{
    (void)state;
    struct media_decoder_pool *pool = create_pool(1);
    struct media_photo photo;
    int pipe_fds[2], file = support_file("", 0);
    assert_int_equal(pipe(pipe_fds), 0);
    assert_int_equal(media_decoder_pool_decode(pool, pipe_fds[0], file, file, &photo), -EBADF);
    assert_int_equal(media_decoder_pool_decode(pool, file, file, -1, &photo), -EBADF);
    (void)close(pipe_fds[0]);
    (void)close(pipe_fds[1]);
    (void)close(file);
    media_decoder_pool_free(pool);
}

/** One misdeed and the answer it gets. */
struct misdeed {
    const char *verb;
    enum media_status status;
    int signal;
    bool needs_sandbox;
};

static const struct misdeed misdeeds[] = {
    {"WILD    ", MEDIA_DECODER_CRASHED, SIGSEGV, true},
    {"CRASH   ", MEDIA_DECODER_CRASHED, SIGSYS, true},
    {"OPEN    ", MEDIA_DECODER_CRASHED, SIGSYS, true},
    {"SOCKET  ", MEDIA_DECODER_CRASHED, SIGSYS, true},
    {"FORK    ", MEDIA_DECODER_CRASHED, SIGSYS, true},
    {"EXECUTE ", MEDIA_DECODER_CRASHED, SIGSYS, true},
    {"KILL    ", MEDIA_DECODER_CRASHED, SIGSYS, true},
    {"EXECMAP ", MEDIA_DECODER_CRASHED, SIGSYS, true},
    {"WRITE   ", MEDIA_DECODER_CRASHED, SIGXFSZ, false},
    {"EXIT    ", MEDIA_DECODER_CRASHED, 0, false},
    {"LOOP    ", MEDIA_TIMED_OUT, 0, false},
    {"SLEEP   ", MEDIA_TIMED_OUT, 0, false},
    {"GARBAGE ", MEDIA_DECODER_LIED, 0, false},
    {"LIESIZE ", MEDIA_DECODER_LIED, 0, false},
    {"LIENAN  ", MEDIA_DECODER_LIED, 0, false},
    {"LIETEXT ", MEDIA_DECODER_LIED, 0, false},
    {"LIESTATE", MEDIA_DECODER_LIED, 0, false},
    {"LIEPACK ", MEDIA_DECODER_LIED, 0, false},
};

static void test_decoder_pool__contains_misdeeds(void **state)
{
    (void)state;
    struct media_decoder_pool *pool = create_pool(1);
    for (size_t i = 0; i < sizeof(misdeeds) / sizeof(misdeeds[0]); i++) {
        const struct misdeed *misdeed = &misdeeds[i];
        if (misdeed->needs_sandbox && !media_sandbox_is_complete())
            continue;
        struct media_photo photo = tell(pool, misdeed->verb);
        if (photo.status != misdeed->status)
            fail_msg("%s: %s", misdeed->verb, media_status_code(photo.status));
        if (misdeed->status == MEDIA_DECODER_CRASHED)
            assert_int_equal(photo.actual, misdeed->signal);
        assert_pool_works(pool);
    }
    media_decoder_pool_free(pool);
}

static void test_decoder_pool__gives_a_decoder_only_so_much_memory(void **state)
{
    (void)state;
    const struct media_limits limits = media_limits_default();
    if (!media_sandbox_is_complete())
        skip();
    struct media_decoder_pool *pool = create_pool(1);
    struct media_photo photo = tell(pool, "ALLOCATE");
    assert_int_equal(photo.status, MEDIA_TOO_MUCH_MEMORY);
    assert_true(photo.actual >= limits.max_memory_bytes);
    assert_true(photo.actual < 2 * limits.max_memory_bytes);
    media_decoder_pool_free(pool);
}

struct timed_decode {
    struct media_decoder_pool *pool;
    const char *verb;
    struct media_photo photo;
};

static void *decode_in_thread(void *argument)
{
    struct timed_decode *job = argument;
    job->photo = tell(job->pool, job->verb);
    return NULL;
}

static void wait_until_busy(struct media_decoder_pool *pool, uint32_t busy, uint32_t queued)
{
    const struct timespec pause = {0, 2000000};
    for (int i = 0; i < 2000; i++) {
        struct media_decoder_pool_statistics now = statistics(pool);
        if (now.busy_count >= busy && now.queue_length >= queued)
            return;
        (void)nanosleep(&pause, NULL);
    }
    fail_msg("the pool never got %u busy and %u queued", busy, queued);
}

static void test_decoder_pool__says_when_it_is_busy_too_long(void **state)
{
    (void)state;
    struct media_decoder_pool_config config = {
        .argv = decoder, .process_count = 1, .max_wait_ms = 50, .limits = media_limits_default()};
    struct media_decoder_pool *pool = NULL;
    pthread_t thread;
    config.limits.deadline_ms = DEADLINE_MS;
    assert_int_equal(media_decoder_pool_create(&config, &pool), 0);
    struct timed_decode hog = {.pool = pool, .verb = "LOOP    "};
    assert_int_equal(pthread_create(&thread, NULL, decode_in_thread, &hog), 0);
    wait_until_busy(pool, 1, 0);
    struct media_photo photo = tell(pool, "anything");
    assert_int_equal(photo.status, MEDIA_POOL_BUSY);
    assert_int_equal(photo.limit, 50);
    assert_true(media_status_is_retryable(photo.status));
    (void)pthread_join(thread, NULL);
    assert_int_equal(statistics(pool).queue_length, 0);
    media_decoder_pool_free(pool);
}

static void test_decoder_pool__stops_waiting_photos_and_finishes_those_at_work(void **state)
{
    (void)state;
    struct media_decoder_pool *pool = create_pool(1);
    pthread_t threads[2];
    struct timed_decode working = {.pool = pool, .verb = "LOOP    "};
    struct timed_decode waiting = {.pool = pool, .verb = "anything"};
    assert_int_equal(pthread_create(&threads[0], NULL, decode_in_thread, &working), 0);
    wait_until_busy(pool, 1, 0);
    assert_int_equal(pthread_create(&threads[1], NULL, decode_in_thread, &waiting), 0);
    wait_until_busy(pool, 1, 1);
    media_decoder_pool_stop(pool);
    (void)pthread_join(threads[0], NULL);
    (void)pthread_join(threads[1], NULL);
    assert_int_equal(working.photo.status, MEDIA_TIMED_OUT);
    assert_int_equal(waiting.photo.status, MEDIA_POOL_STOPPED);
    assert_int_equal(tell(pool, "anything").status, MEDIA_POOL_STOPPED);
    media_decoder_pool_free(pool);
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
            decode_bytes(load->pool, load->photo.data, load->photo.size, NULL, NULL);
        if (photo.status == MEDIA_OK && photo.width_px == 640)
            atomic_fetch_add(&load->decoded, 1);
        else if (photo.status == MEDIA_DECODER_KILLED)
            atomic_fetch_add(&load->killed, 1);
        else
            atomic_fetch_add(&load->wrong, 1);
    }
    return NULL;
}

/** True for a child of this process that has become a decoder. */
static bool is_our_decoder(pid_t pid)
{
    char path[64], line[512] = {0}, target[512] = {0};
    int parent = 0;
    (void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return false;
    const char *read = fgets(line, sizeof(line), file);
    (void)fclose(file);
    const char *rest = read == NULL ? NULL : strrchr(line, ')');
    if (rest == NULL || sscanf(rest, ") %*c %d", &parent) != 1 || parent != getpid())
        return false;
    (void)snprintf(path, sizeof(path), "/proc/%d/exe", (int)pid);
    return readlink(path, target, sizeof(target) - 1) > 0 &&
           strcmp(target, MISBEHAVING_DECODER) == 0;
}

/** Kills one of the decoders. @return true when there was one. */
static bool kill_one_decoder(unsigned pick)
{
    pid_t pids[64];
    unsigned count = 0;
    DIR *processes = opendir("/proc");
    assert_non_null(processes);
    for (struct dirent *entry = readdir(processes); entry != NULL && count < 64;
         entry = readdir(processes)) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (pid > 0 && is_our_decoder(pid))
            pids[count++] = pid;
    }
    (void)closedir(processes);
    return count > 0 && kill(pids[pick % count], SIGKILL) == 0;
}

static void test_decoder_pool__loses_nothing_when_decoders_are_killed(void **state)
{
    (void)state;
    struct load load = {.pool = create_pool(2), .photo = support_make(support_small_photo())};
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
    assert_pool_works(load.pool);
    struct media_decoder_pool_statistics end = statistics(load.pool);
    assert_int_equal(end.busy_count, 0);
    assert_int_equal(end.queue_length, 0);
    assert_int_equal(end.job_count, load.decoded + load.killed + 1);
    support_free(load.photo);
    media_decoder_pool_free(load.pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decoder_pool__decodes),
        cmocka_unit_test(test_decoder_pool__refuses_a_program_that_is_not_there),
        cmocka_unit_test(test_decoder_pool__refuses_a_program_that_is_no_decoder),
        cmocka_unit_test(test_decoder_pool__refuses_descriptors_that_are_no_files),
        cmocka_unit_test(test_decoder_pool__contains_misdeeds),
        cmocka_unit_test(test_decoder_pool__gives_a_decoder_only_so_much_memory),
        cmocka_unit_test(test_decoder_pool__says_when_it_is_busy_too_long),
        cmocka_unit_test(test_decoder_pool__stops_waiting_photos_and_finishes_those_at_work),
        cmocka_unit_test(test_decoder_pool__loses_nothing_when_decoders_are_killed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
