/** What a disk has damaged, put right by the same bytes when they come again. */
#ifndef FIELDPROOF_BLOBS_ROTTEN_H
#define FIELDPROOF_BLOBS_ROTTEN_H

#include "server/blobs/blobs.h"

/**
 * Puts the staged file, synced, in the place of a blob of other bytes; in one step, so that there
 * is no moment without either. The staged bytes are read and hashed first: whoever said what they
 * are was perhaps a decoder, and nothing but the bytes that a blob is named by may take its place.
 *
 * @return 0: durable. BLOBS_FAILED: the staged bytes have another digest.
 */
int rotten_replace(int staged_fd, const char *staged_path, int folder_fd,
                   const uint8_t sha256[32]) MUST_CHECK;

#endif
