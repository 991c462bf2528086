#include "server/resources/staging.h"

#include "server/app.h"
#include "server/blobs/blobs.h"

#include <unistd.h>

struct staged {
    int fd;
    char path[BLOBS_PATH_BYTES];
};

static void discard(void *resource)
{
    struct staged *staged = resource;
    if (staged->fd >= 0) {
        close(staged->fd);
        unlink(
            staged->path); /* fails when the file was moved into place, which is as it should be */
    }
}

int staging_open(struct request *request, int *ret_fd, const char **ret_path)
{
    struct staged *staged = arena_alloc(request->arena, sizeof *staged);
    if (!staged)
        return -1;
    staged->fd = -1;
    if (arena_defer(request->arena, discard, staged) < 0)
        return -1;
    int error = blobs_stage(request->app->blobs, &staged->fd, staged->path);
    if (error < 0)
        return problem_set(&request->problem, request->arena,
                           error == BLOBS_FULL ? PROBLEM_STORAGE_FULL : PROBLEM_UNAVAILABLE,
                           "No file can be written at the moment.");
    *ret_fd = staged->fd;
    *ret_path = staged->path;
    return 0;
}
