/** make-photo: writes one JPEG photo for tests and demonstrations. Run with --help. */
#include "photo_maker.h"

#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { KIND_FLAG, KIND_INT, KIND_SIZE, KIND_SEED, KIND_DOUBLE, KIND_TEXT };

/** One command-line option and where its value goes. */
struct option_row {
    const char *name;
    enum kind kind;
    size_t offset;
    size_t flag_offset; /**< for numbers that need a "has" flag; 0 for none */
    const char *help;
};

#define AT(field)   offsetof(struct photo_options, field)
#define EXIF(field) offsetof(struct photo_options, exif.field)

static const struct option_row rows[] = {
    {"width", KIND_INT, AT(width_px), 0, "upright width, pixels (4000)"},
    {"height", KIND_INT, AT(height_px), 0, "upright height, pixels (3000)"},
    {"quality", KIND_INT, AT(quality), 0, "JPEG quality, 1 to 100 (92)"},
    {"seed", KIND_SEED, AT(seed), 0, "another number, another picture (1)"},
    {"caption", KIND_TEXT, AT(caption), 0, "text on the nameplate, ASCII"},
    {"subsampling", KIND_TEXT, AT(subsampling), 0, "420, 422, 440, 444 or 411 (420)"},
    {"progressive", KIND_FLAG, AT(progressive), 0, "progressive instead of baseline"},
    {"arithmetic", KIND_FLAG, AT(arithmetic), 0, "arithmetic coding"},
    {"restart", KIND_INT, AT(restart_rows), 0, "rows of blocks between restart markers"},
    {"grey", KIND_FLAG, AT(grey), 0, "grey"},
    {"cmyk", KIND_FLAG, AT(cmyk), 0, "CMYK, as printers like it"},
    {"rgb", KIND_FLAG, AT(rgb), 0, "RGB without conversion"},
    {"dark", KIND_FLAG, AT(dark), 0, "hardly any light"},
    {"blurred", KIND_FLAG, AT(blurred), 0, "out of focus"},
    {"flat", KIND_FLAG, AT(flat), 0, "plain grey, which makes tiny files"},
    {"orientation", KIND_INT, EXIF(orientation), 0, "EXIF orientation, 1 to 8 (1)"},
    {"latitude", KIND_DOUBLE, EXIF(lat_deg), EXIF(has_position), "degrees, north positive"},
    {"longitude", KIND_DOUBLE, EXIF(lon_deg), EXIF(has_position), "degrees, east positive"},
    {"altitude", KIND_DOUBLE, EXIF(altitude_m), EXIF(has_altitude), "metres above sea level"},
    {"accuracy", KIND_DOUBLE, EXIF(accuracy_m), EXIF(has_accuracy), "metres"},
    {"gps-time", KIND_TEXT, EXIF(gps_time), 0, "UTC, \"2026:11:21 08:00:00\""},
    {"time", KIND_TEXT, EXIF(time), 0, "local, \"2026:11:21 16:00:00\""},
    {"offset", KIND_TEXT, EXIF(offset), 0, "zone of --time, \"+08:00\""},
    {"subsecond", KIND_TEXT, EXIF(subsecond), 0, "digits behind the second"},
    {"make", KIND_TEXT, EXIF(make), 0, "camera maker"},
    {"model", KIND_TEXT, EXIF(model), 0, "camera model"},
    {"software", KIND_TEXT, EXIF(software), 0, "software"},
    {"exif-bytes", KIND_SIZE, EXIF(filler_bytes), 0, "grow EXIF to this size"},
    {"no-exif", KIND_FLAG, EXIF(absent), 0, "no EXIF at all"},
    {"scans", KIND_INT, AT(scan_count), 0, "progressive with this many scans"},
    {"declare-width", KIND_INT, AT(declared_width), 0, "width the header claims"},
    {"declare-height", KIND_INT, AT(declared_height), 0, "height the header claims"},
    {"truncate", KIND_SIZE, AT(keep_bytes), 0, "keep only this many bytes"},
    {"drop-last", KIND_SIZE, AT(drop_last_bytes), 0, "cut this many bytes off the end"},
    {"trailing", KIND_SIZE, AT(trailing_bytes), 0, "append this many bytes"},
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

static void print_help(FILE *stream)
{
    (void)fputs("Usage: make-photo [OPTION]... FILE   (FILE \"-\" is standard output)\n", stream);
    for (size_t i = 0; i < ROW_COUNT; i++)
        (void)fprintf(stream, "  --%-15s %s\n", rows[i].name, rows[i].help);
}

/** Numbers must be whole words: "12x" is refused. */
static int parse_number(const char *text, double *ret_number)
{
    char *end = NULL;
    errno = 0;
    double number = strtod(text, &end);
    if (errno != 0 || end == text || *end != '\0' || !isfinite(number))
        return -1;
    *ret_number = number;
    return 0;
}

static int set_option(struct photo_options *options, const struct option_row *row, const char *text)
{
    char *field = (char *)options + row->offset;
    double number = 0;
    if (row->kind == KIND_TEXT) {
        memcpy(field, &text, sizeof(text));
        return 0;
    }
    if (row->kind == KIND_FLAG) {
        *(bool *)field = true;
        return 0;
    }
    if (parse_number(text, &number) < 0)
        return -1;
    if (row->kind == KIND_DOUBLE) {
        memcpy(field, &number, sizeof(number));
        *((bool *)options + row->flag_offset) = true;
        return 0;
    }
    if (number < 0 || number > 1e9)
        return -1;
    if (row->kind == KIND_INT)
        *(int *)(void *)field = (int)number;
    else if (row->kind == KIND_SIZE)
        *(size_t *)(void *)field = (size_t)number;
    else
        *(uint64_t *)(void *)field = (uint64_t)number;
    return 0;
}

/** @return arguments used, or negative when the option is unknown or its value bad. */
static int parse_option(struct photo_options *options, const char *name, const char *value)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (strcmp(rows[i].name, name) != 0)
            continue;
        bool flag = rows[i].kind == KIND_FLAG;
        if (!flag && value == NULL)
            return -1;
        return set_option(options, &rows[i], value) < 0 ? -1 : flag ? 1 : 2;
    }
    return -1;
}

