#include "server/resources/upload_finish.h"

#include "server/app.h"
#include "server/base/hex.h"
#include "server/base/log.h"
#include "server/resources/photos.h"
#include "server/resources/transaction.h"

#include <openssl/evp.h>
#include <string.h>
#include <unistd.h>

#define READ_BYTES          ((size_t)64 * 1024)
#define FINISHED_BY_ANOTHER 1

/** What the transaction works with. */
struct finish {
    const struct upload *upload;
    struct decoded_photo *photo;
    const char *receipt;
};

static int fail(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE,
                       "The upload is complete, but could not be read at the moment.");
}

static void remove_path(void *path)
{
    unlink(path); /* already elsewhere when it became a blob */
}

static int hash(const struct upload_file *file, char *chunk, EVP_MD_CTX *digest,
                uint8_t ret_sha256[32])
{
    off_t offset = 0;
    ssize_t count = 1;
    bool good = EVP_DigestInit_ex(digest, EVP_sha256(), NULL);
    while (good && count > 0) {
        count = pread(file->fd, chunk, READ_BYTES, offset);
        good = count >= 0 && EVP_DigestUpdate(digest, chunk, count > 0 ? (size_t)count : 0);
        offset += count;
    }
    return good && EVP_DigestFinal_ex(digest, ret_sha256, NULL) ? 0 : -1;
}

/*
 * FINISHED_BY_ANOTHER when the upload has lost its name. The photo gets a name of its own in
 * staging, from where its way is that of any other photo. The upload keeps its name until the
 * commit: if that fails, no byte must be sent again.
 */
static int stage(struct request *request, const struct upload_file *file,
                 struct body_file *ret_original)
{
    char *path = arena_alloc(request->arena, BLOBS_PATH_BYTES);
    char *chunk = arena_alloc(request->arena, READ_BYTES);
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    int result = path && chunk && digest ? hash(file, chunk, digest, ret_original->sha256) : -1;
    EVP_MD_CTX_free(digest);
    if (result == 0)
        result = upload_file_stage(request->app->blobs, file, path);
    if (result == BLOBS_NOT_FOUND)
        return FINISHED_BY_ANOTHER;
    if (result < 0 || arena_defer(request->arena, remove_path, path))
        return fail(request);
    ret_original->fd = file->fd;
    ret_original->path = path;
    ret_original->bytes = file->bytes;
    return 0;
}

static int check_announced(struct request *request, const struct upload *upload,
                           const struct body_file *original)
{
    char sha256[65];
    hex_encode(original->sha256, 32, sha256);
    if (!upload->sha256 || strcmp(upload->sha256, sha256) == 0)
        return 0;
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                       "header:Upload-Metadata", "sha256",
                       "The bytes have SHA-256 %s, but %s was announced.", sha256, upload->sha256);
}

static int store(struct request *request, void *context)
{
    struct finish *finish = context;
    const struct photo_key key = {finish->upload->org_id, finish->upload->photo_id};
    bool replayed;
    if (photo_store_late(request, &key, finish->photo, &replayed) < 0 ||
        photo_receipt(request, &key, &finish->receipt) < 0)
        return -1;
    return upload_mark_stored(request->db, request->arena, finish->upload);
}

static int intake(struct request *request, const struct upload_stream *stream,
                  const char **ret_receipt)
{
    struct body_file *original = arena_alloc(request->arena, sizeof *original);
    struct finish finish = {.upload = &stream->upload};
    int staged = original ? stage(request, &stream->file, original) : -1;
    if (staged)
        return staged;
    if (check_announced(request, &stream->upload, original) < 0 ||
        photo_intake_decode(request, original, "", stream->upload.is_video, &finish.photo) < 0)
        return -1;
    if (transaction_run(request, &request->actor.org_id, store, &finish) < 0)
        return -1;
    *ret_receipt = finish.receipt;
    return 0;
}

/* The lock is gone while a photo is decoded, so two may be at it; the row says what came of it. */
static int read_outcome(struct request *request, void *context)
{
    struct upload_stream *stream = context;
    struct upload now;
    if (upload_find(request->db, request->arena, &stream->upload.org_id, &stream->upload.user_id,
                    &stream->upload.id, &now) < 0)
        return -1;
    return now.is_stored ? 0 : fail(request);
}

int upload_finish(struct request *request, struct upload_stream *stream, const char **ret_receipt)
{
    *ret_receipt = NULL;
    int result = intake(request, stream, ret_receipt);
    if (result == FINISHED_BY_ANOTHER)
        return transaction_run(request, &request->actor.org_id, read_outcome, stream);
    const struct problem *problem = &request->problem;
    if (result == 0)
        upload_file_remove(&stream->file);
    else if (problem->is_set && !problem_info(problem->type)->retryable &&
             upload_forget(request, &stream->upload, &stream->file) < 0)
        LOG(LOG_WARNING, "upload_not_forgotten", LOG_TEXT("request_id", request->id));
    return result;
}

static int forget(struct request *request, void *context)
{
    return upload_remove(request->db, request->arena, context);
}

int upload_forget(struct request *request, const struct upload *upload,
                  const struct upload_file *file)
{
    struct upload copy = *upload;
    if (transaction_run(request, &request->actor.org_id, forget, &copy) < 0)
        return -1;
    if (file)
        upload_file_remove(file);
    return 0;
}
