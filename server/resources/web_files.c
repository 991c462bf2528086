#include "server/resources/web_files.h"

#include "server/base/arena.h"
#include "server/base/hex.h"
#include "server/base/log.h"
#include "server/http/accept_encoding.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_MAX_BYTES  100
#define HASH_CHARACTERS 8 /* of Vite's file names */
#define DIGEST_BYTES    16

struct web_files {
    struct arena *arena;
    size_t count;
    size_t bytes;
    struct web_file files[WEB_FILES_MAX];
};

static const struct {
    const char *ending;
    const char *media_type;
} media_types[] = {
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".webmanifest", "application/manifest+json"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
};

static const struct {
    const char *ending;
    const char *coding;
} codings[WEB_FORM_COUNT] = {
    [WEB_FORM_PLAIN] = {"", NULL},
    [WEB_FORM_GZIP] = {".gz", "gzip"},
    [WEB_FORM_BROTLI] = {".br", "br"},
};

static bool ends_with(const char *name, size_t length, const char *ending)
{
    size_t ending_length = strlen(ending);
    return length > ending_length &&
           memcmp(name + length - ending_length, ending, ending_length) == 0;
}

static const char *media_type_of(const char *name, size_t length)
{
    for (size_t i = 0; i < ARRAY_LENGTH(media_types); i++)
        if (ends_with(name, length, media_types[i].ending))
            return media_types[i].media_type;
    return NULL;
}

/* Splits "page.js.br" into the length of "page.js" and the form it is. */
static enum web_form_kind split_name(const char *name, size_t *ret_length)
{
    size_t length = strlen(name);
    for (int kind = WEB_FORM_COUNT - 1; kind > WEB_FORM_PLAIN; kind--) {
        size_t ending = strlen(codings[kind].ending);
        if (ends_with(name, length, codings[kind].ending)) {
            *ret_length = length - ending;
            return (enum web_form_kind)kind;
        }
    }
    *ret_length = length;
    return WEB_FORM_PLAIN;
}

/*
 * "index-DiwrgTda.js": Vite's hash, before the ending. A capital or a digit must be in it, so that
 * no word passes for one; the few hashes that have neither are merely asked after more often.
 */
static bool has_hash(const char *name, size_t length)
{
    const char *dot = memrchr(name, '.', length);
    if (!dot || dot - name <= HASH_CHARACTERS + 1 || dot[-HASH_CHARACTERS - 1] != '-')
        return false;
    bool is_no_word = false;
    for (const char *c = dot - HASH_CHARACTERS; c < dot; c++) {
        if (!isalnum((unsigned char)*c) && *c != '-' && *c != '_')
            return false;
        is_no_word = is_no_word || isupper((unsigned char)*c) || isdigit((unsigned char)*c);
    }
    return is_no_word;
}

static struct web_file *find(const struct web_files *files, const char *name, size_t length)
{
    for (size_t i = 0; i < files->count; i++)
        if (strncmp(files->files[i].name, name, length) == 0 && !files->files[i].name[length])
            return (struct web_file *)&files->files[i];
    return NULL;
}

static struct web_file *find_or_add(struct web_files *files, const char *name, size_t length)
{
    struct web_file *file = find(files, name, length);
    if (file)
        return file;
    char *copy = files->count < WEB_FILES_MAX ? arena_copy(files->arena, name, length) : NULL;
    if (!copy)
        return NULL;
    file = &files->files[files->count++];
    *file = (struct web_file){.name = copy,
                              .media_type = media_type_of(name, length),
                              .is_immutable = has_hash(name, length)};
    return file;
}

static int read_all(int fd, char *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t count = pread(fd, bytes + done, length - done, (off_t)done);
        if (count <= 0)
            return -1;
        done += (size_t)count;
    }
    return 0;
}

