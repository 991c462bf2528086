/**
 * The files of the web app, read into memory once: what is not in the folder then is not served, so
 * that no name in a request ever reaches the file system.
 */
#ifndef FIELDPROOF_RESOURCES_WEB_FILES_H
#define FIELDPROOF_RESOURCES_WEB_FILES_H

#include "server/base/macros.h"

#include <stdbool.h>
#include <stddef.h>

#define WEB_FILES_MAX       256
#define WEB_FILE_MAX_BYTES  ((size_t)8 * 1024 * 1024)
#define WEB_FILES_MAX_BYTES ((size_t)48 * 1024 * 1024)

#define WEB_TAG_BYTES 40

/** One way of sending a file. The build of the web app makes the smaller ones beside it. */
struct web_form {
    const char *coding; /**< "br" or "gzip"; NULL: as it is */
    const char *bytes;  /**< NULL: there is no such form */
    size_t length;
    char tag[WEB_TAG_BYTES]; /**< its entity tag, without quotes; no two forms have the same */
};

enum web_form_kind { WEB_FORM_PLAIN, WEB_FORM_GZIP, WEB_FORM_BROTLI, WEB_FORM_COUNT };

struct web_file {
    const char *name;
    const char *media_type;
    bool is_immutable; /**< its name carries a digest of its content */
    struct web_form forms[WEB_FORM_COUNT];
};

struct web_files;

/**
 * Reads the regular files of the folder whose names end as one of a closed list of media types
 * does; `name.br` and `name.gz` are forms of `name`. Others are left out, with a line in the log. A
 * folder that is not there (or NULL) has no files. On failure, a file that cannot be read or more
 * than the ceilings above, negative with a sentence in *ret_error, which is static.
 */
int web_files_load(const char *folder, struct web_files **ret, const char **ret_error) MUST_CHECK;
void web_files_free(struct web_files *files);

/** The file of exactly this name; NULL when there is none. */
const struct web_file *web_files_find(const struct web_files *files, const char *name);

/** The form to send to a client with this Accept-Encoding (NULL: none): the smallest one it takes.
 */
const struct web_form *web_file_form(const struct web_file *file, const char *accept_encoding);

#endif
