#include "server/resources/upload_stream.h"

#include "server/app.h"
#include "server/config.h"
#include "server/resources/staging.h"
#include "server/resources/transaction.h"

#include <errno.h>
#include <openssl/evp.h>
#include <string.h>
#include <unistd.h>

#define COPY_BYTES    ((size_t)64 * 1024)
#define COMPARE_BYTES ((size_t)4 * 1024)

static int fail(struct request *request, int error)
{
    if (error == BLOBS_BUSY)
        return problem_set(&request->problem, request->arena, PROBLEM_UPLOAD_LOCKED,
                           "Another request holds this upload and does not let go of it.");
    if (error == BLOBS_FULL)
        return problem_set(&request->problem, request->arena, PROBLEM_STORAGE_FULL,
                           "The server has no room left for the upload.");
    return problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE,
                       "The upload could not be written down.");
}

static void release(void *context)
{
    struct upload_stream *stream = context;
    EVP_MD_CTX_free(stream->digest);
    upload_file_close(&stream->file);
}

static int read_again(struct request *request, void *context)
{
    struct upload_stream *stream = context;
    const struct uuid id = stream->upload.id;
    return upload_find(request->db, request->arena, &request->actor.org_id, &request->actor.user_id,
                       &id, &stream->upload);
}

int upload_stream_open(struct request *request, const struct upload *upload,
                       struct upload_stream **ret)
{
    struct upload_stream *stream = arena_alloc(request->arena, sizeof *stream);
    if (!stream)
        return -1;
    stream->request = request;
    stream->upload = *upload;
    stream->file.fd = stream->file.folder_fd = stream->staged_fd = -1;
    if (arena_defer(request->arena, release, stream))
        return -1;
    int error = upload_file_open(request->app->blobs, &upload->org_id, &upload->id,
                                 (int)request->app->config->upload_lock_wait_ms, &stream->file);
    if (error < 0)
        return fail(request, error);
    if (transaction_run(request, &request->actor.org_id, read_again, stream) < 0)
        return -1;
    if (!stream->upload.is_known || stream->upload.is_stored) {
        if (stream->file.bytes == 0)
            upload_file_remove(&stream->file); /* opening made it */
        upload_file_close(&stream->file);
    }
    *ret = stream;
    return 0;
}

/*
 * Whoever begins an upload that had come further before sends its beginning again. Bytes that
 * differ are of another file: they must not go on where this one stopped.
 */
static int check_repeated(struct upload_stream *stream, const char *bytes, size_t length)
{
    char kept[COMPARE_BYTES];
    off_t offset = (off_t)(stream->file.bytes - stream->skip_bytes);
    for (size_t done = 0; done < length;) {
        size_t wanted = length - done < sizeof kept ? length - done : sizeof kept;
        ssize_t count = pread(stream->file.fd, kept, wanted, offset + (off_t)done);
        if (count <= 0)
            return fail(stream->request, BLOBS_FAILED);
        if (memcmp(kept, bytes + done, (size_t)count) != 0)
            return problem_set(&stream->request->problem, stream->request->arena,
                               PROBLEM_CONTENT_CONFLICT,
                               "The photo's upload began with other bytes; nothing was changed.");
        done += (size_t)count;
    }
    stream->skip_bytes -= (int64_t)length;
    return 0;
}

/* Appends what is not in the file yet. */
static int append(struct upload_stream *stream, const char *bytes, size_t length)
{
    size_t repeated = stream->skip_bytes < (int64_t)length ? (size_t)stream->skip_bytes : length;
    if (check_repeated(stream, bytes, repeated) < 0)
        return -1;
    int error = upload_file_append(&stream->file, bytes + repeated, length - repeated);
    return error < 0 ? fail(stream->request, error) : 0;
}

