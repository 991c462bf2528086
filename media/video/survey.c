#include "media/video/survey.h"

#include "media/exif_time.h"
#include "media/text.h"
#include "media/video/box.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOVIE = BOX_TYPE('m', 'o', 'o', 'v'),
    TOP_BOXES_MAX = 65536, /* a fragmented file has one or two a second */
    KEYS_MAX = 256
};

/* Seconds from 1904-01-01, where these files count from, to 1970-01-01. */
static const int64_t EPOCH_1904_S = 2082844800;

typedef void read_value(struct media_exif *exif, const char *text);

/** The whole file is one box after the other, and the movie is among them. */
static enum media_status find_movie(struct media_span_of_bytes file,
                                    struct media_span_of_bytes *ret_movie)
{
    struct media_box box;
    enum media_box_result result = MEDIA_BOX_READ;
    for (int i = 0; i < TOP_BOXES_MAX; i++) {
        result = media_box_next(&file, &box);
        if (result != MEDIA_BOX_READ)
            break;
        if (box.type == MOVIE)
            *ret_movie = box.body;
    }
    if (result == MEDIA_BOX_BEYOND)
        return MEDIA_TRUNCATED;
    if (result != MEDIA_BOX_END)
        return MEDIA_DAMAGED;
    return ret_movie->size > 0 ? MEDIA_OK : MEDIA_TRUNCATED;
}

/** The movie header's time is UTC. Recorders that do not know it write 0. */
static void set_time(struct media_exif *exif, int64_t utc_ms)
{
    exif->original.present = true;
    exif->original.has_offset = true;
    exif->original.offset_min = 0;
    exif->original.local_ms = utc_ms;
    exif->present = true;
}

static void read_movie_header(struct media_span_of_bytes movie, uint64_t *ret_duration_ms,
                              struct media_exif *exif)
{
    struct media_span_of_bytes header = media_box_find(movie, BOX_TYPE('m', 'v', 'h', 'd'));
    bool wide = header.size > 0 && header.bytes[0] == 1;
    uint64_t created_s = wide ? media_box_u64(header, 4) : media_box_u32(header, 4);
    uint32_t scale = media_box_u32(header, wide ? 20 : 12);
    uint64_t duration = wide ? media_box_u64(header, 24) : media_box_u32(header, 16);
    bool known = scale > 0 && duration / scale < MEDIA_DURATION_MAX_MS / 1000 - 1;
    *ret_duration_ms = known ? duration * 1000 / scale : 0;
    if (created_s > (uint64_t)EPOCH_1904_S && created_s < UINT32_MAX)
        set_time(exif, ((int64_t)created_s - EPOCH_1904_S) * 1000);
}

/** "+31.2304+121.4737+004.000/" (ISO 6709, Annex H, in degrees). */
static void read_position(struct media_exif *exif, const char *text)
{
    char *end = NULL;
    if (text[0] != '+' && text[0] != '-')
        return;
    double latitude_deg = strtod(text, &end);
    if (*end != '+' && *end != '-')
        return;
    double longitude_deg = strtod(end, &end);
    if (!(fabs(latitude_deg) <= 90) || !(fabs(longitude_deg) <= 180))
        return;
    exif->present = exif->has_position = true;
    exif->lat_deg = latitude_deg;
    exif->lon_deg = longitude_deg;
}

static void read_accuracy(struct media_exif *exif, const char *text)
{
    char *end = NULL;
    double accuracy_m = strtod(text, &end);
    if (end == text || !isfinite(accuracy_m) || accuracy_m < 0 || accuracy_m > 1e9)
        return;
    exif->has_accuracy = true;
    exif->accuracy_m = accuracy_m;
}

/** "2026-11-20T10:15:30+0800": local, and surer than the movie header, which some fill with local
 * time in spite of the standard. */
static void read_creation_date(struct media_exif *exif, const char *text)
{
    char offset[8] = "Z";
    char time[20] = "";
    int64_t local_ms = 0;
    int32_t offset_min = 0;
    if (strlen(text) < 20)
        return;
    memcpy(time, text, 19);
    if (strlen(text) == 24) { /* +0800 -> +08:00 */
        memcpy(offset, text + 19, 3);
        offset[3] = ':';
        memcpy(offset + 4, text + 22, 3);
    } else if (strlen(text) == 25) {
        memcpy(offset, text + 19, 7);
    }
    if (!media_exif_time_parse(time, &local_ms) || !media_exif_offset_parse(offset, &offset_min))
        return;
    set_time(exif, local_ms);
    exif->original.offset_min = offset_min;
}

static void keep(struct media_exif *exif, char field[MEDIA_TEXT_MAX], const char *text)
{
    (void)snprintf(field, MEDIA_TEXT_MAX, "%s", text);
    exif->present = true;
}

static void read_make(struct media_exif *exif, const char *text)
{
    keep(exif, exif->make, text);
}

static void read_model(struct media_exif *exif, const char *text)
{
    keep(exif, exif->model, text);
}

static void read_software(struct media_exif *exif, const char *text)
{
    keep(exif, exif->software, text);
}

static void read_value_of(struct media_span_of_bytes raw, struct media_exif *exif, read_value *read)
{
    char text[MEDIA_TEXT_MAX]; /* one that is longer loses its end */
    if (raw.size == 0)
        return;
    media_text_clean((const char *)raw.bytes, raw.size, text, sizeof(text));
    if (text[0] != '\0')
        read(exif, text);
}

