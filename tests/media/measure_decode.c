/**
 * measure-decode PHOTO [TIMES]: what the decoder says of a photo, and the CPU time of one decode.
 * For developers; runs in this process, without the sandbox.
 */
#include "media/decode.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double cpu_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void print_time(const char *name, const struct media_exif_time *time)
{
    if (time->present)
        printf("  %s %s offset %d min (%s)\n", name, time->text, (int)time->offset_min,
               time->has_offset ? "given" : "not given");
}

static void print_photo(const struct media_photo *photo)
{
    char sentence[MEDIA_SENTENCE_MAX];
    media_photo_describe(photo, MEDIA_ENGLISH, sentence, sizeof(sentence));
    printf("  %s: %s%s\n", media_status_code(photo->status), sentence,
           media_photo_is_sane(photo) ? "" : " NOT SANE");
    printf("  stored %ux%u orientation %u upright %ux%u scans %u warnings %u %s\n",
           photo->stored_width_px, photo->stored_height_px, photo->exif.orientation,
           photo->width_px, photo->height_px, photo->scan_count, photo->warning_count,
           photo->first_warning);
    printf("  small %ux%u %" PRIu64 " bytes, medium %ux%u %" PRIu64
           " bytes, luminance %.1f sharpness %.1f\n",
           photo->small.width_px, photo->small.height_px, photo->small.byte_count,
           photo->medium.width_px, photo->medium.height_px, photo->medium.byte_count,
           photo->mean_luminance, photo->sharpness);
    printf("  make '%s' model '%s' software '%s' datum '%s'\n", photo->exif.make, photo->exif.model,
           photo->exif.software, photo->exif.gps_datum);
    if (photo->exif.has_position)
        printf("  position %.6f %.6f\n", photo->exif.lat_deg, photo->exif.lon_deg);
    if (photo->exif.has_altitude)
        printf("  altitude %.2f m\n", photo->exif.altitude_m);
    if (photo->exif.has_accuracy)
        printf("  accuracy %.2f m\n", photo->exif.accuracy_m);
    if (photo->exif.has_gps_time)
        printf("  gps time %" PRId64 " ms\n", photo->exif.gps_time_ms);
    print_time("original", &photo->exif.original);
    print_time("digitized", &photo->exif.digitized);
    print_time("modified", &photo->exif.modified);
}

static int open_thumbnail(const char *path)
{
    return open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

int main(int argc, char **argv)
{
    const struct media_limits limits = media_limits_default();
    struct media_photo photo;
    int times = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 1;
    int photo_fd = argc > 1 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
    int small_fd = open_thumbnail("/tmp/measure-small.jpg");
    int medium_fd = open_thumbnail("/tmp/measure-medium.jpg");
    if (photo_fd < 0 || small_fd < 0 || medium_fd < 0 || times < 1) {
        (void)fputs("usage: measure-decode PHOTO [TIMES]\n", stderr);
        return 2;
    }
    double start_ms = cpu_ms();
    for (int i = 0; i < times; i++)
        media_photo_decode_file(photo_fd, &limits, small_fd, medium_fd, &photo);
    double spent_ms = (cpu_ms() - start_ms) / times;
    printf("%s: %.2f ms CPU\n", argv[1], spent_ms);
    print_photo(&photo);
    (void)close(photo_fd);
    (void)close(small_fd);
    (void)close(medium_fd);
    return 0;
}
