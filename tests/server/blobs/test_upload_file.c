#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "server/base/clock.h"
#include "server/blobs/upload_file.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const struct uuid org = {{0xaa, 1}};
static const struct uuid upload = {{0xcc, 1}};
static const struct uuid other_upload = {{0xcc, 2}};

static struct upload_file open_now(struct blobs *blobs)
{
    struct upload_file file;
    assert_int_equal(upload_file_open(blobs, &org, &upload, 0, &file), 0);
    return file;
}

static void test_upload_file__goes_on_where_it_was(void **state)
{
    struct blobs_folder *fixture = *state;
    struct upload_file file = open_now(fixture->blobs);
    assert_int_equal(file.bytes, 0);
    assert_int_equal(upload_file_append(&file, "abc", 3), 0);
    assert_int_equal(upload_file_sync(&file), 0);
    assert_int_equal(file.bytes, 3);
    upload_file_close(&file);
    blobs_close(fixture->blobs);
    assert_int_equal(blobs_open(fixture->dir, &fixture->blobs), 0);
    file = open_now(fixture->blobs);
    assert_int_equal(file.bytes, 3);
    assert_int_equal(upload_file_append(&file, "de", 2), 0);
    char bytes[8] = "";
    assert_int_equal(pread(file.fd, bytes, sizeof bytes, 0), 5);
    assert_string_equal(bytes, "abcde");
    upload_file_close(&file);
    upload_file_close(&file);
}

static void test_upload_file__one_at_a_time(void **state)
{
    struct blobs_folder *fixture = *state;
    struct upload_file file = open_now(fixture->blobs), other;
    assert_int_equal(upload_file_open(fixture->blobs, &org, &upload, 0, &other), BLOBS_BUSY);
    assert_int_equal(upload_file_open(fixture->blobs, &org, &other_upload, 0, &other), 0);
    upload_file_close(&other);
    upload_file_unlock(&file);
    assert_int_equal(upload_file_open(fixture->blobs, &org, &upload, 0, &other), 0);
    upload_file_close(&other);
    upload_file_close(&file);
}

static void test_upload_file__waits_as_long_as_it_is_told(void **state)
{
    struct blobs_folder *fixture = *state;
    struct upload_file file = open_now(fixture->blobs), other;
    int64_t began_us = clock_monotonic_us();
    assert_int_equal(upload_file_open(fixture->blobs, &org, &upload, 150, &other), BLOBS_BUSY);
    assert_true(clock_monotonic_us() - began_us >= 150 * 1000);
    upload_file_close(&file);
}

struct waiter {
    struct blobs *blobs;
    int result;
    struct upload_file file;
};

static void *wait_for_it(void *context)
{
    struct waiter *waiter = context;
    waiter->result = upload_file_open(waiter->blobs, &org, &upload, 20000, &waiter->file);
    return NULL;
}

static void wait_for_ring(const struct upload_file *file)
{
    const struct timespec pause_1ms = {.tv_nsec = 1000 * 1000};
    while (!upload_file_is_wanted(file))
        nanosleep(&pause_1ms, NULL);
}

static void test_upload_file__who_waits_rings(void **state)
{
    struct blobs_folder *fixture = *state;
    struct upload_file file = open_now(fixture->blobs);
    struct waiter waiter = {.blobs = fixture->blobs};
    pthread_t thread;
    assert_false(upload_file_is_wanted(&file));
    assert_int_equal(pthread_create(&thread, NULL, wait_for_it, &waiter), 0);
    wait_for_ring(&file);
    upload_file_close(&file);
    pthread_join(thread, NULL);
    assert_int_equal(waiter.result, 0);
    assert_false(upload_file_is_wanted(&waiter.file));
    upload_file_close(&waiter.file);
}

static void test_upload_file__a_file_that_lost_its_name_is_not_taken_for_the_upload(void **state)
{
    struct blobs_folder *fixture = *state;
    struct upload_file file = open_now(fixture->blobs);
    struct waiter waiter = {.blobs = fixture->blobs};
    pthread_t thread;
    assert_int_equal(upload_file_append(&file, "old", 3), 0);
    assert_int_equal(pthread_create(&thread, NULL, wait_for_it, &waiter), 0);
    wait_for_ring(&file);
    upload_file_remove(&file);
    upload_file_close(&file);
    pthread_join(thread, NULL);
    assert_int_equal(waiter.result, 0);
    assert_int_equal(waiter.file.bytes, 0);
    upload_file_close(&waiter.file);
}

