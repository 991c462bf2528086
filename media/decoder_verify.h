/** Holds a decoder's answer against what can be checked without trusting it. Private to media/. */
#ifndef FIELDPROOF_MEDIA_DECODER_VERIFY_H
#define FIELDPROOF_MEDIA_DECODER_VERIFY_H

#include "media/decoder_child.h"

/** The hash function, fetched once. */
struct decoder_verifier;

/** @return 0 or -ENOMEM. */
int decoder_verifier_create(struct decoder_verifier **ret_verifier)
    __attribute__((warn_unused_result));

/**
 * Checks the answer, and hashes the thumbnails of a MEDIA_OK one. A thumbnail that cannot be read
 * back becomes MEDIA_READ_FAILED.
 * @return false when the answer makes no sense.
 */
bool decoder_verifier_check(const struct decoder_verifier *verifier,
                            const struct media_limits *limits, const struct decoder_files *files,
                            struct media_photo *photo);

/** NULL is fine. */
void decoder_verifier_free(struct decoder_verifier *verifier);

#endif
