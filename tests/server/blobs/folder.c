#include "folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int blobs_folder_set_up(void **state)
{
    struct blobs_folder *folder = calloc(1, sizeof *folder);
    if (!folder)
        return -1;
    snprintf(folder->dir, sizeof folder->dir, "/tmp/fieldproof-blobs-XXXXXX");
    if (!mkdtemp(folder->dir) || blobs_open(folder->dir, &folder->blobs) < 0)
        return -1;
    *state = folder;
    return 0;
}

static int remove_entry(const char *path, const struct stat *found, int type, struct FTW *walk)
{
    (void)found, (void)type, (void)walk;
    return remove(path);
}

int blobs_folder_tear_down(void **state)
{
    struct blobs_folder *folder = *state;
    blobs_close(folder->blobs);
    nftw(folder->dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(folder);
    return 0;
}
