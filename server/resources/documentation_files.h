/** The files of the page, embedded by the build from api-spec/page. */
#ifndef FIELDPROOF_RESOURCES_DOCUMENTATION_FILES_H
#define FIELDPROOF_RESOURCES_DOCUMENTATION_FILES_H

#include <stddef.h>

struct documentation_file {
    const char *name;
    const char *media_type;
    const char *text;
    size_t bytes;
};

extern const struct documentation_file documentation_files[];
extern const size_t documentation_file_count;

#endif
