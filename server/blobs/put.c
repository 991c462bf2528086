#include "server/base/hex.h"
#include "server/blobs/blobs_internal.h"
#include "server/blobs/durable.h"
#include "server/blobs/rotten.h"

#include <errno.h>
#include <sys/file.h>
#include <unistd.h>

/* With the mutex held; NULL when there is no room to remember another. */
static struct blobs_known *known_of(struct blobs *blobs, const struct uuid *org_id)
{
    for (int i = 0; i < blobs->known_count; i++)
        if (uuid_equal(&blobs->known[i].org_id, org_id))
            return &blobs->known[i];
    if (blobs->known_count == BLOBS_KNOWN_MAX)
        return NULL;
    struct blobs_known *known = &blobs->known[blobs->known_count++];
    *known = (struct blobs_known){.org_id = *org_id};
    return known;
}

static bool is_durable(struct blobs *blobs, const struct uuid *org_id, uint8_t folder)
{
    pthread_mutex_lock(&blobs->mutex);
    const struct blobs_known *known = known_of(blobs, org_id);
    bool result = known && known->folders[folder / 8] & 1 << folder % 8;
    pthread_mutex_unlock(&blobs->mutex);
    return result;
}

static void remember_durable(struct blobs *blobs, const struct uuid *org_id, uint8_t folder)
{
    pthread_mutex_lock(&blobs->mutex);
    struct blobs_known *known = known_of(blobs, org_id);
    if (known)
        known->folders[folder / 8] |= (uint8_t)(1 << folder % 8);
    pthread_mutex_unlock(&blobs->mutex);
}

/* The folder of all blobs of an organisation whose name begins with the same two digits. */
static int open_folder(struct blobs *blobs, const struct uuid *org_id, uint8_t folder, int *ret_fd)
{
    char org_name[UUID_TEXT_BYTES], folder_name[3];
    bool sync_parents = !is_durable(blobs, org_id, folder);
    int org_fd;
    uuid_format(org_id, org_name);
    hex_encode(&folder, 1, folder_name);
    int result = durable_open_folder(blobs->blobs_fd, org_name, sync_parents, &org_fd);
    if (result < 0)
        return result;
    result = durable_open_folder(org_fd, folder_name, sync_parents, ret_fd);
    close(org_fd);
    if (result == 0)
        remember_durable(blobs, org_id, folder);
    return result;
}

int blobs_put(struct blobs *blobs, const struct uuid *org_id, const uint8_t sha256[32],
              int staged_fd, const char *staged_path)
{
    char name[BLOB_NAME_BYTES];
    int folder_fd;
    hex_encode(sha256, 32, name);
    int result = open_folder(blobs, org_id, sha256[0], &folder_fd);
    if (result < 0)
        return result == BLOBS_NOT_FOUND ? BLOBS_FAILED : result;
    /* Against a sweep that is about to remove a blob of this very name. */
    while (flock(folder_fd, LOCK_SH) < 0)
        if (errno != EINTR) {
            close(folder_fd);
            return BLOBS_FAILED;
        }
    result = durable_link(staged_fd, staged_path, folder_fd, name);
    if (result == DURABLE_TAKEN)
        result = rotten_replace(staged_fd, staged_path, folder_fd, sha256);
    close(folder_fd);
    if (result < 0)
        return result == BLOBS_NOT_FOUND ? BLOBS_FAILED : result;
    unlink(staged_path); /* what stays behind is removed at the next start */
    return 0;
}
