/**
 * A photo's way from a file on disk to a stored row: decode, judge, make durable, record.
 *
 * Both ways in (a part of a multipart check-in, or bytes sent afterwards) go through here.
 */
#ifndef FIELDPROOF_RESOURCES_PHOTO_INTAKE_H
#define FIELDPROOF_RESOURCES_PHOTO_INTAKE_H

#include "media/photo.h"
#include "server/http/request.h"
#include "server/store/photo.h"

/** A thumbnail in the staging folder. */
struct staged_thumbnail {
    int fd;
    const char *path;
};

/** A photo that was decoded whole. Files are closed, and removed unless moved, with the request. */
struct decoded_photo {
    const struct body_file *original;
    struct staged_thumbnail small;
    struct staged_thumbnail medium;
    struct media_photo facts;
};

/**
 * Decodes a file of the body in a decoder process; waits for its turn. Needs no transaction.
 *
 * @param is_video it was announced as a video
 * @param place what to call the file in a refusal: "part:NAME", or "" for the whole body.
 * @return 0; or -1 with a problem: PHOTO_REFUSED says what is wrong with the photo and with which
 *         numbers, UNAVAILABLE and STORAGE_FULL what is wrong with us.
 */
int photo_intake_decode(struct request *request, const struct body_file *file, const char *place,
                        bool is_video, struct decoded_photo **ret) MUST_CHECK;

/**
 * Judges a decoded photo against its check-in, makes its three files durable and records it.
 * Within the request's transaction; the acknowledgement is the commit.
 *
 * @param[out] ret_replayed true when the very same bytes were stored before: nothing was done.
 */
int photo_intake_store(struct request *request, const struct uuid *photo_id, const char *place,
                       struct decoded_photo *photo, bool *ret_replayed) MUST_CHECK;

#endif
