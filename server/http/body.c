#include "server/http/body.h"

#include "server/base/buffer.h"
#include "server/http/json.h"
#include "server/http/multipart.h"
#include "server/http/route.h"
#include "server/http/staged_file.h"

#include <string.h>
#include <strings.h>

#define CHUNK_BYTES ((size_t)32 * 1024)
/* A chunk is handed on when it is full or the peer is gone: what a crash may cost of a stream. */
#define STREAM_CHUNK_BYTES ((size_t)4 * 1024)

/** Takes the next bytes of the body; negative with the problem set. */
typedef int body_sink(void *context, const char *bytes, size_t length);

static int refuse(struct request *request, enum problem_type type, const char *place,
                  const char *rule, const char *detail)
{
    return problem_add(&request->problem, request->arena, type, place, rule, "%s", detail);
}

static bool is_media_type(const struct request *request, const char *wanted)
{
    const char *sent = request_header(request, "Content-Type");
    size_t length = strlen(wanted);
    return sent && strncasecmp(sent, wanted, length) == 0 && strchr("; \t", sent[length]);
}

static int check_media_type(struct request *request)
{
    switch (request->route->body) {
    case BODY_NONE:
        return 0;
    case BODY_JSON:
        if (is_media_type(request, "application/json"))
            return 0;
        return refuse(request, PROBLEM_UNSUPPORTED_MEDIA_TYPE, "header:Content-Type", "media_type",
                      "The body must be application/json.");
    case BODY_JSON_OR_MULTIPART:
        if (is_media_type(request, "application/json") ||
            is_media_type(request, "multipart/form-data"))
            return 0;
        return refuse(request, PROBLEM_UNSUPPORTED_MEDIA_TYPE, "header:Content-Type", "media_type",
                      "The body must be application/json or multipart/form-data.");
    case BODY_JPEG:
        if (is_media_type(request, "image/jpeg"))
            return 0;
        return refuse(request, PROBLEM_UNSUPPORTED_MEDIA_TYPE, "header:Content-Type", "media_type",
                      "The body must be image/jpeg.");
    case BODY_CSV:
        if (is_media_type(request, "text/csv"))
            return 0;
        return refuse(request, PROBLEM_UNSUPPORTED_MEDIA_TYPE, "header:Content-Type", "media_type",
                      "The body must be text/csv.");
    case BODY_UPLOAD:
        /* A piece as tus names it; as the IETF's draft does, which begins with the type of the
         * whole. */
        if (is_media_type(request, "application/offset+octet-stream") ||
            request_header(request, "Upload-Draft-Interop-Version"))
            return 0;
        return refuse(request, PROBLEM_UNSUPPORTED_MEDIA_TYPE, "header:Content-Type", "media_type",
                      "The body must be application/offset+octet-stream.");
    }
    return -1;
}

bool body_has_files(const struct request *request)
{
    return request->route->body == BODY_JPEG || (request->route->body == BODY_JSON_OR_MULTIPART &&
                                                 is_media_type(request, "multipart/form-data"));
}

int64_t body_json_ceiling(const struct route *route)
{
    return route->body == BODY_JSON_OR_MULTIPART ? BODY_JSON_PART_MAX_BYTES
                                                 : route->body_ceiling_bytes;
}

static int64_t ceiling_of(const struct request *request)
{
    return body_has_files(request) ? request->route->body_ceiling_bytes
                                   : body_json_ceiling(request->route);
}

/* An upload may be made without a first piece. */
static bool may_be_absent(const struct route *route)
{
    return route->body == BODY_NONE ||
           (route->body == BODY_UPLOAD && strcmp(route->method, "POST") == 0);
}

