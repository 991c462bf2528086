/** make-seeds FOLDER exif|jpeg: small photos of every kind, or their EXIF blocks, to fuzz from. */
#include "photo_exif.h"
#include "photo_maker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KINDS = 12, EXIF_BYTES = 8192 };

static struct photo_options kind(int index)
{
    static const char *const samplings[] = {"420", "422", "440", "444", "411"};
    struct photo_options options = photo_options_default();
    options.width_px = 48 + index;
    options.height_px = 40;
    options.quality = 60;
    options.seed = (uint64_t)index + 1;
    options.subsampling = samplings[index % 5];
    options.progressive = index == 5 || index == 6;
    options.grey = index == 7;
    options.cmyk = index == 8;
    options.restart_rows = index == 9;
    options.arithmetic = index == 10;
    options.scan_count = index == 11 ? 40 : 0;
    options.exif.orientation = index % 8 + 1;
    options.exif.has_position = options.exif.has_altitude = index % 2 == 0;
    options.exif.lat_deg = 31.2 - index * 10;
    options.exif.lon_deg = 121.5 - index * 20;
    options.exif.has_accuracy = index % 3 == 0;
    options.exif.accuracy_m = 5;
    options.exif.time = "2026:11:21 16:00:00";
    options.exif.gps_time = index % 4 == 0 ? "2026:11:21 08:00:00" : NULL;
    options.exif.offset = index % 2 == 0 ? "+08:00" : NULL;
    options.exif.software = "1.0";
    return options;
}

static int write_file(const char *folder, int index, const uint8_t *bytes, size_t size)
{
    char path[4096];
    (void)snprintf(path, sizeof(path), "%s/%02d", folder, index);
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return -1;
    size_t written = fwrite(bytes, 1, size, file);
    return fclose(file) == 0 && written == size ? 0 : -1;
}

static int write_seed(const char *folder, int index, bool only_exif)
{
    const struct photo_options options = kind(index);
    uint8_t exif[EXIF_BYTES], *bytes = NULL;
    size_t size = 0;
    if (only_exif)
        return write_file(folder, index, exif, photo_exif_write(&options.exif, exif, EXIF_BYTES));
    if (photo_make(&options, &bytes, &size) < 0)
        return -1;
    int result = write_file(folder, index, bytes, size);
    free(bytes);
    return result;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    for (int i = 0; i < KINDS; i++)
        if (write_seed(argv[1], i, strcmp(argv[2], "exif") == 0) < 0)
            return 1;
    return 0;
}
