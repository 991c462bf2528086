#include "server/resources/uploads.h"

#include "server/app.h"
#include "server/config.h"
#include "server/resources/photos.h"
#include "server/resources/receipts.h"
#include "server/resources/transaction.h"
#include "server/resources/upload_finish.h"

#include <stdlib.h>
#include <string.h>

#define PATH "/v1/uploads"

/** An upload that is to be made. */
struct wish {
    struct upload wanted;
    struct upload made;
};

const char *upload_method(const struct request *request)
{
    static const char *const allowed[] = {"PATCH", "DELETE"};
    const char *wanted = request_header(request, "X-HTTP-Method-Override");
    if (!wanted || strcmp(request->method, "POST") != 0 ||
        strncmp(request->path, PATH "/", strlen(PATH "/")) != 0)
        return request->method;
    for (size_t i = 0; i < ARRAY_LENGTH(allowed); i++)
        if (strcmp(wanted, allowed[i]) == 0)
            return allowed[i];
    return request->method;
}

void upload_decorate(const struct request *request, struct response *response)
{
    if (strncmp(request->path, PATH, strlen(PATH)) != 0)
        return;
    if (upload_protocol_is_draft(request))
        response_header(response, "Upload-Draft-Interop-Version",
                        request_header(request, "Upload-Draft-Interop-Version"));
    else
        response_header(response, "Tus-Resumable", "1.0.0");
    if (response->status == 412)
        response_header(response, "Tus-Version", "1.0.0");
}

int upload_options(struct request *request, struct response *response)
{
    const char *most =
        arena_printf(request->arena, "%lld", (long long)request->app->config->video_bytes_max);
    if (!most)
        return -1;
    response->status = 204;
    response_header(response, "Tus-Version", "1.0.0");
    response_header(response, "Tus-Extension",
                    "creation,creation-with-upload,expiration,checksum,termination");
    response_header(response, "Tus-Checksum-Algorithm", "sha1,sha256");
    response_header(response, "Tus-Max-Size", most);
    return 0;
}

static int not_found(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is no such upload, or no longer.");
}

static int find(struct request *request, void *context)
{
    struct upload *upload = context;
    struct uuid id;
    if (request_uuid(request, "upload_id", &id) < 0 ||
        upload_find(request->db, request->arena, &request->actor.org_id, &request->actor.user_id,
                    &id, upload) < 0)
        return -1;
    return upload->is_known ? 0 : not_found(request);
}

/* The upload in the path with its file open, or stored; *ret_stream is NULL when it is stored. */
static int open_upload(struct request *request, struct upload *ret,
                       struct upload_stream **ret_stream)
{
    *ret_stream = NULL;
    if (transaction_run(request, &request->actor.org_id, find, ret) < 0)
        return -1;
    if (ret->is_stored)
        return 0;
    if (upload_stream_open(request, ret, ret_stream) < 0)
        return -1;
    *ret = (*ret_stream)->upload;
    if (ret->is_stored)
        *ret_stream = NULL;
    return ret->is_known ? 0 : not_found(request);
}

static int64_t body_bytes(const struct request *request)
{
    const char *length = request_header(request, "Content-Length");
    return length ? strtoll(length, NULL, 10) : 0; /* the edge has checked it */
}

static int too_large(struct request *request, const char *header, int64_t most)
{
    return problem_add(&request->problem, request->arena, PROBLEM_TOO_LARGE,
                       arena_printf(request->arena, "header:%s", header), "max_bytes",
                       "At most %lld bytes are taken here.", (long long)most);
}

/* No byte of such a body is wanted; what came of it was counted before. */
static int take_nothing(void *context, const char *bytes, size_t length)
{
    (void)context, (void)bytes, (void)length;
    return 0;
}

static bool is_never_unwanted(void *context)
{
    (void)context;
    return false;
}

static int ignore_body(struct request *request)
{
    struct body_stream *stream = arena_alloc(request->arena, sizeof *stream);
    if (!stream)
        return -1;
    *stream = (struct body_stream){.take = take_nothing, .is_unwanted = is_never_unwanted};
    request->body.stream = stream;
    return 0;
}

