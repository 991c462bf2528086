#include "server/blobs/rotten.h"

#include "server/base/hex.h"
#include "server/base/log.h"
#include "server/blobs/durable.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define READ_BYTES ((size_t)16 * 1024)

/* A file that cannot be read holds nothing. */
static bool holds(int fd, const uint8_t sha256[32])
{
    char bytes[READ_BYTES];
    uint8_t found[32];
    off_t offset = 0;
    ssize_t count = 1;
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    bool good = digest && EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1;
    while (good && count > 0) {
        count = pread(fd, bytes, sizeof bytes, offset);
        good = count >= 0 && EVP_DigestUpdate(digest, bytes, count > 0 ? (size_t)count : 0) == 1;
        offset += count;
    }
    good = good && EVP_DigestFinal_ex(digest, found, NULL) == 1 &&
           memcmp(found, sha256, sizeof found) == 0;
    EVP_MD_CTX_free(digest);
    return good;
}

int rotten_replace(int staged_fd, const char *staged_path, int folder_fd, const uint8_t sha256[32])
{
    char text[BLOB_NAME_BYTES];
    const char *name = text;
    hex_encode(sha256, 32, text);
    if (!holds(staged_fd, sha256))
        return BLOBS_FAILED;
    if (renameat(AT_FDCWD, staged_path, folder_fd, name) < 0)
        return durable_error();
    LOG(LOG_ERROR, "blob_was_rotten", LOG_TEXT("sha256", name));
    return durable_sync(folder_fd);
}
