#include "server/resources/stored_file.h"

#include "server/app.h"
#include "server/base/hex.h"
#include "server/base/log.h"
#include "server/blobs/blobs.h"
#include "server/resources/byte_range.h"
#include "server/resources/entity.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Only for the client itself: a shared cache must not hand evidence to somebody else. */
#define CACHE_FOREVER "private, max-age=31536000, immutable"

int stored_file_open(struct request *request, const char *sha256, int *ret_fd, int64_t *ret_bytes)
{
    uint8_t digest[32];
    if (hex_decode(sha256, digest, sizeof digest) < 0)
        return -1;
    int error = blobs_get(request->app->blobs, &request->actor.org_id, digest, ret_fd, ret_bytes);
    if (error < 0) {
        LOG(LOG_ERROR, "blob_missing", LOG_TEXT("request_id", request->id),
            LOG_TEXT("sha256", sha256), LOG_NUMBER("error", error));
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "The stored file cannot be read.");
    }
    return 0;
}

static int not_satisfiable(struct request *request, int64_t bytes, int fd)
{
    close(fd);
    return problem_add(&request->problem, request->arena, PROBLEM_RANGE_NOT_SATISFIABLE,
                       "header:Range", "range", "The file has %lld bytes.", (long long)bytes);
}

static int answer_range(struct request *request, int fd, int64_t bytes, struct response *response)
{
    struct byte_range range = {0, bytes};
    const char *condition = request_header(request, "If-Range");
    const char *etag = response->header_count ? response->headers[0].value : "";
    bool applies = !condition || strcmp(condition, etag) == 0;
    enum byte_range_result result = BYTE_RANGE_WHOLE;
    if (applies)
        result = byte_range_parse(request_header(request, "Range"), bytes, &range);
    if (result == BYTE_RANGE_NOT_SATISFIABLE)
        return not_satisfiable(request, bytes, fd);
    if (result == BYTE_RANGE_PART) {
        const char *where =
            arena_printf(request->arena, "bytes %lld-%lld/%lld", (long long)range.first,
                         (long long)(range.first + range.length - 1), (long long)bytes);
        response->status = 206;
        response_header(response, "Content-Range", where ? where : "bytes */*");
    }
    response->fd = fd;
    response->file_offset = range.first;
    response->file_bytes = range.length;
    return 0;
}

/* ETag comes first: answer_range() compares If-Range with it. */
static int set_headers(struct request *request, const char *sha256, struct response *response)
{
    const char *etag = arena_printf(request->arena, "\"%s\"", sha256);
    if (!etag)
        return -1;
    response_header(response, "ETag", etag);
    response_header(response, "Accept-Ranges", "bytes");
    if (entity_is_known(request, sha256))
        response->status = 304;
    return 0;
}

int stored_file_answer_open(struct request *request, int fd, const char *sha256,
                            const char *content_type, struct response *response)
{
    struct stat status;
    if (fstat(fd, &status) < 0 || set_headers(request, sha256, response) < 0) {
        close(fd);
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "The file cannot be read.");
    }
    if (response->status == 304) {
        close(fd);
        return 0;
    }
    response->content_type = content_type;
    return answer_range(request, fd, status.st_size, response);
}

int stored_file_answer(struct request *request, const char *sha256, const char *content_type,
                       struct response *response)
{
    int fd;
    int64_t bytes;
    if (set_headers(request, sha256, response) < 0)
        return -1;
    response_header(response, "Cache-Control", CACHE_FOREVER);
    if (response->status == 304)
        return 0;
    if (stored_file_open(request, sha256, &fd, &bytes) < 0)
        return -1;
    response->content_type = content_type;
    return answer_range(request, fd, bytes, response);
}