int body_check(struct request *request, const struct http_framing *framing)
{
    if (framing->is_chunked)
        return problem_set(&request->problem, request->arena, PROBLEM_LENGTH_REQUIRED,
                           "Chunked bodies are not taken; send a Content-Length.");
    if (may_be_absent(request->route) && framing->content_length <= 0)
        return 0;
    if (request->route->body == BODY_NONE)
        return problem_set(&request->problem, request->arena, PROBLEM_TOO_LARGE,
                           "This operation takes no body.");
    if (check_media_type(request))
        return -1;
    if (request_header(request, "Content-Encoding"))
        return refuse(request, PROBLEM_UNSUPPORTED_MEDIA_TYPE, "header:Content-Encoding",
                      "content_encoding", "Bodies must be sent without a Content-Encoding.");
    if (framing->content_length < 0)
        return problem_set(&request->problem, request->arena, PROBLEM_LENGTH_REQUIRED,
                           "The request must say its Content-Length.");
    if (framing->content_length == 0 && request->route->body != BODY_UPLOAD)
        return refuse(request, PROBLEM_INVALID_BODY, "", "required", "The body is empty.");
    if (framing->content_length > ceiling_of(request))
        return refuse(
            request, PROBLEM_TOO_LARGE, "header:Content-Length", "max_bytes",
            arena_printf(request->arena, "The body has %lld bytes; at most %lld are allowed.",
                         (long long)framing->content_length, (long long)ceiling_of(request)));
    return 0;
}

/* The one loop that reads bodies. False in *ret_is_complete: the peer stopped, or was too slow. */
static int pump_some(struct request *request, struct connection *connection, body_sink *sink,
                     void *context, bool *ret_is_complete)
{
    const struct body_stream *stream = request->body.stream;
    struct watch_entry entry;
    size_t chunk_bytes = stream ? STREAM_CHUNK_BYTES : CHUNK_BYTES;
    char *chunk = arena_alloc(request->arena, chunk_bytes);
    if (!chunk || connection_body_begin(connection, &entry))
        return problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE,
                           "The body could not be received.");
    if (stream)
        watch_ask(connection->watch, &entry, stream->is_unwanted, stream->context);
    int count = 1;
    int result = 0;
    while (count > 0 && !result) {
        count = connection_body_read(connection, &entry, chunk, chunk_bytes);
        if (count > 0)
            result = sink(context, chunk, (size_t)count);
    }
    connection_body_end(connection, &entry);
    *ret_is_complete = count >= 0;
    return result;
}

static int pump(struct request *request, struct connection *connection, body_sink *sink,
                void *context)
{
    bool is_complete = false;
    if (pump_some(request, connection, sink, context, &is_complete))
        return -1;
    if (!is_complete)
        return problem_set(&request->problem, request->arena, PROBLEM_REQUEST_TIMEOUT,
                           "Of %lld bytes announced, %lld arrived in time.",
                           (long long)connection->framing.content_length,
                           (long long)connection->body_read_bytes);
    return 0;
}

static int keep_text(void *context, const char *bytes, size_t length)
{
    struct buffer *buffer = context;
    buffer_append(buffer, bytes, length);
    return 0; /* a failed buffer is noticed at the end */
}

static int take_text(struct request *request, const struct buffer *buffer)
{
    if (buffer->failed)
        return problem_set(&request->problem, request->arena, PROBLEM_TOO_LARGE,
                           "The body needs more memory than one request may have.");
    request->body.text = buffer->text;
    request->body.text_bytes = buffer->length;
    return 0;
}

static int check_json(struct request *request, const struct body_source *source, const char *place)
{
    const json_t *json;
    if (json_parse(request->body.text, request->body.text_bytes, place, request->arena,
                   &request->problem, &json) ||
        schema_check(source->operation->body, json, "", PROBLEM_INVALID_FIELD, request->arena,
                     &request->problem))
        return -1;
    request->body.json = json;
    return 0;
}

static int receive_text(struct request *request, const struct body_source *source)
{
    struct buffer buffer;
    buffer_init(&buffer, request->arena, (size_t)ceiling_of(request) + 1);
    if (pump(request, source->connection, keep_text, &buffer) || take_text(request, &buffer))
        return -1;
    /* CSV comes in the encodings of spreadsheets; who reads it finds out which. */
    return request->route->body == BODY_CSV ? 0 : check_json(request, source, "");
}

struct file_sink {
    struct staged_file *file;
};

static int keep_file(void *context, const char *bytes, size_t length)
{
    struct file_sink *sink = context;
    return staged_file_write(sink->file, bytes, length);
}

static int receive_file(struct request *request, const struct body_source *source)
{
    struct file_sink sink;
    if (staged_file_open(request, source, NULL, "image/jpeg", &sink.file) ||
        pump(request, source->connection, keep_file, &sink))
        return -1;
    return staged_file_close(sink.file);
}

/** What is being received of a multipart body. */
struct parts {
    struct request *request;
    const struct body_source *source;
    struct multipart parser;
    struct buffer json;
    bool has_json;
    struct staged_file *file; /* NULL while the JSON part is being received */
};

