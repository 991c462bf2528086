#include "server/resources/pack_files.h"

#include "server/app.h"
#include "server/archive/zip_writer.h"
#include "server/base/buffer.h"
#include "server/base/hex.h"
#include "server/base/log.h"
#include "server/resources/stored_file.h"

#include <openssl/evp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_BYTES 16384
/* Digests and names of as many files as a visit can have. */
#define LIST_CEILING_BYTES ((size_t)4 * 1024 * 1024)

static int no_memory(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_TOO_LARGE,
                       "The pack of this visit needs more memory than one request may have.");
}

int pack_files_create(struct request *request, size_t room, struct pack_files *ret)
{
    *ret = (struct pack_files){.request = request, .room = room};
    ret->files = arena_alloc(request->arena, sizeof *ret->files * room);
    return ret->files ? 0 : no_memory(request);
}

PRINTF_LIKE(2, 0)
static struct pack_file *add(struct pack_files *files, const char *format, va_list arguments)
{
    if (files->count == files->room)
        return NULL;
    struct pack_file *file = &files->files[files->count];
    int length = vsnprintf(file->name, sizeof file->name, format, arguments);
    if (length < 0 || length >= (int)sizeof file->name)
        return NULL;
    file->fd = -1;
    files->count++;
    return file;
}

int pack_files_add_text(struct pack_files *files, const char *text, const char *format, ...)
{
    uint8_t digest[32];
    va_list arguments;
    va_start(arguments, format);
    struct pack_file *file = text ? add(files, format, arguments) : NULL;
    va_end(arguments);
    if (!file || EVP_Digest(text, strlen(text), digest, NULL, EVP_sha256(), NULL) != 1)
        return no_memory(files->request);
    file->text = text;
    file->text_bytes = strlen(text);
    hex_encode(digest, sizeof digest, file->sha256);
    return 0;
}

PRINTF_LIKE(4, 0)
static int add_digested(struct pack_files *files, int fd, const char *sha256, const char *format,
                        va_list arguments)
{
    struct pack_file *file = add(files, format, arguments);
    if (!file)
        return no_memory(files->request);
    file->fd = fd;
    snprintf(file->sha256, sizeof file->sha256, "%s", sha256);
    return 0;
}

int pack_files_add_blob(struct pack_files *files, const char *sha256, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int result = add_digested(files, -1, sha256, format, arguments);
    va_end(arguments);
    return result;
}

static void close_file(void *context)
{
    close(*(int *)context);
}

int pack_files_add_open(struct pack_files *files, int fd, const char *sha256, const char *format,
                        ...)
{
    va_list arguments;
    int *kept = arena_alloc(files->request->arena, sizeof *kept);
    if (kept)
        *kept = fd;
    if (!kept || arena_defer(files->request->arena, close_file, kept) < 0) {
        close(fd);
        return no_memory(files->request);
    }
    va_start(arguments, format);
    int result = add_digested(files, fd, sha256, format, arguments);
    va_end(arguments);
    return result;
}

const char *pack_files_sums(const struct pack_files *files)
{
    struct buffer sums;
    buffer_init(&sums, files->request->arena, LIST_CEILING_BYTES);
    for (size_t i = 0; i < files->count; i++)
        buffer_printf(&sums, "%s  %s\n", files->files[i].sha256, files->files[i].name);
    return sums.failed ? NULL : sums.text;
}

/** A pack on its way. */
struct writing {
    const struct pack_files *files;
    struct zip_writer *zip;
    EVP_MD_CTX *digest;
    struct buffer damaged;
    char *piece;
};

static void note_damage(struct writing *writing, const struct pack_file *file, const char *what)
{
    LOG(LOG_ERROR, "pack_file_damaged", LOG_TEXT("request_id", writing->files->request->id),
        LOG_TEXT("file", file->name), LOG_TEXT("sha256", file->sha256), LOG_TEXT("damage", what));
    buffer_printf(&writing->damaged, "%s: %s\n", file->name, what);
}

/* Negative only when the ZIP cannot go on. */
static int copy_bytes(struct writing *writing, int fd, int64_t bytes)
{
    for (int64_t offset = 0; offset < bytes;) {
        size_t wanted = bytes - offset < PIECE_BYTES ? (size_t)(bytes - offset) : PIECE_BYTES;
        ssize_t count = pread(fd, writing->piece, wanted, offset);
        if (count <= 0 || EVP_DigestUpdate(writing->digest, writing->piece, (size_t)count) != 1 ||
            zip_writer_append(writing->zip, writing->piece, (size_t)count) < 0)
            return -1;
        offset += count;
    }
    return 0;
}

static int copy_file(struct writing *writing, const struct pack_file *file, int fd, int64_t bytes)
{
    uint8_t digest[32];
    char digits[65];
    if (EVP_DigestInit_ex(writing->digest, EVP_sha256(), NULL) != 1 ||
        zip_writer_begin(writing->zip, file->name, bytes) < 0 ||
        copy_bytes(writing, fd, bytes) < 0 ||
        EVP_DigestFinal_ex(writing->digest, digest, NULL) != 1)
        return -1;
    hex_encode(digest, sizeof digest, digits);
    if (strcmp(digits, file->sha256) != 0)
        note_damage(writing, file, "its bytes are not the acknowledged ones");
    return 0;
}

static int write_blob(struct writing *writing, const struct pack_file *file)
{
    int fd;
    int64_t bytes;
    if (stored_file_open(writing->files->request, file->sha256, &fd, &bytes) < 0) {
        note_damage(writing, file, "cannot be read");
        return 0;
    }
    int result = copy_file(writing, file, fd, bytes);
    close(fd);
    return result;
}

static int write_open(struct writing *writing, const struct pack_file *file)
{
    struct stat status;
    return fstat(file->fd, &status) < 0 ? -1 : copy_file(writing, file, file->fd, status.st_size);
}

static int write_text(struct writing *writing, const char *name, const char *text, size_t length)
{
    if (zip_writer_begin(writing->zip, name, (int64_t)length) < 0)
        return -1;
    return zip_writer_append(writing->zip, text, length);
}

static int write_files(struct writing *writing)
{
    int result = 0;
    for (size_t i = 0; i < writing->files->count && result == 0; i++) {
        const struct pack_file *file = &writing->files->files[i];
        if (file->text)
            result = write_text(writing, file->name, file->text, file->text_bytes);
        else
            result = file->fd < 0 ? write_blob(writing, file) : write_open(writing, file);
    }
    if (result == 0 && writing->damaged.length > 0)
        result = write_text(writing, "DAMAGED.txt", writing->damaged.text, writing->damaged.length);
    return result == 0 ? zip_writer_finish(writing->zip) : result;
}

int pack_files_produce(void *context, response_sink *sink, void *sink_context)
{
    const struct pack_files *files = context;
    struct writing writing = {.files = files, .digest = EVP_MD_CTX_new()};
    int result = -1;
    buffer_init(&writing.damaged, files->request->arena, LIST_CEILING_BYTES);
    writing.piece = arena_alloc(files->request->arena, PIECE_BYTES);
    if (writing.digest && writing.piece &&
        zip_writer_open(sink, sink_context, files->modified_s, &writing.zip) == 0)
        result = write_files(&writing);
    zip_writer_free(writing.zip);
    EVP_MD_CTX_free(writing.digest);
    return result;
}