static int stage(struct upload_stream *stream, const char *bytes, size_t length)
{
    if (!EVP_DigestUpdate(stream->digest, bytes, length))
        return fail(stream->request, BLOBS_FAILED);
    for (size_t done = 0; done < length;) {
        ssize_t count = write(stream->staged_fd, bytes + done, length - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return fail(stream->request,
                        errno == ENOSPC || errno == EDQUOT ? BLOBS_FULL : BLOBS_FAILED);
        done += (size_t)count;
    }
    return 0;
}

static int let_go(struct upload_stream *stream)
{
    upload_file_unlock(&stream->file);
    return problem_set(&stream->request->problem, stream->request->arena, PROBLEM_UPLOAD_LOCKED,
                       "Another request took this upload over.");
}

static int take(void *context, const char *bytes, size_t length)
{
    struct upload_stream *stream = context;
    int result = stream->digest ? stage(stream, bytes, length) : append(stream, bytes, length);
    if (result)
        upload_file_unlock(&stream->file); /* the reply may take its time */
    if (!result && atomic_load(&stream->is_wanted))
        return let_go(stream);
    return result;
}

static bool is_unwanted(void *context)
{
    struct upload_stream *stream = context;
    if (upload_file_is_wanted(&stream->file))
        atomic_store(&stream->is_wanted, true);
    return atomic_load(&stream->is_wanted);
}

static const EVP_MD *algorithm(const struct upload_stream *stream)
{
    return stream->checksum.algorithm == UPLOAD_CHECKSUM_SHA1 ? EVP_sha1() : EVP_sha256();
}

int upload_stream_receive(struct upload_stream *stream, int64_t body_offset)
{
    struct request *request = stream->request;
    const char *path;
    stream->skip_bytes = stream->file.bytes - body_offset;
    stream->body =
        (struct body_stream){.context = stream, .take = take, .is_unwanted = is_unwanted};
    request->body.stream = &stream->body;
    if (stream->checksum.algorithm == UPLOAD_CHECKSUM_NONE)
        return 0;
    stream->digest = EVP_MD_CTX_new();
    if (!stream->digest || !EVP_DigestInit_ex(stream->digest, algorithm(stream), NULL))
        return fail(request, BLOBS_FAILED);
    return staging_open(request, &stream->staged_fd, &path);
}

/* Moves a piece that proved right from staging to the file. */
static int copy(struct upload_stream *stream)
{
    char *chunk = arena_alloc(stream->request->arena, COPY_BYTES);
    off_t offset = 0;
    ssize_t count = chunk ? 1 : -1;
    while (count > 0) {
        count = pread(stream->staged_fd, chunk, COPY_BYTES, offset);
        if (count > 0 && append(stream, chunk, (size_t)count))
            return -1;
        offset += count;
    }
    return count < 0 ? fail(stream->request, BLOBS_FAILED) : 0;
}

/* An unfinished piece cannot be checked, so nothing of it counts. */
static int check_and_copy(struct upload_stream *stream)
{
    struct request *request = stream->request;
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (!stream->body.is_complete)
        return problem_set(&request->problem, request->arena, PROBLEM_REQUEST_TIMEOUT,
                           "The piece did not arrive whole, so its checksum says nothing.");
    if (!EVP_DigestFinal_ex(stream->digest, digest, &length))
        return fail(request, BLOBS_FAILED);
    if (memcmp(digest, stream->checksum.digest, length) != 0)
        return problem_set(&request->problem, request->arena, PROBLEM_CHECKSUM_MISMATCH,
                           "The piece was dropped: send it again from the same offset.");
    return copy(stream);
}

static int complete(struct upload_stream *stream)
{
    if (atomic_load(&stream->is_wanted) && !stream->body.is_complete)
        return let_go(stream);
    if (stream->digest && check_and_copy(stream))
        return -1;
    int error = upload_file_sync(&stream->file);
    return error < 0 ? fail(stream->request, error) : 0;
}

int upload_stream_close(struct upload_stream *stream)
{
    int result = complete(stream);
    upload_file_unlock(&stream->file);
    return result;
}