/* Says how far the upload is, after the last byte only when the photo is stored. */
static int answer(struct request *request, struct response *response, const struct upload *upload,
                  struct upload_stream *stream, int status)
{
    int64_t offset = stream ? stream->file.bytes : upload->length_bytes;
    const char *receipt = NULL;
    if (stream && offset == upload->length_bytes && upload_finish(request, stream, &receipt) < 0)
        return -1;
    response->status = status;
    receipt_add_header(response, receipt);
    upload_protocol_add_offset(request, response, offset, upload->length_bytes);
    upload_protocol_add_expiry(request, response, upload->expires_at_ms);
    return 0;
}

/* ---- creation ---- */

static int read_wish(struct request *request, struct upload *ret)
{
    int64_t most = request->app->config->video_bytes_max;
    struct upload_metadata metadata;
    if (upload_protocol_check(request) < 0 ||
        upload_protocol_length(request, &ret->length_bytes) < 0)
        return -1;
    if (ret->length_bytes == 0)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER,
                           "header:Upload-Length", "minimum", "A file has at least one byte.");
    if (ret->length_bytes > most)
        return too_large(request, "Upload-Length", most);
    if (upload_protocol_metadata(request, &metadata) < 0)
        return -1;
    ret->org_id = request->actor.org_id;
    ret->user_id = request->actor.user_id;
    ret->photo_id = metadata.photo_id;
    ret->sha256 = metadata.sha256;
    ret->metadata = metadata.text;
    return uuid_random(&ret->id);
}

static bool is_same(const struct upload *wanted, const struct upload *found)
{
    return found->is_known && found->is_stored && found->length_bytes == wanted->length_bytes &&
           strcmp(found->metadata, wanted->metadata) == 0;
}

/*
 * A stored photo may be uploaded again only by saying that it is the very same, or by repeating the
 * creation of the upload that brought it, whose answer was lost perhaps.
 */
static int check_photo(struct request *request, struct upload *wanted,
                       const struct upload_photo *photo)
{
    struct upload found;
    int64_t most = request->app->config->photo_bytes_max;
    if (!photo->is_known)
        return photo_await(request, &wanted->photo_id);
    if (!photo->is_video && wanted->length_bytes > most)
        return too_large(request, "Upload-Length", most);
    if (wanted->sha256 && photo->declared_sha256 &&
        strcmp(wanted->sha256, photo->declared_sha256) != 0)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD,
                           "header:Upload-Metadata", "sha256",
                           "The check-in announced a photo of SHA-256 %s.", photo->declared_sha256);
    if (!photo->is_stored)
        return 0;
    wanted->is_stored = true;
    if (upload_find_of_photo(request->db, request->arena, wanted, &found) < 0)
        return -1;
    if (!wanted->sha256 && is_same(wanted, &found))
        return 0;
    if (wanted->sha256 && strcmp(wanted->sha256, photo->sha256) == 0 &&
        wanted->length_bytes == photo->bytes)
        return 0;
    return problem_set(&request->problem, request->arena, PROBLEM_CONTENT_CONFLICT,
                       "The photo is stored already, with %lld bytes of SHA-256 %s.",
                       (long long)photo->bytes, photo->sha256);
}

static int make(struct request *request, void *context)
{
    struct wish *wish = context;
    struct upload *wanted = &wish->wanted;
    struct upload_photo photo;
    if (upload_photo(request->db, request->arena, &wanted->org_id, &wanted->user_id,
                     &wanted->photo_id, &photo) < 0 ||
        check_photo(request, wanted, &photo) < 0)
        return -1;
    return upload_make(request->db, request->arena, wanted, request->app->config->upload_life_s,
                       &wish->made);
}

/* Of an upload that had come further before, the first piece repeats what is there. */
static int receive_first(struct request *request, struct wish *wish,
                         const struct upload_checksum *checksum)
{
    struct upload_stream *stream;
    if (upload_stream_open(request, &wish->made, &stream) < 0)
        return -1;
    wish->made = stream->upload;
    if (!wish->made.is_known)
        return not_found(request);
    if (wish->made.is_stored)
        return ignore_body(request);
    stream->checksum = *checksum;
    request->prepared = stream;
    return upload_stream_receive(stream, 0);
}

