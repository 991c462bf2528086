#include "server/http/staged_file.h"

#include <errno.h>
#include <openssl/evp.h>
#include <unistd.h>

struct staged_file {
    struct request *request;
    struct body_file *entry;
    EVP_MD_CTX *digest;
    int64_t ceiling_bytes;
    int fd;
    char path[BODY_PATH_BYTES];
};

static void release(void *context)
{
    struct staged_file *file = context;
    EVP_MD_CTX_free(file->digest);
    close(file->fd);
    unlink(file->path); /* already elsewhere when it became a blob */
}

static int fail(struct request *request, bool is_full)
{
    if (is_full)
        return problem_set(&request->problem, request->arena, PROBLEM_STORAGE_FULL,
                           "The server has no room left for the photo.");
    return problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE,
                       "The photo could not be written down.");
}

int staged_file_open(struct request *request, const struct body_source *source,
                     const char *part_name, const char *media_type, struct staged_file **ret)
{
    struct staged_file *file = arena_alloc(request->arena, sizeof *file);
    if (!file || request->body.file_count >= (size_t)source->file_count_ceiling)
        return problem_set(&request->problem, request->arena, PROBLEM_TOO_LARGE,
                           "A request may carry at most %d files.", source->file_count_ceiling);
    int result = source->staging->stage(source->staging->context, &file->fd, file->path);
    if (result)
        return fail(request, result == -2);
    file->request = request;
    file->ceiling_bytes = source->file_ceiling_bytes;
    file->digest = EVP_MD_CTX_new();
    if (arena_defer(request->arena, release, file) || !file->digest ||
        !EVP_DigestInit_ex(file->digest, source->sha256, NULL))
        return fail(request, false);
    file->entry = &request->body.files[request->body.file_count++];
    *file->entry = (struct body_file){
        .part_name = arena_strdup(request->arena, part_name),
        .media_type = arena_strdup(request->arena, media_type),
        .fd = file->fd,
        .path = file->path,
    };
    *ret = file;
    return 0;
}

static int refuse_size(const struct staged_file *file)
{
    struct request *request = file->request;
    const char *name = file->entry->part_name;
    const char *place = name ? arena_printf(request->arena, "part:%s", name) : "";
    return problem_add(&request->problem, request->arena, PROBLEM_TOO_LARGE, place, "max_bytes",
                       "A photo may have at most %lld bytes.", (long long)file->ceiling_bytes);
}

int staged_file_write(struct staged_file *file, const char *bytes, size_t length)
{
    if (file->entry->bytes + (int64_t)length > file->ceiling_bytes)
        return refuse_size(file);
    if (!EVP_DigestUpdate(file->digest, bytes, length))
        return fail(file->request, false);
    for (size_t done = 0; done < length;) {
        ssize_t count = write(file->fd, bytes + done, length - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return fail(file->request, errno == ENOSPC || errno == EDQUOT);
        done += (size_t)count;
    }
    file->entry->bytes += (int64_t)length;
    return 0;
}

int staged_file_close(struct staged_file *file)
{
    return EVP_DigestFinal_ex(file->digest, file->entry->sha256, NULL) ? 0
                                                                       : fail(file->request, false);
}
