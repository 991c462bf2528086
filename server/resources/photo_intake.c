#include "server/resources/photo_intake.h"

#include "media/decoder_pool.h"
#include "server/app.h"
#include "server/base/clock.h"
#include "server/base/hex.h"
#include "server/base/log.h"
#include "server/blobs/blobs.h"
#include "server/resources/late_original.h"
#include "server/resources/photo_facts.h"
#include "server/resources/staging.h"
#include "server/resources/tally.h"
#include "server/resources/video_decoders.h"

#include <errno.h>
#include <string.h>

/* A failed write says by its errno whether room is what lacks. */
static int write_failed(struct request *request, uint64_t error)
{
    if (error == ENOSPC || error == EDQUOT)
        return problem_set(&request->problem, request->arena, PROBLEM_STORAGE_FULL,
                           "A thumbnail could not be kept: the server has no room left.");
    return problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE,
                       "A thumbnail could not be written.");
}

static int refuse(struct request *request, const char *place, const struct media_photo *facts)
{
    char sentence[MEDIA_SENTENCE_MAX];
    bool chinese = request_language(request) == LANGUAGE_CHINESE;
    media_photo_describe(facts, chinese ? MEDIA_CHINESE : MEDIA_ENGLISH, sentence, sizeof sentence);
    if (facts->status == MEDIA_WRITE_FAILED)
        return write_failed(request, facts->actual);
    if (media_status_is_retryable(facts->status))
        return problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE, "%s", sentence);
    request->problem.reason_code = media_status_code(facts->status);
    return problem_add(&request->problem, request->arena, PROBLEM_PHOTO_REFUSED, place,
                       media_status_code(facts->status), "%s", sentence);
}

int photo_intake_decode(struct request *request, const struct body_file *file, const char *place,
                        bool is_video, struct decoded_photo **ret)
{
    struct decoded_photo *photo = arena_alloc(request->arena, sizeof *photo);
    if (!photo)
        return -1;
    photo->original = file;
    if (staging_open(request, &photo->small.fd, &photo->small.path) < 0 ||
        staging_open(request, &photo->medium.fd, &photo->medium.path) < 0)
        return -1;
    int64_t began_us = clock_monotonic_us();
    int error = is_video
                    ? video_decoders_decode(request->app->video_decoders, file->fd, photo->small.fd,
                                            photo->medium.fd, &photo->facts)
                    : media_decoder_pool_decode(request->app->decoders, file->fd, photo->small.fd,
                                                photo->medium.fd, &photo->facts);
    if (error < 0) {
        LOG(LOG_ERROR, "decoder_unavailable", LOG_TEXT("request_id", request->id),
            LOG_TEXT("error", strerror(-error)));
        return problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE,
                           "The file could not be handed to a decoder.");
    }
    tally_decoded(request, photo->facts.status, clock_monotonic_us() - began_us);
    if (photo->facts.status != MEDIA_OK)
        return refuse(request, place, &photo->facts);
    *ret = photo;
    return 0;
}

/* What the phone announced must be what came. */
static int check_announced(struct request *request, const struct photo_context *context,
                           const char *place, const char *sha256)
{
    if (context->declared_sha256 && strcmp(context->declared_sha256, sha256) != 0)
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_FIELD, place,
                           "sha256", "The bytes have SHA-256 %s, but %s was announced.", sha256,
                           context->declared_sha256);
    return 0;
}

static int put(struct request *request, const uint8_t sha256[32], int fd, const char *path)
{
    int error = blobs_put(request->app->blobs, &request->actor.org_id, sha256, fd, path);
    if (error == BLOBS_FULL)
        return problem_set(&request->problem, request->arena, PROBLEM_STORAGE_FULL,
                           "The photo could not be kept: the server has no room left.");
    if (error < 0)
        return problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE,
                           "The photo could not be made durable, so it is not acknowledged.");
    return 0;
}