static int part_begin(void *context, const struct multipart_part *part)
{
    struct parts *parts = context;
    struct request *request = parts->request;
    const char *place = arena_printf(request->arena, "part:%s", part->name);
    struct uuid id;
    parts->file = NULL;
    if (strcmp(part->name, parts->source->operation->json_part) == 0) {
        parts->has_json = true;
        if (!part->media_type[0] || strcmp(part->media_type, "application/json") == 0)
            return 0;
        return refuse(request, PROBLEM_UNSUPPORTED_MEDIA_TYPE, place, "media_type",
                      "This part must be application/json.");
    }
    if (uuid_parse(part->name, &id))
        return refuse(request, PROBLEM_INVALID_BODY, place, "unknown_part",
                      "There is no part of this name; photos are named by their ids.");
    return staged_file_open(request, parts->source, part->name, part->media_type, &parts->file);
}

static int part_data(void *context, const char *bytes, size_t length)
{
    struct parts *parts = context;
    if (parts->file)
        return staged_file_write(parts->file, bytes, length);
    if (parts->json.length + length > (size_t)BODY_JSON_PART_MAX_BYTES)
        return refuse(
            parts->request, PROBLEM_TOO_LARGE,
            arena_printf(parts->request->arena, "part:%s", parts->source->operation->json_part),
            "max_bytes", "The JSON part has more than 262144 bytes.");
    return keep_text(&parts->json, bytes, length);
}

static int part_end(void *context)
{
    struct parts *parts = context;
    return parts->file ? staged_file_close(parts->file) : 0;
}

static int refuse_multipart(struct parts *parts, int error)
{
    struct request *request = parts->request;
    if (error == MULTIPART_STOPPED)
        return -1;
    if (error == MULTIPART_TOO_MANY_PARTS || error == MULTIPART_HEADERS_TOO_LARGE)
        return refuse(request, PROBLEM_TOO_LARGE, "", "multipart", multipart_error_sentence(error));
    return refuse(request, PROBLEM_INVALID_BODY, "", "multipart", multipart_error_sentence(error));
}

static int keep_parts(void *context, const char *bytes, size_t length)
{
    struct parts *parts = context;
    int error = multipart_feed(&parts->parser, bytes, length);
    return error ? refuse_multipart(parts, error) : 0;
}

static int receive_multipart(struct request *request, const struct body_source *source)
{
    static const struct multipart_callbacks callbacks = {part_begin, part_data, part_end};
    struct parts *parts = arena_alloc(request->arena, sizeof *parts);
    if (!parts)
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "There is no memory.");
    parts->request = request;
    parts->source = source;
    buffer_init(&parts->json, request->arena, (size_t)BODY_JSON_PART_MAX_BYTES + 1);
    int error =
        multipart_init(&parts->parser, request_header(request, "Content-Type"), &callbacks, parts);
    if (error)
        return refuse_multipart(parts, error);
    if (pump(request, source->connection, keep_parts, parts))
        return -1;
    error = multipart_finish(&parts->parser);
    if (error)
        return refuse_multipart(parts, error);
    const char *place = arena_printf(request->arena, "part:%s", source->operation->json_part);
    if (!parts->has_json)
        return refuse(request, PROBLEM_INVALID_BODY, place, "required", "The part is missing.");
    return take_text(request, &parts->json) ? -1 : check_json(request, source, place);
}

/* What came before the peer broke off is the stream's to keep, so that is no failure here. */
static int receive_stream(struct request *request, const struct body_source *source)
{
    struct body_stream *stream = request->body.stream;
    stream->is_complete = source->connection->framing.content_length <= 0;
    return stream->is_complete ? 0
                               : pump_some(request, source->connection, stream->take,
                                           stream->context, &stream->is_complete);
}

int body_receive(struct request *request, const struct body_source *source)
{
    switch (request->route->body) {
    case BODY_NONE:
        return 0;
    case BODY_JPEG:
        return receive_file(request, source);
    case BODY_UPLOAD:
        return receive_stream(request, source);
    case BODY_JSON_OR_MULTIPART:
        if (body_has_files(request))
            return receive_multipart(request, source);
        return receive_text(request, source);
    default:
        return receive_text(request, source);
    }
}
