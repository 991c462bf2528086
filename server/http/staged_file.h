/** A file that is hashed while it is written; it goes away with the arena unless somebody renames
 * it. */
#ifndef FIELDPROOF_HTTP_STAGED_FILE_H
#define FIELDPROOF_HTTP_STAGED_FILE_H

#include "server/http/body.h"

struct staged_file;

/** Opens the next entry of the request's files. Sets a problem on failure. */
int staged_file_open(struct request *request, const struct body_source *source,
                     const char *part_name, const char *media_type,
                     struct staged_file **ret) MUST_CHECK;
int staged_file_write(struct staged_file *file, const char *bytes, size_t length) MUST_CHECK;

/** Completes length and hash of the entry. */
int staged_file_close(struct staged_file *file) MUST_CHECK;

#endif