static int write_file(const char *path, const uint8_t *bytes, size_t size)
{
    FILE *file = strcmp(path, "-") == 0 ? stdout : fopen(path, "wb");
    if (file == NULL)
        return -1;
    size_t written = fwrite(bytes, 1, size, file);
    return fclose(file) == 0 && written == size ? 0 : -1;
}

static bool is_time(const char *text)
{
    return text == NULL || strlen(text) == 19;
}

static int parse_arguments(int argc, char **argv, struct photo_options *options,
                           const char **ret_path)
{
    const char *path = NULL;
    for (int i = 1; i < argc;) {
        if (strncmp(argv[i], "--", 2) != 0) {
            if (path != NULL)
                return -1;
            path = argv[i++];
            continue;
        }
        int used = parse_option(options, argv[i] + 2, i + 1 < argc ? argv[i + 1] : NULL);
        if (used < 0) {
            (void)fprintf(stderr, "make-photo: %s is unknown or its value is bad\n", argv[i]);
            return -1;
        }
        i += used;
    }
    if (path == NULL || !is_time(options->exif.time) || !is_time(options->exif.gps_time))
        return -1;
    *ret_path = path;
    return 0;
}

int main(int argc, char **argv)
{
    struct photo_options options = photo_options_default();
    const char *path = NULL;
    uint8_t *bytes = NULL;
    size_t size = 0;
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        print_help(stdout);
        return 0;
    }
    if (parse_arguments(argc, argv, &options, &path) < 0) {
        print_help(stderr);
        return 2;
    }
    if (photo_make(&options, &bytes, &size) < 0) {
        (void)fputs("make-photo: these options do not make a photo\n", stderr);
        return 1;
    }
    int result = write_file(path, bytes, size);
    if (result < 0)
        (void)fprintf(stderr, "make-photo: %s: %s\n", path, strerror(errno));
    free(bytes);
    return result < 0 ? 1 : 0;
}
