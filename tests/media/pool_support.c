#include "pool_support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const decoder[] = {MISBEHAVING_DECODER, NULL};

struct media_decoder_pool *pool_create(uint32_t process_count)
{
    struct media_decoder_pool_config config = {
        .argv = decoder, .process_count = process_count, .limits = media_limits_default()};
    struct media_decoder_pool *pool = NULL;
    config.limits.deadline_ms = POOL_DEADLINE_MS;
    assert_int_equal(media_decoder_pool_create(&config, &pool), 0);
    return pool;
}

struct media_photo pool_decode(struct media_decoder_pool *pool, const void *data, size_t size,
                               struct bytes *ret_small, struct bytes *ret_medium)
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

struct media_photo pool_tell(struct media_decoder_pool *pool, const char *verb)
{
    return pool_decode(pool, verb, strlen(verb), NULL, NULL);
}

struct media_decoder_pool_statistics pool_statistics(struct media_decoder_pool *pool)
{
    struct media_decoder_pool_statistics result;
    media_decoder_pool_statistics(pool, &result);
    return result;
}

void pool_assert_works(struct media_decoder_pool *pool)
{
    struct bytes bytes = support_make(support_small_photo());
    struct media_photo photo = pool_decode(pool, bytes.data, bytes.size, NULL, NULL);
    assert_string_equal(media_status_code(photo.status), "photo_ok");
    support_free(bytes);
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

unsigned pool_find_decoders(pid_t *ret_pids, unsigned most)
{
    unsigned count = 0;
    DIR *processes = opendir("/proc");
    assert_non_null(processes);
    for (struct dirent *entry = readdir(processes); entry != NULL && count < most;
         entry = readdir(processes)) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (pid > 0 && is_our_decoder(pid))
            ret_pids[count++] = pid;
    }
    (void)closedir(processes);
    return count;
}
