#include "server/resources/video_decoders.h"

#include "media/decoder_pool.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM "fieldproof-video-decoder"

struct video_decoders {
    pthread_mutex_t mutex; /* guards the pool's creation */
    struct media_decoder_pool *pool;
    struct media_limits limits;
    uint32_t wait_ms;
};

int video_decoders_create(const struct media_limits *limits, uint32_t wait_ms,
                          struct video_decoders **ret)
{
    struct video_decoders *decoders = calloc(1, sizeof *decoders);
    if (!decoders || pthread_mutex_init(&decoders->mutex, NULL)) {
        free(decoders);
        return -1;
    }
    decoders->limits = *limits;
    decoders->wait_ms = wait_ms;
    *ret = decoders;
    return 0;
}

void video_decoders_free(struct video_decoders *decoders)
{
    if (!decoders)
        return;
    media_decoder_pool_free(decoders->pool);
    pthread_mutex_destroy(&decoders->mutex);
    free(decoders);
}

/* Beside the program that is running: in the build as where it is installed. */
static int find_program(char path[PATH_MAX])
{
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
    if (length < 0)
        return -errno;
    path[length] = '\0';
    char *name = strrchr(path, '/') + 1;
    if ((size_t)(path + PATH_MAX - name) <= strlen(PROGRAM))
        return -ENAMETOOLONG;
    memcpy(name, PROGRAM, sizeof PROGRAM);
    return access(path, X_OK) == 0 ? 0 : -errno;
}

/* One process: a video takes long, and its photos must not wait behind it. */
static int start(struct video_decoders *decoders)
{
    char path[PATH_MAX];
    int error = find_program(path);
    if (error)
        return error;
    const char *argv[] = {path, NULL};
    const struct media_decoder_pool_config config = {
        .argv = argv,
        .process_count = 1,
        .max_wait_ms = decoders->wait_ms,
        .limits = decoders->limits,
    };
    return media_decoder_pool_create(&config, &decoders->pool);
}

int video_decoders_decode(struct video_decoders *decoders, int video_fd, int small_fd,
                          int medium_fd, struct media_photo *ret_video)
{
    pthread_mutex_lock(&decoders->mutex);
    int error = decoders->pool ? 0 : start(decoders);
    pthread_mutex_unlock(&decoders->mutex);
    return error ? error
                 : media_decoder_pool_decode(decoders->pool, video_fd, small_fd, medium_fd,
                                             ret_video);
}
