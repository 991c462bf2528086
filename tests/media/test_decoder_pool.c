#include "pool_support.h"

#include "media/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/** For the configurations that pool_create() does not make. */
static const char *const decoder[] = {MISBEHAVING_DECODER, NULL};

static void test_decoder_pool__decodes(void **state)
{
    (void)state;
    struct media_decoder_pool *pool = pool_create(1);
    struct bytes bytes = support_make(support_small_photo()), small, medium;
    struct media_photo photo = pool_decode(pool, bytes.data, bytes.size, &small, &medium);
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
    struct media_decoder_pool *pool = pool_create(1);
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
    struct media_decoder_pool *pool = pool_create(1);
    for (size_t i = 0; i < sizeof(misdeeds) / sizeof(misdeeds[0]); i++) {
        const struct misdeed *misdeed = &misdeeds[i];
        if (misdeed->needs_sandbox && !media_sandbox_is_complete())
            continue;
        struct media_photo photo = pool_tell(pool, misdeed->verb);
        if (photo.status != misdeed->status)
            fail_msg("%s: %s", misdeed->verb, media_status_code(photo.status));
        if (misdeed->status == MEDIA_DECODER_CRASHED)
            assert_int_equal(photo.actual, misdeed->signal);
        pool_assert_works(pool);
    }
    media_decoder_pool_free(pool);
}

static void test_decoder_pool__gives_a_decoder_only_so_much_memory(void **state)
{
    (void)state;
    const struct media_limits limits = media_limits_default();
    if (!media_sandbox_is_complete())
        skip();
    struct media_decoder_pool_config config = {
        .argv = decoder, .process_count = 1, .limits = limits};
    struct media_decoder_pool *pool = NULL;
    config.limits.deadline_ms = 60000; /* memory is what runs out, however slow the machine is */
    assert_int_equal(media_decoder_pool_create(&config, &pool), 0);
    struct media_photo photo = pool_tell(pool, "ALLOCATE");
    assert_int_equal(photo.status, MEDIA_TOO_MUCH_MEMORY);
    assert_true(photo.actual >= limits.max_memory_bytes);
    assert_true(photo.actual < 2 * limits.max_memory_bytes);
    media_decoder_pool_free(pool);
}

static pid_t only_decoder(void)
{
    pid_t pid = 0;
    assert_int_equal(pool_find_decoders(&pid, 1), 1);
    return pid;
}

