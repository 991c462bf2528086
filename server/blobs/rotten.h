/** What a disk has damaged, put right by the same bytes when they come again. */
#ifndef FIELDPROOF_BLOBS_ROTTEN_H
#define FIELDPROOF_BLOBS_ROTTEN_H

#include "server/blobs/blobs.h"

/**
 * Puts the staged file, synced, in the place of a blob that does not hold the bytes it is named by
 * any more; in one step, so that there is no moment without either. The bytes of both are read and
 * hashed first: nothing takes a whole blob's place, and nothing but the right bytes a damaged
 * one's.
 *
 * @return 0: durable. BLOBS_FAILED: the staged bytes have another digest, or the blob is whole.
 */
int rotten_replace(int staged_fd, const char *staged_path, int folder_fd,
                   const uint8_t sha256[32]) MUST_CHECK;

#endif
