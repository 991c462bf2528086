/** The files of a pack: named, digested, and written into a ZIP one after the other. */
#ifndef FIELDPROOF_RESOURCES_PACK_FILES_H
#define FIELDPROOF_RESOURCES_PACK_FILES_H

#include "server/http/request.h"
#include "server/http/response.h"

#define PACK_NAME_BYTES 96

/** A file that lies in memory, in the blob store, or behind an open descriptor. */
struct pack_file {
    char name[PACK_NAME_BYTES];
    char sha256[65];
    const char *text; /**< NULL: not in memory */
    size_t text_bytes;
    int fd; /**< -1: the blob named by the digest */
};

struct pack_files {
    struct request *request;
    int64_t modified_s; /**< what every file's time is set to, in seconds since 1970 */
    size_t count;
    size_t room;
    struct pack_file *files;
};

/** Room for `room` files. They and their descriptors live as long as the request. */
int pack_files_create(struct request *request, size_t room, struct pack_files *ret) MUST_CHECK;

/** Adds a text. Names are made as by printf. */
int pack_files_add_text(struct pack_files *files, const char *text, const char *format,
                        ...) MUST_CHECK PRINTF_LIKE(3, 4);

/** Adds a blob of the actor's organisation; it is opened when its turn comes. */
int pack_files_add_blob(struct pack_files *files, const char *sha256, const char *format,
                        ...) MUST_CHECK PRINTF_LIKE(3, 4);

/** Adds an open file, which is closed with the request. */
int pack_files_add_open(struct pack_files *files, int fd, const char *sha256, const char *format,
                        ...) MUST_CHECK PRINTF_LIKE(4, 5);

/** The digests of all files so far, as sha256sum writes and checks them; NULL without memory. */
const char *pack_files_sums(const struct pack_files *files);

/**
 * A response_producer: `context` is the struct pack_files. Every file is digested again on its way.
 * One that is missing or has changed since it was acknowledged is named in a last file DAMAGED.txt,
 * and in the log: what is left is worth having, and says what it lacks.
 */
response_producer pack_files_produce;

#endif
