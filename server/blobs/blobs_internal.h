/** What the files of the blob store share. */
#ifndef FIELDPROOF_BLOBS_BLOBS_INTERNAL_H
#define FIELDPROOF_BLOBS_BLOBS_INTERNAL_H

#include "server/blobs/blobs.h"

#include <pthread.h>

/** Organisations whose folders this process remembers; past it they are made durable each time. */
#define BLOBS_KNOWN_MAX 1024

/** Which of an organisation's 256 folders are durable, parents included, as far as we know. */
struct blobs_known {
    struct uuid org_id;
    uint8_t folders[32];
};

struct blobs {
    char *dir; /**< absolute */
    int root_fd;
    int blobs_fd;
    int staging_fd;
    int uploads_fd;
    int lock_fd;           /**< locked, shared, while this process lives */
    pthread_mutex_t mutex; /**< of what follows */
    int known_count;
    struct blobs_known known[BLOBS_KNOWN_MAX];
};

/** Removes staging files that were last written more than `age_s` ago. */
int blobs_sweep_staging(struct blobs *blobs, int age_s, int64_t *ret_removed,
                        int64_t *ret_removed_bytes) MUST_CHECK;

#endif