static void test_upload_file__a_dead_process_holds_nothing(void **state)
{
    struct blobs_folder *fixture = *state;
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        struct upload_file file = open_now(fixture->blobs);
        _exit(upload_file_append(&file, "abcd", 4) == 0 && write(ready[1], "x", 1) == 1 ? pause()
                                                                                        : 1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    struct upload_file file = open_now(fixture->blobs);
    assert_int_equal(file.bytes, 4);
    upload_file_close(&file);
    close(ready[0]);
    close(ready[1]);
}

static void test_upload_file__becomes_a_blob_and_keeps_its_name(void **state)
{
    struct blobs_folder *fixture = *state;
    char path[BLOBS_PATH_BYTES];
    const uint8_t sha256[32] = {7};
    int64_t bytes;
    int fd;
    struct upload_file file = open_now(fixture->blobs);
    assert_int_equal(upload_file_append(&file, "photo", 5), 0);
    assert_int_equal(upload_file_stage(fixture->blobs, &file, path), 0);
    assert_int_equal(blobs_put(fixture->blobs, &org, sha256, file.fd, path), 0);
    assert_int_equal(blobs_get(fixture->blobs, &org, sha256, &fd, &bytes), 0);
    assert_int_equal(bytes, 5);
    close(fd);
    upload_file_close(&file);
    file = open_now(fixture->blobs);
    assert_int_equal(file.bytes, 5);
    upload_file_remove(&file);
    assert_int_equal(upload_file_stage(fixture->blobs, &file, path), BLOBS_NOT_FOUND);
    upload_file_close(&file);
}

static bool is_nobodys(void *context, const struct uuid *org_id, const uint8_t sha256[32])
{
    (void)context, (void)org_id, (void)sha256;
    return true;
}

static void make_old(int fd)
{
    const struct timespec times[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    assert_int_equal(futimens(fd, times), 0);
}

/* A sweep that knows nothing of the row yet must not take what was sent days ago for a leftover. */
static void test_upload_file__sweep_spares_what_is_being_stored(void **state)
{
    struct blobs_folder *fixture = *state;
    char path[BLOBS_PATH_BYTES];
    const uint8_t sha256[32] = {7};
    int64_t bytes, removed;
    int fd;
    struct upload_file file = open_now(fixture->blobs);
    assert_int_equal(upload_file_append(&file, "photo", 5), 0);
    make_old(file.fd);
    assert_int_equal(upload_file_stage(fixture->blobs, &file, path), 0);
    assert_int_equal(blobs_sweep(fixture->blobs, 3600, is_nobodys, NULL, &removed, &bytes), 0);
    assert_int_equal(removed, 0);
    make_old(file.fd);
    assert_int_equal(blobs_put(fixture->blobs, &org, sha256, file.fd, path), 0);
    assert_int_equal(blobs_sweep(fixture->blobs, 3600, is_nobodys, NULL, &removed, &bytes), 0);
    assert_int_equal(removed, 0);
    assert_int_equal(blobs_get(fixture->blobs, &org, sha256, &fd, &bytes), 0);
    close(fd);
    upload_file_close(&file);
}

static bool is_first(void *context, const struct uuid *id)
{
    (void)context;
    return uuid_equal(id, &upload);
}

static void test_upload_file__sweep_spares_the_wanted_and_the_locked(void **state)
{
    struct blobs_folder *fixture = *state;
    int64_t removed, removed_bytes;
    struct upload_file wanted = open_now(fixture->blobs), locked;
    assert_int_equal(
        upload_files_sweep(fixture->blobs, &other_upload, is_first, NULL, &removed, &removed_bytes),
        0); /* an organisation without a folder */
    assert_int_equal(removed, 0);
    upload_file_close(&wanted);
    assert_int_equal(upload_file_open(fixture->blobs, &org, &other_upload, 0, &locked), 0);
    assert_int_equal(upload_file_append(&locked, "12", 2), 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(
            upload_files_sweep(fixture->blobs, &org, is_first, NULL, &removed, &removed_bytes), 0);
        assert_int_equal(removed, i);
        assert_int_equal(removed_bytes, 2 * i);
        upload_file_unlock(&locked);
    }
    upload_file_close(&locked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(test_upload_file__goes_on_where_it_was),
        WITH_FOLDER(test_upload_file__one_at_a_time),
        WITH_FOLDER(test_upload_file__waits_as_long_as_it_is_told),
        WITH_FOLDER(test_upload_file__who_waits_rings),
        WITH_FOLDER(test_upload_file__a_file_that_lost_its_name_is_not_taken_for_the_upload),
        WITH_FOLDER(test_upload_file__a_dead_process_holds_nothing),
        WITH_FOLDER(test_upload_file__becomes_a_blob_and_keeps_its_name),
        WITH_FOLDER(test_upload_file__sweep_spares_what_is_being_stored),
        WITH_FOLDER(test_upload_file__sweep_spares_the_wanted_and_the_locked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
