/**
 * What pool and decoder process say to each other over a SOCK_SEQPACKET socket pair, one message a
 * packet. Both ends are the same program, so structures are sent as they are. Private to media/.
 *
 *   pool -> decoder  decoder_greeting, once
 *   decoder -> pool  decoder_greeting back, once it is locked in
 *   pool -> decoder  decoder_job with three descriptors: photo, small, medium
 *   decoder -> pool  decoder_answer
 */
#ifndef FIELDPROOF_MEDIA_DECODER_PROTOCOL_H
#define FIELDPROOF_MEDIA_DECODER_PROTOCOL_H

#include "media/limits.h"
#include "media/photo.h"

#define DECODER_MAGIC 0x46504433U /* "FPD3" */

enum { DECODER_PHOTO, DECODER_SMALL, DECODER_MEDIUM, DECODER_FD_COUNT };

struct decoder_greeting {
    uint32_t magic;
    uint32_t reserved;
    struct media_limits limits;
};

struct decoder_job {
    uint32_t magic;
    uint32_t reserved;
    uint64_t id; /**< comes back in the answer */
};

struct decoder_answer {
    uint32_t magic;
    uint32_t reserved;
    uint64_t id;
    struct media_photo photo;
};

#endif