/** The most memory a process ever had, KiB. */
static long peak_memory_kib(pid_t pid)
{
    char path[64], line[256];
    long peak = 0;
    (void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    while (fgets(line, sizeof(line), file) != NULL)
        if (strncmp(line, "VmHWM:", 6) == 0)
            peak = strtol(line + 6, NULL, 10);
    (void)fclose(file);
    assert_true(peak > 0);
    return peak;
}

static void test_decoder_pool__bombs_take_no_memory(void **state)
{
    (void)state;
    struct media_decoder_pool *pool = pool_create(1);
    struct photo_options bombs[3] = {photo_options_default(), support_small_photo(),
                                     support_small_photo()};
    const enum media_status expected[3] = {MEDIA_TOO_MANY_SCANS, MEDIA_TOO_MANY_PIXELS,
                                           MEDIA_EXIF_TOO_LARGE};
    bombs[0].flat = true;
    bombs[0].scan_count = 10000;
    bombs[1].declared_width = bombs[1].declared_height = 65500;
    bombs[2].exif.filler_bytes = 8000000;
    for (int i = 0; i < 3; i++) {
        struct bytes bytes = support_make(bombs[i]);
        assert_int_equal(pool_decode(pool, bytes.data, bytes.size, NULL, NULL).status, expected[i]);
        support_free(bytes);
    }
    if (media_sandbox_is_complete())
        assert_true(peak_memory_kib(only_decoder()) < 64 * 1024);
    media_decoder_pool_free(pool);
}

static void test_decoder_pool__decoders_inherit_nothing(void **state)
{
    (void)state;
    char path[64];
    unsigned descriptors = 0;
    int secret = dup(STDERR_FILENO); /* without close-on-exec */
    assert_int_equal(setenv("DATABASE_URL", "postgresql://secret", 1), 0);
    struct media_decoder_pool *pool = pool_create(1);
    (void)snprintf(path, sizeof(path), "/proc/%d/environ", (int)only_decoder());
    FILE *environment = fopen(path, "re");
    assert_non_null(environment);
    assert_int_equal(fgetc(environment), EOF);
    (void)fclose(environment);
    (void)snprintf(path, sizeof(path), "/proc/%d/fd", (int)only_decoder());
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        descriptors += entry->d_name[0] != '.';
    (void)closedir(folder);
    assert_int_equal(descriptors, 3);
    (void)close(secret);
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
    job->photo = pool_tell(job->pool, job->verb);
    return NULL;
}

static void wait_until_busy(struct media_decoder_pool *pool, uint32_t busy, uint32_t queued)
{
    const struct timespec pause = {0, 2000000};
    for (int i = 0; i < 2000; i++) {
        struct media_decoder_pool_statistics now = pool_statistics(pool);
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
    config.limits.deadline_ms = POOL_DEADLINE_MS;
    assert_int_equal(media_decoder_pool_create(&config, &pool), 0);
    struct timed_decode hog = {.pool = pool, .verb = "LOOP    "};
    assert_int_equal(pthread_create(&thread, NULL, decode_in_thread, &hog), 0);
    wait_until_busy(pool, 1, 0);
    struct media_photo photo = pool_tell(pool, "anything");
    assert_int_equal(photo.status, MEDIA_POOL_BUSY);
    assert_int_equal(photo.limit, 50);
    assert_true(media_status_is_retryable(photo.status));
    (void)pthread_join(thread, NULL);
    assert_int_equal(pool_statistics(pool).queue_length, 0);
    media_decoder_pool_free(pool);
}

static void test_decoder_pool__stops_waiting_photos_and_finishes_those_at_work(void **state)
{
    (void)state;
    struct media_decoder_pool *pool = pool_create(1);
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
    assert_int_equal(pool_tell(pool, "anything").status, MEDIA_POOL_STOPPED);
    media_decoder_pool_free(pool);
}

/** The decoder itself tells the order: threads may wake late. */
static void test_decoder_pool__serves_first_come_first(void **state)
{
    (void)state;
    struct media_decoder_pool_config config = {
        .argv = decoder, .process_count = 1, .limits = media_limits_default()};
    struct media_decoder_pool *pool = NULL;
    config.limits.deadline_ms = 5 * POOL_DEADLINE_MS; /* until all are in line */
    assert_int_equal(media_decoder_pool_create(&config, &pool), 0);
    struct timed_decode hog = {.pool = pool, .verb = "LOOP    "};
    struct timed_decode jobs[6];
    pthread_t hog_thread, threads[6];
    assert_int_equal(pthread_create(&hog_thread, NULL, decode_in_thread, &hog), 0);
    wait_until_busy(pool, 1, 0);
    for (unsigned i = 0; i < 6; i++) {
        jobs[i] = (struct timed_decode){.pool = pool, .verb = "COUNT   "};
        assert_int_equal(pthread_create(&threads[i], NULL, decode_in_thread, &jobs[i]), 0);
        wait_until_busy(pool, 1, i + 1);
    }
    (void)pthread_join(hog_thread, NULL);
    for (int i = 0; i < 6; i++)
        (void)pthread_join(threads[i], NULL);
    for (unsigned i = 0; i < 6; i++)
        assert_int_equal(jobs[i].photo.limit, i + 1);
    media_decoder_pool_free(pool);
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
        cmocka_unit_test(test_decoder_pool__bombs_take_no_memory),
        cmocka_unit_test(test_decoder_pool__decoders_inherit_nothing),
        cmocka_unit_test(test_decoder_pool__serves_first_come_first),
        cmocka_unit_test(test_decoder_pool__says_when_it_is_busy_too_long),
        cmocka_unit_test(test_decoder_pool__stops_waiting_photos_and_finishes_those_at_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