static int tag_form(struct web_form *form)
{
    uint8_t sha256[EVP_MAX_MD_SIZE];
    char digest[2 * DIGEST_BYTES + 1];
    if (EVP_Digest(form->bytes, form->length, sha256, NULL, EVP_sha256(), NULL) != 1)
        return -1;
    hex_encode(sha256, DIGEST_BYTES, digest);
    snprintf(form->tag, sizeof form->tag, "%s%s%s", digest, form->coding ? "-" : "",
             form->coding ? form->coding : "");
    return 0;
}

static const char *load_form(struct web_files *files, const char *name, int fd, size_t length)
{
    size_t name_length;
    enum web_form_kind kind = split_name(name, &name_length);
    if (length > WEB_FILE_MAX_BYTES || files->bytes + length > WEB_FILES_MAX_BYTES)
        return "holds more bytes than are served";
    struct web_file *file = find_or_add(files, name, name_length);
    char *bytes = arena_alloc(files->arena, length + 1);
    if (!file || !bytes)
        return "holds more files than are served";
    if (read_all(fd, bytes, length))
        return "has a file that cannot be read";
    struct web_form *form = &file->forms[kind];
    *form = (struct web_form){.coding = codings[kind].coding, .bytes = bytes, .length = length};
    files->bytes += length;
    return tag_form(form) ? "cannot be hashed" : NULL;
}

/* Left out: what is no file, and what has no media type. */
static const char *load_entry(struct web_files *files, int folder_fd, const char *name)
{
    size_t length;
    struct stat status;
    if (name[0] == '.')
        return NULL;
    split_name(name, &length);
    int fd = openat(folder_fd, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &status) < 0) {
        if (fd >= 0)
            close(fd);
        return "has a file that cannot be read";
    }
    const char *error = NULL;
    if (!S_ISREG(status.st_mode) || !media_type_of(name, length) || length > NAME_MAX_BYTES)
        LOG(LOG_WARNING, "web_file_left_out", LOG_TEXT("file", name));
    else
        error = load_form(files, name, fd, (size_t)status.st_size);
    close(fd);
    return error;
}

static const char *load_folder(struct web_files *files, DIR *dir)
{
    const char *error = NULL;
    for (const struct dirent *entry = readdir(dir); entry && !error; entry = readdir(dir))
        error = load_entry(files, dirfd(dir), entry->d_name);
    for (size_t i = 0; i < files->count && !error; i++)
        if (!files->files[i].forms[WEB_FORM_PLAIN].bytes)
            error = "has a compressed file without the file itself";
    return error;
}

int web_files_load(const char *folder, struct web_files **ret, const char **ret_error)
{
    struct web_files *files = calloc(1, sizeof *files);
    DIR *dir = NULL;
    *ret_error = "cannot be read into memory";
    if (!files || !(files->arena = arena_create(WEB_FILES_MAX_BYTES + (size_t)1024 * 1024)))
        goto failed;
    dir = folder ? opendir(folder) : NULL;
    if (!dir && folder && errno != ENOENT) {
        *ret_error = "cannot be opened";
        goto failed;
    }
    if (dir) {
        *ret_error = load_folder(files, dir);
        closedir(dir);
        if (*ret_error)
            goto failed;
    }
    LOG(files->count ? LOG_INFO : LOG_WARNING, "web_app", LOG_TEXT("folder", folder),
        LOG_NUMBER("files", files->count), LOG_NUMBER("bytes", files->bytes));
    *ret = files;
    return 0;
failed:
    web_files_free(files);
    return -1;
}

void web_files_free(struct web_files *files)
{
    if (!files)
        return;
    arena_free(files->arena);
    free(files);
}

const struct web_file *web_files_find(const struct web_files *files, const char *name)
{
    return find(files, name, strlen(name));
}

const struct web_form *web_file_form(const struct web_file *file, const char *accept_encoding)
{
    const struct web_form *best = &file->forms[WEB_FORM_PLAIN];
    for (int kind = WEB_FORM_PLAIN + 1; kind < WEB_FORM_COUNT; kind++) {
        const struct web_form *form = &file->forms[kind];
        if (form->bytes && form->length < best->length &&
            accept_encoding_weight(accept_encoding, form->coding) > 0)
            best = form;
    }
    return best;
}
