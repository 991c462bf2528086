#include "server/archive/zip_writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>
#include <stdlib.h>

struct zip_writer {
    struct archive *archive;
    zip_writer_sink *sink;
    void *context;
    int64_t modified_s;
    bool has_failed;
};

/* libarchive 3.6 never frees what a write that failed was for, so it is not told. */
static la_ssize_t write_piece(struct archive *archive, void *context, const void *bytes,
                              size_t length)
{
    struct zip_writer *writer = context;
    (void)archive;
    if (!writer->has_failed && writer->sink(writer->context, bytes, length) != 0)
        writer->has_failed = true;
    return (la_ssize_t)length;
}

/* In one block a piece: libarchive's usual blocks of 10 KB would hold back what is there. */
static bool set_up(struct archive *archive, struct zip_writer *writer)
{
    return archive_write_set_format_zip(archive) == ARCHIVE_OK &&
           archive_write_zip_set_compression_store(archive) == ARCHIVE_OK &&
           archive_write_set_options(archive, "zip:hdrcharset=UTF-8") >= ARCHIVE_WARN &&
           archive_write_set_bytes_per_block(archive, 0) == ARCHIVE_OK &&
           archive_write_open(archive, writer, NULL, write_piece, NULL) == ARCHIVE_OK;
}

int zip_writer_open(zip_writer_sink *sink, void *context, int64_t modified_s,
                    struct zip_writer **ret)
{
    struct zip_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return ZIP_WRITER_NO_MEMORY;
    writer->sink = sink;
    writer->context = context;
    writer->modified_s = modified_s;
    writer->archive = archive_write_new();
    if (!writer->archive || !set_up(writer->archive, writer)) {
        zip_writer_free(writer);
        return ZIP_WRITER_NO_MEMORY;
    }
    *ret = writer;
    return 0;
}

static int outcome(const struct zip_writer *writer, bool is_good)
{
    if (writer->has_failed)
        return ZIP_WRITER_SINK;
    return is_good ? 0 : ZIP_WRITER_NO_MEMORY;
}

int zip_writer_begin(struct zip_writer *writer, const char *name, int64_t length)
{
    struct archive_entry *entry = archive_entry_new();
    if (!entry)
        return ZIP_WRITER_NO_MEMORY;
    archive_entry_set_pathname_utf8(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, length);
    archive_entry_set_mtime(entry, writer->modified_s, 0);
    int result = archive_write_header(writer->archive, entry);
    archive_entry_free(entry);
    return outcome(writer, result == ARCHIVE_OK);
}

int zip_writer_append(struct zip_writer *writer, const char *bytes, size_t length)
{
    la_ssize_t written = length ? archive_write_data(writer->archive, bytes, length) : 0;
    return outcome(writer, written == (la_ssize_t)length);
}

int zip_writer_finish(struct zip_writer *writer)
{
    return outcome(writer, archive_write_close(writer->archive) == ARCHIVE_OK);
}

void zip_writer_free(struct zip_writer *writer)
{
    if (!writer)
        return;
    writer->has_failed = true; /* the directory that freeing writes goes nowhere */
    archive_write_free(writer->archive);
    free(writer);
}
