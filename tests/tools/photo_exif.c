#include "photo_exif.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TYPE_BYTE = 1, TYPE_ASCII = 2, TYPE_SHORT = 3, TYPE_LONG = 4, TYPE_RATIONAL = 5 };
enum { TIFF_START = 6, ENTRIES_MAX = 24, VALUES_MAX = 1024 };

/** One directory: its entries, and the values that do not fit into them. */
struct directory {
    size_t entry_count;
    uint8_t entries[ENTRIES_MAX][12];
    size_t value_size;
    uint8_t values[VALUES_MAX];
    size_t start; /**< where the directory will stand, counted from the TIFF header */
};

static void put16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, value & 0xFFFF);
    put16(at + 2, value >> 16);
}

/** `entry_total` says how many entries the directory will have, so that offsets are known. */
static void add(struct directory *d, size_t entry_total, unsigned tag, unsigned type,
                uint32_t count, const uint8_t *value, size_t value_bytes)
{
    uint8_t *entry = d->entries[d->entry_count++];
    put16(entry, tag);
    put16(entry + 2, type);
    put32(entry + 4, count);
    memset(entry + 8, 0, 4);
    if (value_bytes <= 4) {
        memcpy(entry + 8, value, value_bytes);
        return;
    }
    size_t offset = d->start + 2 + entry_total * 12 + 4 + d->value_size;
    put32(entry + 8, (uint32_t)offset);
    memcpy(d->values + d->value_size, value, value_bytes);
    d->value_size += value_bytes + value_bytes % 2;
}

static void add_text(struct directory *d, size_t total, unsigned tag, const char *text)
{
    size_t length = strnlen(text, 100);
    uint8_t value[104] = {0};
    memcpy(value, text, length);
    add(d, total, tag, TYPE_ASCII, (uint32_t)length + 1, value, length + 1);
}

static void add_number(struct directory *d, size_t total, unsigned tag, unsigned type,
                       uint32_t number)
{
    uint8_t value[4];
    put32(value, number);
    add(d, total, tag, type, 1, value, type == TYPE_SHORT ? 2 : type == TYPE_BYTE ? 1 : 4);
}

static void add_rationals(struct directory *d, size_t total, unsigned tag, const double *numbers,
                          size_t count, uint32_t denominator)
{
    uint8_t value[24];
    for (size_t i = 0; i < count; i++) {
        put32(value + i * 8, (uint32_t)llround(numbers[i] * denominator));
        put32(value + i * 8 + 4, denominator);
    }
    add(d, total, tag, TYPE_RATIONAL, (uint32_t)count, value, count * 8);
}

static void add_angle(struct directory *d, size_t total, unsigned tag, double degrees)
{
    double size = fabs(degrees), whole = floor(size), minutes = (size - whole) * 60;
    double parts[3] = {whole, floor(minutes), (minutes - floor(minutes)) * 60};
    add_rationals(d, total, tag, parts, 3, 1000000);
}

static void add_gps_time(struct directory *d, size_t total, const char *time)
{
    char date[11] = {0};
    double clock[3] = {strtod(time + 11, NULL), strtod(time + 14, NULL), strtod(time + 17, NULL)};
    memcpy(date, time, 10);
    add_rationals(d, total, 0x07, clock, 3, 1);
    add_text(d, total, 0x1D, date);
}

static void add_gps(struct directory *d, const struct photo_exif_options *o)
{
    size_t total = 1 + (o->has_position ? 4U : 0U) + (o->has_altitude ? 2U : 0U) +
                   (o->gps_time != NULL ? 2U : 0U) + (o->has_accuracy ? 1U : 0U);
    const uint8_t version[4] = {2, 3, 0, 0};
    add(d, total, 0x00, TYPE_BYTE, 4, version, 4);
    if (o->has_position) {
        add_text(d, total, 0x01, o->lat_deg < 0 ? "S" : "N");
        add_angle(d, total, 0x02, o->lat_deg);
        add_text(d, total, 0x03, o->lon_deg < 0 ? "W" : "E");
        add_angle(d, total, 0x04, o->lon_deg);
    }
    if (o->has_altitude) {
        double metres = fabs(o->altitude_m);
        add_number(d, total, 0x05, TYPE_BYTE, o->altitude_m < 0);
        add_rationals(d, total, 0x06, &metres, 1, 1000);
    }
    if (o->gps_time != NULL)
        add_gps_time(d, total, o->gps_time);
    if (o->has_accuracy)
        add_rationals(d, total, 0x1F, &o->accuracy_m, 1, 1000);
}