/* ---- Apple's metadata: a list of names, and values by their number in it ---- */

static read_value *reader_of(struct media_span_of_bytes name)
{
    static const struct {
        const char *name;
        read_value *read;
    } known[] = {
        {"com.apple.quicktime.location.ISO6709", read_position},
        {"com.apple.quicktime.location.accuracy.horizontal", read_accuracy},
        {"com.apple.quicktime.creationdate", read_creation_date},
        {"com.apple.quicktime.make", read_make},
        {"com.apple.quicktime.model", read_model},
        {"com.apple.quicktime.software", read_software},
        {"com.android.manufacturer", read_make},
        {"com.android.model", read_model},
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (strlen(known[i].name) == name.size && memcmp(known[i].name, name.bytes, name.size) == 0)
            return known[i].read;
    return NULL;
}

static uint32_t read_keys(struct media_span_of_bytes keys, read_value **ret_readers)
{
    uint32_t count = media_box_u32(keys, 4);
    struct media_box entry;
    keys = media_box_rest(keys, 8);
    if (count > KEYS_MAX)
        count = KEYS_MAX;
    for (uint32_t i = 0; i < count; i++) {
        if (media_box_next(&keys, &entry) != MEDIA_BOX_READ)
            return i;
        ret_readers[i] = reader_of(entry.body);
    }
    return count;
}

static void read_items(struct media_span_of_bytes items, read_value *const *readers, uint32_t count,
                       struct media_exif *exif)
{
    struct media_box item;
    for (int i = 0; i < KEYS_MAX && media_box_next(&items, &item) == MEDIA_BOX_READ; i++) {
        /* The type of an item is its key's number, from 1. */
        if (item.type < 1 || item.type > count || readers[item.type - 1] == NULL)
            continue;
        struct media_span_of_bytes data = media_box_find(item.body, BOX_TYPE('d', 'a', 't', 'a'));
        if (media_box_u32(data, 0) == 1) /* UTF-8 */
            read_value_of(media_box_rest(data, 8), exif, readers[item.type - 1]);
    }
}

static void read_metadata(struct media_span_of_bytes parent, struct media_exif *exif)
{
    read_value *readers[KEYS_MAX] = {0};
    struct media_span_of_bytes meta = media_box_find(parent, BOX_TYPE('m', 'e', 't', 'a'));
    /* In ISO files it begins with a version, in QuickTime's with its first box. */
    if (media_box_u32(meta, 4) != BOX_TYPE('h', 'd', 'l', 'r'))
        meta = media_box_rest(meta, 4);
    struct media_span_of_bytes keys = media_box_find(meta, BOX_TYPE('k', 'e', 'y', 's'));
    struct media_span_of_bytes items = media_box_find(meta, BOX_TYPE('i', 'l', 's', 't'));
    read_items(items, readers, read_keys(keys, readers), exif);
}

/** QuickTime's user data, as Android writes it: 16 bits of length, 16 of language, ISO 6709. */
static void read_place_text(struct media_span_of_bytes data, struct media_exif *exif)
{
    struct media_span_of_bytes place = media_box_find(data, BOX_TYPE(0xA9, 'x', 'y', 'z'));
    size_t length = media_box_u32(place, 0) >> 16;
    place = media_box_rest(place, 4);
    if (place.size > length)
        place.size = length;
    if (place.size > 0)
        read_value_of(place, exif, read_position);
}

/** 3GPP TS 26.244, 8.9: a name that ends in NUL and a role, then longitude and latitude in 1/65,536
 * of a degree. */
static void read_place_numbers(struct media_span_of_bytes data, struct media_exif *exif)
{
    char text[32];
    struct media_span_of_bytes place =
        media_box_rest(media_box_find(data, BOX_TYPE('l', 'o', 'c', 'i')), 6);
    const uint8_t *name_end = place.size > 0 ? memchr(place.bytes, 0, place.size) : NULL;
    if (name_end == NULL)
        return;
    place = media_box_rest(place, (size_t)(name_end - place.bytes) + 2);
    if (place.size < 8)
        return;
    (void)snprintf(text, sizeof(text), "%+.5f%+.5f/", (int32_t)media_box_u32(place, 4) / 65536.0,
                   (int32_t)media_box_u32(place, 0) / 65536.0);
    read_position(exif, text);
}

enum media_status media_video_survey(const uint8_t *bytes, size_t size, uint64_t *ret_duration_ms,
                                     struct media_exif *ret_exif)
{
    struct media_span_of_bytes movie = {NULL, 0};
    if (size == 0)
        return MEDIA_EMPTY;
    if (media_file_type_detect(bytes, size) != MEDIA_TYPE_MP4)
        return MEDIA_VIDEO_UNSUPPORTED_TYPE;
    enum media_status status = find_movie((struct media_span_of_bytes){bytes, size}, &movie);
    if (status != MEDIA_OK)
        return status;
    struct media_span_of_bytes user_data = media_box_find(movie, BOX_TYPE('u', 'd', 't', 'a'));
    read_movie_header(movie, ret_duration_ms, ret_exif);
    read_place_numbers(user_data, ret_exif);
    read_place_text(user_data, ret_exif);
    read_metadata(user_data, ret_exif);
    read_metadata(movie, ret_exif);
    return MEDIA_OK;
}