int upload_create_prepare(struct request *request, struct response *response)
{
    struct wish *wish = arena_alloc(request->arena, sizeof *wish);
    struct upload_checksum checksum;
    if (!wish || read_wish(request, &wish->wanted) < 0 ||
        upload_protocol_checksum(request, &checksum) < 0)
        return -1;
    if (body_bytes(request) > wish->wanted.length_bytes)
        return too_large(request, "Content-Length", wish->wanted.length_bytes);
    if (upload_protocol_check_end(request, body_bytes(request), wish->wanted.length_bytes) < 0)
        return -1;
    if (transaction_run(request, &request->actor.org_id, make, wish) < 0)
        return -1;
    char id[UUID_TEXT_BYTES];
    uuid_format(&wish->made.id, id);
    const char *location = arena_printf(request->arena, PATH "/%s", id);
    if (!location)
        return -1;
    response_header(response, "Location", location);
    upload_protocol_add_expiry(request, response, wish->made.expires_at_ms);
    if (body_bytes(request) == 0 || wish->made.is_stored)
        return ignore_body(request);
    return receive_first(request, wish, &checksum);
}

int upload_create(struct request *request, struct response *response)
{
    struct upload_stream *stream = request->prepared;
    response->status = 201;
    if (!stream)
        return 0;
    const char *receipt = NULL;
    if (upload_stream_close(stream) < 0 || (stream->file.bytes == stream->upload.length_bytes &&
                                            upload_finish(request, stream, &receipt) < 0))
        return -1;
    receipt_add_header(response, receipt);
    upload_protocol_add_offset(request, response, stream->file.bytes, stream->upload.length_bytes);
    return 0;
}

/* ---- the core ---- */

int upload_show(struct request *request, struct response *response)
{
    struct upload upload;
    struct upload_stream *stream;
    if (upload_protocol_check(request) < 0 || open_upload(request, &upload, &stream) < 0)
        return -1;
    if (stream)
        upload_file_unlock(&stream->file);
    const char *length = arena_printf(request->arena, "%lld", (long long)upload.length_bytes);
    if (!length || answer(request, response, &upload, stream, 200) < 0)
        return -1;
    response_header(response, "Upload-Length", length);
    response_header(response, "Upload-Metadata", upload.metadata);
    return 0;
}

static int check_offset(struct request *request, int64_t wanted, int64_t offset, int64_t length)
{
    if (wanted != offset)
        return problem_add(&request->problem, request->arena, PROBLEM_OFFSET_MISMATCH,
                           "header:Upload-Offset", "offset",
                           "The upload goes on at byte %lld, not %lld.", (long long)offset,
                           (long long)wanted);
    if (body_bytes(request) > length - offset)
        return too_large(request, "Content-Length", length - offset);
    return upload_protocol_check_end(request, offset + body_bytes(request), length);
}

int upload_patch_prepare(struct request *request, struct response *response)
{
    (void)response;
    struct upload *upload = arena_alloc(request->arena, sizeof *upload);
    struct upload_stream *stream;
    struct upload_checksum checksum;
    int64_t wanted;
    if (!upload || upload_protocol_check(request) < 0 ||
        upload_protocol_bytes(request, "Upload-Offset", &wanted) < 0 ||
        upload_protocol_checksum(request, &checksum) < 0 ||
        open_upload(request, upload, &stream) < 0)
        return -1;
    int64_t offset = stream ? stream->file.bytes : upload->length_bytes;
    if (check_offset(request, wanted, offset, upload->length_bytes) < 0) {
        if (stream)
            upload_file_unlock(&stream->file);
        return -1;
    }
    if (!stream) {
        request->prepared = upload;
        return ignore_body(request);
    }
    stream->checksum = checksum;
    return upload_stream_receive(stream, offset);
}

int upload_patch(struct request *request, struct response *response)
{
    struct upload_stream *stream = request->body.stream->context;
    if (!stream)
        return answer(request, response, request->prepared, NULL, 204);
    if (upload_stream_close(stream) < 0)
        return -1;
    return answer(request, response, &stream->upload, stream, 204);
}

int upload_delete(struct request *request, struct response *response)
{
    struct upload upload;
    struct upload_stream *stream;
    if (upload_protocol_check(request) < 0 || open_upload(request, &upload, &stream) < 0 ||
        upload_forget(request, &upload, stream ? &stream->file : NULL) < 0)
        return -1;
    response->status = 204;
    return 0;
}
