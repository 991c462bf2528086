#include "server/resources/upload_protocol.h"

#include "server/base/hex.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define VERSION            "1.0.0"
#define METADATA_MAX_BYTES ((size_t)4096)

static int refuse(struct request *request, const char *header, const char *rule, const char *detail)
{
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER,
                       arena_printf(request->arena, "header:%s", header), rule, "%s", detail);
}

bool upload_protocol_is_draft(const struct request *request)
{
    /* From -03 on; what changed since is how an upload is announced before its answer (104). */
    static const char *const versions[] = {"5", "6", "7", "8"};
    const char *given = request_header(request, "Upload-Draft-Interop-Version");
    for (size_t i = 0; given && i < ARRAY_LENGTH(versions); i++)
        if (strcmp(given, versions[i]) == 0)
            return true;
    return false;
}

int upload_protocol_check(struct request *request)
{
    const char *version = request_header(request, "Tus-Resumable");
    if ((version && strcmp(version, VERSION) == 0) ||
        (!version && upload_protocol_is_draft(request)))
        return 0;
    return problem_set(&request->problem, request->arena, PROBLEM_UNSUPPORTED_VERSION,
                       "Uploads speak tus " VERSION "; the request must say Tus-Resumable: " VERSION
                       ", or Upload-Draft-Interop-Version: 5 to 8.");
}

int upload_protocol_bytes(struct request *request, const char *name, int64_t *ret)
{
    const char *text = request_header(request, name);
    if (!text)
        return refuse(request, name, "required", "The header is missing.");
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 15 || text[digits])
        return refuse(request, name, "format", "The header must be a whole number of bytes.");
    *ret = strtoll(text, NULL, 10);
    return 0;
}

/* Upload-Complete is a boolean of RFC 8941; absent, it says nothing. */
static bool is_last_piece(const struct request *request)
{
    const char *text = request_header(request, "Upload-Complete");
    return text && strcmp(text, "?1") == 0 && upload_protocol_is_draft(request);
}

int upload_protocol_length(struct request *request, int64_t *ret)
{
    bool is_whole = is_last_piece(request) && !request_header(request, "Upload-Length");
    return upload_protocol_bytes(request, is_whole ? "Content-Length" : "Upload-Length", ret);
}

int upload_protocol_check_end(struct request *request, int64_t end, int64_t length)
{
    if (!is_last_piece(request) || end == length)
        return 0;
    return problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER,
                       "header:Upload-Complete", "length",
                       "The piece claims to be the last one, but ends at byte %lld of %lld.",
                       (long long)end, (long long)length);
}

static int decode(const char *text, size_t length, uint8_t *ret_bytes, size_t size,
                  size_t *ret_length)
{
    return sodium_base642bin(ret_bytes, size, text, length, NULL, ret_length, NULL,
                             sodium_base64_VARIANT_ORIGINAL);
}

/* The value of a key as text in the arena; NULL when it is not there or no base64. */
static const char *find_value(struct arena *arena, const char *metadata, const char *key)
{
    size_t key_length = strlen(key);
    for (const char *pair = metadata; *pair; pair += strcspn(pair, ",")) {
        pair += strspn(pair, ", ");
        if (strncmp(pair, key, key_length) != 0 || pair[key_length] != ' ')
            continue;
        const char *value = pair + key_length + 1;
        size_t length = strcspn(value, ", "), decoded = 0;
        char *text = arena_alloc(arena, length + 1);
        if (!text || decode(value, length, (uint8_t *)text, length, &decoded) ||
            memchr(text, 0, decoded))
            return NULL;
        text[decoded] = '\0';
        return text;
    }
    return NULL;
}

int upload_protocol_metadata(struct request *request, struct upload_metadata *ret)
{
    static const char header[] = "Upload-Metadata";
    uint8_t digest[32];
    char *digits = arena_alloc(request->arena, 2 * sizeof digest + 1);
    const char *text = request_header(request, header);
    if (!text || !digits)
        return refuse(request, header, "required", "The header is missing.");
    if (strlen(text) > METADATA_MAX_BYTES)
        return refuse(request, header, "max_bytes", "The header is longer than 4096 bytes.");
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c >= 0x7f)
            return refuse(request, header, "format", "The header must be ASCII.");
    const char *photo_id = find_value(request->arena, text, "photo_id");
    if (!photo_id || uuid_parse(photo_id, &ret->photo_id))
        return refuse(request, header, "photo_id",
                      "It must hold photo_id: the id of an awaited photo, in base64.");
    const char *sha256 = find_value(request->arena, text, "sha256");
    if (sha256 && hex_decode(sha256, digest, sizeof digest))
        return refuse(request, header, "sha256",
                      "Its sha256 must be 64 hexadecimal digits, in base64.");
    hex_encode(digest, sha256 ? sizeof digest : 0, digits);
    ret->sha256 = sha256 ? digits : NULL;
    ret->text = text;
    return 0;
}

int upload_protocol_checksum(struct request *request, struct upload_checksum *ret)
{
    static const char header[] = "Upload-Checksum";
    const char *text = request_header(request, header);
    struct upload_checksum checksum = {.algorithm = UPLOAD_CHECKSUM_NONE};
    size_t length = 0, wanted = 0;
    if (text && strncmp(text, "sha1 ", 5) == 0) {
        checksum.algorithm = UPLOAD_CHECKSUM_SHA1;
        wanted = 20;
    } else if (text && strncmp(text, "sha256 ", 7) == 0) {
        checksum.algorithm = UPLOAD_CHECKSUM_SHA256;
        wanted = 32;
    } else if (text) {
        return refuse(request, header, "algorithm", "Checksums may be sha1 or sha256.");
    }
    const char *value = text ? strchr(text, ' ') + 1 : "";
    if (decode(value, strlen(value), checksum.digest, sizeof checksum.digest, &length) ||
        length != wanted)
        return refuse(request, header, "format",
                      "The header must be an algorithm, a space and the digest in base64.");
    *ret = checksum;
    return 0;
}

void upload_protocol_add_offset(struct request *request, struct response *response, int64_t bytes,
                                int64_t length)
{
    const char *text = arena_printf(request->arena, "%lld", (long long)bytes);
    if (text)
        response_header(response, "Upload-Offset", text);
    if (upload_protocol_is_draft(request))
        response_header(response, "Upload-Complete", bytes == length ? "?1" : "?0");
}

void upload_protocol_add_expiry(struct request *request, struct response *response,
                                int64_t expires_at_ms)
{
    char text[64];
    struct tm utc;
    time_t at = (time_t)(expires_at_ms / 1000);
    gmtime_r(&at, &utc);
    strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    const char *copy = arena_strdup(request->arena, text);
    if (copy)
        response_header(response, "Upload-Expires", copy);
}