static int put_all(struct request *request, const struct decoded_photo *photo)
{
    const struct body_file *original = photo->original;
    if (put(request, photo->facts.small.sha256, photo->small.fd, photo->small.path) < 0 ||
        put(request, photo->facts.medium.sha256, photo->medium.fd, photo->medium.path) < 0)
        return -1;
    return put(request, original->sha256, original->fd, original->path);
}

static struct photo_content content_of(const struct request *request,
                                       const struct decoded_photo *photo)
{
    const struct media_photo *facts = &photo->facts;
    return (struct photo_content){
        .stored_at_ms = request->received_at_ms,
        .sha256 = photo->original->sha256,
        .bytes = photo->original->bytes,
        .width_px = facts->stored_width_px,
        .height_px = facts->stored_height_px,
        .orientation = facts->exif.orientation,
        .small_sha256 = facts->small.sha256,
        .small_width_px = facts->small.width_px,
        .small_height_px = facts->small.height_px,
        .medium_sha256 = facts->medium.sha256,
        .medium_width_px = facts->medium.width_px,
        .medium_height_px = facts->medium.height_px,
        .exif = photo_facts_exif_json(request->arena, &facts->exif),
        .has_looks = facts->file_type != MEDIA_TYPE_MP4,
        .mean_luminance = facts->mean_luminance,
        .sharpness = facts->sharpness,
        .duration_ms = (int64_t)facts->duration_ms,
    };
}

static int store(struct request *request, const struct photo_key *key,
                 const struct photo_context *context, struct decoded_photo *photo)
{
    struct photo_twin twin;
    struct photo_content content = content_of(request, photo);
    const uint8_t *sha256 = photo->original->sha256;
    if (photo_bytes_lock(request->db, request->arena, &key->org_id, sha256) < 0 ||
        photo_twin(request->db, request->arena, key, sha256, &twin) < 0 ||
        photo_facts_judge(request, key, context, &twin, &photo->facts, &content.judgement) < 0)
        return -1;
    int64_t began_us = clock_monotonic_us();
    if (put_all(request, photo) < 0)
        return -1;
    tally_stored(request, content.bytes, clock_monotonic_us() - began_us);
    tally_findings(request, &content.judgement);
    if (photo_store(request->db, request->arena, key, &content) < 0 ||
        (twin.has_copies && late_original_apply(request, key, sha256, context) < 0))
        return -1;
    if (!context->retake_of)
        return 0;
    return retake_answer(request->db, request->arena, key, context->retake_of,
                         &request->actor.user_id, request->received_at_ms);
}

/* What is not sent by way of an upload was decoded as a photo before its announcement was read. */
static int wrong_medium(struct request *request, const char *place,
                        const struct decoded_photo *photo)
{
    struct media_photo facts = photo->facts;
    facts.status = MEDIA_VIDEO_UNSUPPORTED_TYPE;
    return refuse(request, place, &facts);
}

int photo_intake_store(struct request *request, const struct uuid *photo_id, const char *place,
                       struct decoded_photo *photo, bool *ret_replayed)
{
    struct photo_key key = {request->actor.org_id, *photo_id};
    struct photo_context context;
    char sha256[65];
    hex_encode(photo->original->sha256, 32, sha256);
    if (photo_context(request->db, request->arena, &key, &request->actor.user_id, &context) < 0)
        return -1;
    if (!context.is_known)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_YET_HERE,
                           "No check-in of yours announced a photo of this id.");
    if (context.is_video != (photo->facts.file_type == MEDIA_TYPE_MP4))
        return wrong_medium(request, place, photo);
    if (context.is_stored && strcmp(context.sha256, sha256) != 0)
        return problem_set(&request->problem, request->arena, PROBLEM_CONTENT_CONFLICT,
                           "Photo is stored already with SHA-256 %s; these bytes have %s.",
                           context.sha256, sha256);
    if (check_announced(request, &context, place, sha256) < 0)
        return -1;
    *ret_replayed = context.is_stored;
    if (!context.is_stored)
        return store(request, &key, &context, photo);
    /* The disk may have lost or damaged them since; here they are again. */
    return put(request, photo->original->sha256, photo->original->fd, photo->original->path);
}
