#include "media/decoder_verify.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/evp.h>

enum { READ_BYTES = 8192 };

struct decoder_verifier {
    EVP_MD *sha256;
};

int decoder_verifier_create(struct decoder_verifier **ret_verifier)
{
    struct decoder_verifier *verifier = calloc(1, sizeof(*verifier));
    if (verifier == NULL)
        return -ENOMEM;
    verifier->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (verifier->sha256 == NULL) {
        free(verifier);
        return -ENOMEM;
    }
    *ret_verifier = verifier;
    return 0;
}

void decoder_verifier_free(struct decoder_verifier *verifier)
{
    if (verifier == NULL)
        return;
    EVP_MD_free(verifier->sha256);
    free(verifier);
}

/** What a decoder can know: not what only the pool can. */
static bool is_decoders_to_say(enum media_status status)
{
    switch (status) {
    case MEDIA_DECODER_CRASHED:
    case MEDIA_DECODER_LIED:
    case MEDIA_DECODER_KILLED:
    case MEDIA_POOL_BUSY:
    case MEDIA_POOL_STOPPED:
        return false;
    default:
        return true;
    }
}

static bool has_size(int fd, uint64_t byte_count)
{
    struct stat status;
    return fstat(fd, &status) == 0 && (uint64_t)status.st_size == byte_count;
}

static bool fits(const struct media_thumbnail *thumbnail, int fd, uint32_t long_side_px)
{
    return thumbnail->width_px <= long_side_px && thumbnail->height_px <= long_side_px &&
           has_size(fd, thumbnail->byte_count);
}

static bool makes_sense(const struct media_limits *limits, const struct decoder_files *files,
                        const struct media_photo *photo)
{
    if (!media_photo_is_sane(photo) || !is_decoders_to_say(photo->status))
        return false;
    if (photo->status != MEDIA_OK)
        return true;
    return has_size(files->fds[DECODER_PHOTO], photo->byte_count) &&
           fits(&photo->small, files->fds[DECODER_SMALL], limits->small_px) &&
           fits(&photo->medium, files->fds[DECODER_MEDIUM], limits->medium_max_px);
}

static int digest_file(EVP_MD_CTX *context, int fd, uint8_t *ret_sha256)
{
    uint8_t bytes[READ_BYTES];
    off_t offset = 0;
    for (;;) {
        ssize_t count = pread(fd, bytes, sizeof(bytes), offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -errno;
        if (count == 0)
            break;
        if (EVP_DigestUpdate(context, bytes, (size_t)count) != 1)
            return -EIO;
        offset += count;
    }
    return EVP_DigestFinal_ex(context, ret_sha256, NULL) == 1 ? 0 : -EIO;
}

static int hash(const struct decoder_verifier *verifier, int fd, uint8_t *ret_sha256)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int result = -ENOMEM;
    if (context != NULL && EVP_DigestInit_ex(context, verifier->sha256, NULL) == 1)
        result = digest_file(context, fd, ret_sha256);
    EVP_MD_CTX_free(context);
    return result;
}

bool decoder_verifier_check(const struct decoder_verifier *verifier,
                            const struct media_limits *limits, const struct decoder_files *files,
                            struct media_photo *photo)
{
    if (!makes_sense(limits, files, photo))
        return false;
    if (photo->status != MEDIA_OK)
        return true;
    int result = hash(verifier, files->fds[DECODER_SMALL], photo->small.sha256);
    if (result == 0)
        result = hash(verifier, files->fds[DECODER_MEDIUM], photo->medium.sha256);
    if (result < 0) {
        photo->status = MEDIA_READ_FAILED;
        photo->actual = (uint64_t)-result;
    }
    return true;
}