static void add_times(struct directory *d, const struct photo_exif_options *o)
{
    size_t total = 1 + (o->time != NULL ? 2U : 0U) + (o->offset != NULL ? 3U : 0U) +
                   (o->subsecond != NULL ? 1U : 0U);
    add(d, total, 0x9000, 7, 4, (const uint8_t *)"0232", 4);
    if (o->time != NULL) {
        add_text(d, total, 0x9003, o->time);
        add_text(d, total, 0x9004, o->time);
    }
    if (o->offset != NULL) {
        add_text(d, total, 0x9010, o->offset);
        add_text(d, total, 0x9011, o->offset);
        add_text(d, total, 0x9012, o->offset);
    }
    if (o->subsecond != NULL)
        add_text(d, total, 0x9291, o->subsecond);
}

static size_t directory_size(const struct directory *d)
{
    return 2 + d->entry_count * 12 + 4 + d->value_size;
}

static size_t directory_write(const struct directory *d, uint8_t *tiff)
{
    uint8_t *at = tiff + d->start;
    put16(at, (unsigned)d->entry_count);
    memcpy(at + 2, d->entries, d->entry_count * 12);
    put32(at + 2 + d->entry_count * 12, 0);
    memcpy(at + 2 + d->entry_count * 12 + 4, d->values, d->value_size);
    return d->start + directory_size(d);
}

static bool wants_gps(const struct photo_exif_options *o)
{
    return o->has_position || o->has_altitude || o->has_accuracy || o->gps_time != NULL;
}

/** Camera, times and the links; lengths of the other directories must be known by then. */
static void add_main(struct directory *d, const struct photo_exif_options *o, uint32_t exif_start,
                     uint32_t gps_start)
{
    size_t total = 2 + (o->make != NULL) + (o->model != NULL) + (o->software != NULL) +
                   (o->time != NULL) + wants_gps(o);
    if (o->make != NULL)
        add_text(d, total, 0x010F, o->make);
    if (o->model != NULL)
        add_text(d, total, 0x0110, o->model);
    add_number(d, total, 0x0112, TYPE_SHORT, (uint32_t)o->orientation);
    if (o->software != NULL)
        add_text(d, total, 0x0131, o->software);
    if (o->time != NULL)
        add_text(d, total, 0x0132, o->time);
    add_number(d, total, 0x8769, TYPE_LONG, exif_start);
    if (wants_gps(o))
        add_number(d, total, 0x8825, TYPE_LONG, gps_start);
}

size_t photo_exif_write(const struct photo_exif_options *options, uint8_t *bytes, size_t size)
{
    struct directory main = {.start = 8}, exif = {0}, gps = {0};
    if (size < TIFF_START + 4096)
        return 0;
    add_main(&main, options, 0, 0);
    exif.start = main.start + directory_size(&main);
    add_times(&exif, options);
    gps.start = exif.start + directory_size(&exif);
    add_gps(&gps, options);
    main = (struct directory){.start = 8};
    add_main(&main, options, (uint32_t)exif.start, (uint32_t)gps.start);

    memcpy(bytes, "Exif\0\0II*\0\x08\0\0\0", TIFF_START + 8);
    (void)directory_write(&main, bytes + TIFF_START);
    size_t end = directory_write(&exif, bytes + TIFF_START);
    if (wants_gps(options))
        end = directory_write(&gps, bytes + TIFF_START);
    return TIFF_START + end;
}
