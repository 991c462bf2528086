/** A pool of decoders that misbehave on demand. */
#ifndef FIELDPROOF_TESTS_MEDIA_POOL_SUPPORT_H
#define FIELDPROOF_TESTS_MEDIA_POOL_SUPPORT_H

#include "media_support.h"

#include "media/decoder_pool.h"

#include <sys/types.h>

enum { POOL_DEADLINE_MS = 400 };

/** Default limits but for the deadline. */
struct media_decoder_pool *pool_create(uint32_t process_count);

/** Decodes into new files, which the caller may ask for. */
struct media_photo pool_decode(struct media_decoder_pool *pool, const void *data, size_t size,
                               struct bytes *ret_small, struct bytes *ret_medium);

/** Decodes a photo that is only a verb of misbehaving_decoder.c. */
struct media_photo pool_tell(struct media_decoder_pool *pool, const char *verb);

struct media_decoder_pool_statistics pool_statistics(struct media_decoder_pool *pool);

/** After whatever happened before, the pool still decodes. */
void pool_assert_works(struct media_decoder_pool *pool);

/** The decoders that are children of this process. @return how many. */
unsigned pool_find_decoders(pid_t *ret_pids, unsigned most);

#endif
