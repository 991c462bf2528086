/** What a decoder process does apart from decoding. Private to media/ and its tests. */
#ifndef FIELDPROOF_MEDIA_DECODER_LOOP_H
#define FIELDPROOF_MEDIA_DECODER_LOOP_H

#include "media/limits.h"
#include "media/photo.h"

/** media_photo_decode_file(), or what a test puts in its place. */
typedef void decoder_decode(int photo_fd, const struct media_limits *limits, int small_fd,
                            int medium_fd, struct media_photo *ret_photo);

/** media_decoder_process_main() with the decoding given. */
int decoder_loop_run(int socket_fd, decoder_decode *decode);

#endif
