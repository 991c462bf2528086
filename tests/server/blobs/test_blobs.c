#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "server/base/hex.h"
#include "server/blobs/blobs.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const struct uuid org = {{0xaa, 1}};
static const struct uuid other_org = {{0xbb, 2}};

/* Stages `text` and puts it under the name that is 32 times `byte`. */
static int put(struct blobs *blobs, const struct uuid *org_id, uint8_t byte, const char *text)
{
    char path[BLOBS_PATH_BYTES];
    uint8_t sha256[32];
    int fd;
    memset(sha256, byte, sizeof sha256);
    assert_int_equal(blobs_stage(blobs, &fd, path), 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    int result = blobs_put(blobs, org_id, sha256, fd, path);
    assert_int_equal(access(path, F_OK), result == 0 ? -1 : 0);
    if (result < 0)
        unlink(path);
    close(fd);
    return result;
}

static void assert_blob(struct blobs *blobs, const struct uuid *org_id, uint8_t byte,
                        const char *text)
{
    uint8_t sha256[32];
    char found[64] = "";
    int64_t bytes;
    int fd;
    memset(sha256, byte, sizeof sha256);
    int result = blobs_get(blobs, org_id, sha256, &fd, &bytes);
    if (!text) {
        assert_int_equal(result, BLOBS_NOT_FOUND);
        return;
    }
    assert_int_equal(result, 0);
    assert_int_equal(bytes, strlen(text));
    assert_int_equal(read(fd, found, sizeof found - 1), bytes);
    assert_string_equal(found, text);
    close(fd);
}

static void blob_path(const struct blobs_folder *fixture, const struct uuid *org_id, uint8_t byte,
                      char ret_path[256])
{
    char org_name[UUID_TEXT_BYTES], name[BLOB_NAME_BYTES];
    uint8_t sha256[32];
    memset(sha256, byte, sizeof sha256);
    uuid_format(org_id, org_name);
    hex_encode(sha256, sizeof sha256, name);
    snprintf(ret_path, 256, "%s/blobs/%s/%.2s/%s", fixture->dir, org_name, name, name);
}

static void make_old(const struct blobs_folder *fixture, const struct uuid *org_id, uint8_t byte)
{
    char path[256];
    struct timespec times[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    blob_path(fixture, org_id, byte, path);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void test_blobs__what_was_put_is_got_by_its_organisation_only(void **state)
{
    struct blobs_folder *fixture = *state;
    assert_int_equal(put(fixture->blobs, &org, 1, "one"), 0);
    assert_blob(fixture->blobs, &org, 1, "one");
    assert_blob(fixture->blobs, &org, 2, NULL);
    assert_blob(fixture->blobs, &other_org, 1, NULL);
}

static void test_blobs__survive_a_restart(void **state)
{
    struct blobs_folder *fixture = *state;
    assert_int_equal(put(fixture->blobs, &org, 1, "one"), 0);
    blobs_close(fixture->blobs);
    assert_int_equal(blobs_open(fixture->dir, &fixture->blobs), 0);
    assert_blob(fixture->blobs, &org, 1, "one");
}

static void test_blobs__the_same_bytes_twice_are_one_blob(void **state)
{
    struct blobs_folder *fixture = *state;
    assert_int_equal(put(fixture->blobs, &org, 1, "one"), 0);
    assert_int_equal(put(fixture->blobs, &org, 1, "one"), 0);
    assert_blob(fixture->blobs, &org, 1, "one");
}

static void test_blobs__are_never_overwritten(void **state)
{
    struct blobs_folder *fixture = *state;
    assert_int_equal(put(fixture->blobs, &org, 1, "one"), 0);
    const char *others[] = {"two", "", "one and more", "onf"};
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
        assert_int_equal(put(fixture->blobs, &org, 1, others[i]), BLOBS_FAILED);
    assert_blob(fixture->blobs, &org, 1, "one");
}

/* The SHA-256 of "whole", by sha256sum. */
static const char whole_sha256[] =
    "5d5766cf2d78701614200418ee1450690d9af12c84d52545e4802f001ad53099";

static int put_named(struct blobs *blobs, const char *text)
{
    char path[BLOBS_PATH_BYTES];
    uint8_t sha256[32];
    int fd;
    assert_int_equal(hex_decode(whole_sha256, sha256, sizeof sha256), 0);
    assert_int_equal(blobs_stage(blobs, &fd, path), 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    int result = blobs_put(blobs, &org, sha256, fd, path);
    if (result < 0)
        unlink(path);
    close(fd);
    return result;
}

static void read_whole(struct blobs *blobs, char ret_text[64])
{
    uint8_t sha256[32];
    int64_t bytes;
    int fd;
    assert_int_equal(hex_decode(whole_sha256, sha256, sizeof sha256), 0);
    assert_int_equal(blobs_get(blobs, &org, sha256, &fd, &bytes), 0);
    memset(ret_text, 0, 64);
    assert_int_equal(read(fd, ret_text, 63), bytes);
    close(fd);
}

static void damage_whole(const struct blobs_folder *fixture, const char *text)
{
    char path[256], org_name[UUID_TEXT_BYTES];
    uuid_format(&org, org_name);
    snprintf(path, sizeof path, "%s/blobs/%s/%.2s/%s", fixture->dir, org_name, whole_sha256,
             whole_sha256);
    int fd = open(path, O_WRONLY | O_TRUNC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static void test_blobs__a_rotten_one_is_replaced_by_its_own_bytes(void **state)
{
    struct blobs_folder *fixture = *state;
    char found[64];
    const char *damages[] = {"", "whale", "who", "whole and more"};
    assert_int_equal(put_named(fixture->blobs, "whole"), 0);
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        damage_whole(fixture, damages[i]);
        assert_int_equal(put_named(fixture->blobs, "whole"), 0);
        read_whole(fixture->blobs, found);
        assert_string_equal(found, "whole");
    }
}

static void test_blobs__a_wrong_digest_replaces_nothing(void **state)
{
    struct blobs_folder *fixture = *state;
    char found[64];
    assert_int_equal(put_named(fixture->blobs, "whole"), 0);
    assert_int_equal(put_named(fixture->blobs, "other"), BLOBS_FAILED);
    read_whole(fixture->blobs, found);
    assert_string_equal(found, "whole");
    damage_whole(fixture, "whale");
    assert_int_equal(put_named(fixture->blobs, "other"), BLOBS_FAILED);
    read_whole(fixture->blobs, found);
    assert_string_equal(found, "whale");
}

static void test_blobs__a_link_in_place_of_a_blob_is_not_followed(void **state)
{
    struct blobs_folder *fixture = *state;
    char path[256];
    uint8_t sha256[32];
    int64_t bytes;
    int fd;
    assert_int_equal(put(fixture->blobs, &org, 1, "one"), 0);
    blob_path(fixture, &org, 1, path);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    memset(sha256, 1, sizeof sha256);
    assert_int_equal(blobs_get(fixture->blobs, &org, sha256, &fd, &bytes), BLOBS_FAILED);
    assert_int_equal(put(fixture->blobs, &org, 1, "one"), BLOBS_FAILED);
}

static void test_blobs__are_readable_by_their_owner_only(void **state)
{
    struct blobs_folder *fixture = *state;
    char path[256];
    struct stat found;
    assert_int_equal(put(fixture->blobs, &org, 1, "one"), 0);
    blob_path(fixture, &org, 1, path);
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
    *strrchr(path, '/') = '\0';
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0700);
}

static void test_blobs__staging_is_cleared_by_the_next_process_alone(void **state)
{
    struct blobs_folder *fixture = *state;
    char path[BLOBS_PATH_BYTES];
    struct blobs *second;
    int fd;
    assert_int_equal(blobs_stage(fixture->blobs, &fd, path), 0);
    close(fd);
    assert_int_equal(blobs_open(fixture->dir, &second), 0);
    assert_int_equal(access(path, F_OK), 0);
    blobs_close(second);
    blobs_close(fixture->blobs);
    assert_int_equal(blobs_open(fixture->dir, &fixture->blobs), 0);
    assert_int_equal(access(path, F_OK), -1);
}

static bool is_odd(void *context, const struct uuid *org_id, const uint8_t sha256[32])
{
    int *asked = context;
    ++*asked;
    assert_true(uuid_equal(org_id, &org));
    return sha256[0] % 2;
}

static void test_blobs__sweep_removes_old_ones_that_nobody_refers_to(void **state)
{
    struct blobs_folder *fixture = *state;
    int64_t removed, bytes;
    int asked = 0;
    for (uint8_t i = 1; i <= 4; i++) {
        assert_int_equal(put(fixture->blobs, &org, i, "four"), 0);
        if (i <= 3)
            make_old(fixture, &org, i);
    }
    assert_int_equal(blobs_sweep(fixture->blobs, 3600, is_odd, &asked, &removed, &bytes), 0);
    assert_int_equal(asked, 3);
    assert_int_equal(removed, 2);
    assert_int_equal(bytes, 8);
    assert_blob(fixture->blobs, &org, 1, NULL);
    assert_blob(fixture->blobs, &org, 2, "four");
    assert_blob(fixture->blobs, &org, 3, NULL);
    assert_blob(fixture->blobs, &org, 4, "four");
}

/* Between the question whether anybody refers to it and the removal, somebody does. */
static bool put_again(void *context, const struct uuid *org_id, const uint8_t sha256[32])
{
    assert_int_equal(put(context, org_id, sha256[0], "one"), 0);
    return true;
}

static void test_blobs__sweep_spares_a_blob_that_was_just_put_again(void **state)
{
    struct blobs_folder *fixture = *state;
    int64_t removed, bytes;
    assert_int_equal(put(fixture->blobs, &org, 1, "one"), 0);
    make_old(fixture, &org, 1);
    assert_int_equal(blobs_sweep(fixture->blobs, 3600, put_again, fixture->blobs, &removed, &bytes),
                     0);
    assert_int_equal(removed, 0);
    assert_blob(fixture->blobs, &org, 1, "one");
}

static void *put_many(void *context)
{
    for (int i = 0; i < 40; i++)
        assert_int_equal(put(context, &org, (uint8_t)(i % 8), "shared"), 0);
    return NULL;
}

static void test_blobs__many_threads_may_put_the_same(void **state)
{
    struct blobs_folder *fixture = *state;
    pthread_t threads[8];
    for (size_t i = 0; i < ARRAY_LENGTH(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, put_many, fixture->blobs), 0);
    for (size_t i = 0; i < ARRAY_LENGTH(threads); i++)
        pthread_join(threads[i], NULL);
    for (uint8_t i = 0; i < 8; i++)
        assert_blob(fixture->blobs, &org, i, "shared");
}

static void test_blobs__ping_leaves_nothing_behind(void **state)
{
    struct blobs_folder *fixture = *state;
    char staging[128];
    assert_int_equal(blobs_ping(fixture->blobs), 0);
    snprintf(staging, sizeof staging, "%s/staging", fixture->dir);
    assert_int_equal(rmdir(staging), 0);
    assert_true(blobs_ping(fixture->blobs) < 0);
}

static void test_blobs__a_folder_that_cannot_be_made_is_an_error(void **state)
{
    (void)state;
    struct blobs *blobs;
    assert_true(blobs_open("/proc/nothing/here", &blobs) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(test_blobs__what_was_put_is_got_by_its_organisation_only),
        WITH_FOLDER(test_blobs__survive_a_restart),
        WITH_FOLDER(test_blobs__the_same_bytes_twice_are_one_blob),
        WITH_FOLDER(test_blobs__are_never_overwritten),
        WITH_FOLDER(test_blobs__a_rotten_one_is_replaced_by_its_own_bytes),
        WITH_FOLDER(test_blobs__a_wrong_digest_replaces_nothing),
        WITH_FOLDER(test_blobs__a_link_in_place_of_a_blob_is_not_followed),
        WITH_FOLDER(test_blobs__are_readable_by_their_owner_only),
        WITH_FOLDER(test_blobs__staging_is_cleared_by_the_next_process_alone),
        WITH_FOLDER(test_blobs__sweep_removes_old_ones_that_nobody_refers_to),
        WITH_FOLDER(test_blobs__sweep_spares_a_blob_that_was_just_put_again),
        WITH_FOLDER(test_blobs__many_threads_may_put_the_same),
        WITH_FOLDER(test_blobs__ping_leaves_nothing_behind),
        cmocka_unit_test(test_blobs__a_folder_that_cannot_be_made_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
