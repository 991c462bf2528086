/**
 * A ZIP that is written from front to back while it is being sent: nothing of it lies in memory or
 * on disk. Entries are stored, not compressed: photos and PDFs are compressed already, and what is
 * stored can be cut out of a damaged file by hand.
 */
#ifndef FIELDPROOF_SERVER_ARCHIVE_ZIP_WRITER_H
#define FIELDPROOF_SERVER_ARCHIVE_ZIP_WRITER_H

#include <stddef.h>
#include <stdint.h>

struct zip_writer;

enum zip_writer_error {
    ZIP_WRITER_NO_MEMORY = -1,
    ZIP_WRITER_SINK = -2, /**< the sink wanted no more */
};

/** Takes the next bytes; negative ends the writing. */
typedef int zip_writer_sink(void *context, const char *bytes, size_t length);

/**
 * @param modified_s the time that every entry carries, in seconds since 1970: one and the same, so
 * that the same content makes the same bytes.
 */
__attribute__((warn_unused_result)) int
zip_writer_open(zip_writer_sink *sink, void *context, int64_t modified_s, struct zip_writer **ret);

/**
 * Begins a file, whose bytes are then appended.
 *
 * @param name UTF-8, with '/' between folders.
 * @param length exactly so many bytes must follow.
 */
__attribute__((warn_unused_result)) int zip_writer_begin(struct zip_writer *writer,
                                                         const char *name, int64_t length);

__attribute__((warn_unused_result)) int zip_writer_append(struct zip_writer *writer,
                                                          const char *bytes, size_t length);

/** Writes the directory. Without it the ZIP is incomplete, and every reader says so. */
__attribute__((warn_unused_result)) int zip_writer_finish(struct zip_writer *writer);

/** Accepts NULL. Ends without a directory what was not finished. */
void zip_writer_free(struct zip_writer *writer);

#endif
