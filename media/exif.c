#include "media/exif.h"

#include "media/exif_time.h"
#include "media/text.h"

#include <math.h>
#include <string.h>

#include <libexif/exif-data.h>

enum { HEADER_BYTES = 6, GPS_NUMBERS = 3, PLAIN_TEXT_MAX = 32 };

struct media_exif media_exif_absent(void)
{
    return (struct media_exif){.orientation = 1};
}

/** Blanks every maker note tag, wherever directories may stand, by its tag and type bytes. */
static void blank_maker_notes(uint8_t *tiff, size_t size)
{
    bool little_endian = tiff[0] == 'I';
    uint8_t first = little_endian ? 0x7C : 0x92, second = little_endian ? 0x92 : 0x7C;
    for (size_t i = 0; i + 4 <= size; i++) {
        if (tiff[i] != first || tiff[i + 1] != second)
            continue;
        unsigned type =
            little_endian ? tiff[i + 2] | tiff[i + 3] << 8 : tiff[i + 2] << 8 | tiff[i + 3];
        if (type >= 1 && type <= 13)
            tiff[i] = tiff[i + 1] = 0xFF;
    }
}

static ExifEntry *entry_of(ExifData *data, ExifIfd ifd, unsigned tag)
{
    ExifEntry *entry = exif_content_get_entry(data->ifd[ifd], (ExifTag)tag);
    return entry != NULL && entry->data != NULL && entry->size > 0 ? entry : NULL;
}

/** Text need not end in NUL, and may be something else than text. */
static void read_text(ExifData *data, ExifIfd ifd, unsigned tag, char *ret_text, size_t size)
{
    ExifEntry *entry = entry_of(data, ifd, tag);
    ret_text[0] = '\0';
    if (entry != NULL &&
        (entry->format == EXIF_FORMAT_ASCII || entry->format == EXIF_FORMAT_UNDEFINED ||
         entry->format == EXIF_FORMAT_BYTE))
        media_text_clean((const char *)entry->data, entry->size, ret_text, size);
}

/** One of an entry's rationals. False when it is not there or divides by zero. */
static bool read_rational(const ExifEntry *entry, ExifByteOrder order, unsigned index,
                          double *ret_number)
{
    if (index >= entry->components || (index + 1) * 8 > entry->size)
        return false;
    const unsigned char *at = entry->data + (size_t)index * 8;
    if (entry->format == EXIF_FORMAT_RATIONAL) {
        ExifRational r = exif_get_rational(at, order);
        if (r.denominator == 0)
            return false;
        *ret_number = (double)r.numerator / (double)r.denominator;
        return true;
    }
    if (entry->format == EXIF_FORMAT_SRATIONAL) {
        ExifSRational r = exif_get_srational(at, order);
        if (r.denominator == 0)
            return false;
        *ret_number = (double)r.numerator / (double)r.denominator;
        return true;
    }
    return false;
}

static bool read_gps_number(ExifData *data, unsigned tag, double *ret_number)
{
    ExifEntry *entry = entry_of(data, EXIF_IFD_GPS, tag);
    return entry != NULL && read_rational(entry, exif_data_get_byte_order(data), 0, ret_number) &&
           isfinite(*ret_number);
}

/** Degrees, minutes, seconds or hours, minutes, seconds as one sum in the first unit. Later parts
 * may be missing or 0/0, the first may not. */
static bool read_sixties(ExifData *data, unsigned tag, double *ret_sum)
{
    ExifEntry *entry = entry_of(data, EXIF_IFD_GPS, tag);
    double sum = 0, unit = 1;
    if (entry == NULL)
        return false;
    for (unsigned i = 0; i < GPS_NUMBERS; i++) {
        double part = 0;
        if (!read_rational(entry, exif_data_get_byte_order(data), i, &part)) {
            if (i == 0)
                return false;
            part = 0;
        }
        if (part < 0 || (i > 0 && part > 60))
            return false;
        sum += part * unit;
        unit /= 60;
    }
    *ret_sum = sum;
    return isfinite(sum);
}

/** One coordinate; `negative` is the letter of the south or the west, `positive` its opposite. */
static bool read_coordinate(ExifData *data, unsigned reference_tag, unsigned tag, char positive,
                            char negative, double most_deg, double *ret_deg)
{
    char reference[4];
    double degrees = 0;
    read_text(data, EXIF_IFD_GPS, reference_tag, reference, sizeof(reference));
    char letter = reference[0] >= 'a' ? (char)(reference[0] - 'a' + 'A') : reference[0];
    if ((letter != positive && letter != negative) || !read_sixties(data, tag, &degrees) ||
        degrees > most_deg)
        return false;
    *ret_deg = letter == negative ? -degrees : degrees;
    return true;
}

static void read_gps_time(ExifData *data, struct media_exif *exif)
{
    char date[PLAIN_TEXT_MAX];
    int year = 0, month = 0, day = 0;
    double hours = 0;
    read_text(data, EXIF_IFD_GPS, EXIF_TAG_GPS_DATE_STAMP, date, sizeof(date));
    if (!media_exif_date_parse(date, &year, &month, &day) ||
        !read_sixties(data, EXIF_TAG_GPS_TIME_STAMP, &hours) || hours > 24.02)
        return;
    exif->has_gps_time = true;
    exif->gps_time_ms =
        media_exif_time_to_ms(year, month, day, 0, 0, 0) + (int64_t)llround(hours * 3600000);
}

static bool altitude_is_below_sea(ExifData *data)
{
    ExifEntry *entry = entry_of(data, EXIF_IFD_GPS, EXIF_TAG_GPS_ALTITUDE_REF);
    return entry != NULL && (entry->data[0] == 1 || entry->data[0] == '1');
}

/** GPS tags share their numbers with others (InteroperabilityIndex is 1, too): only this IFD. */
static void read_gps(ExifData *data, struct media_exif *exif)
{
    double lat_deg = 0, lon_deg = 0, altitude_m = 0, accuracy_m = 0;
    if (read_coordinate(data, EXIF_TAG_GPS_LATITUDE_REF, EXIF_TAG_GPS_LATITUDE, 'N', 'S', 90,
                        &lat_deg) &&
        read_coordinate(data, EXIF_TAG_GPS_LONGITUDE_REF, EXIF_TAG_GPS_LONGITUDE, 'E', 'W', 180,
                        &lon_deg)) {
        exif->has_position = true;
        exif->lat_deg = lat_deg;
        exif->lon_deg = lon_deg;
    }
    if (read_gps_number(data, EXIF_TAG_GPS_ALTITUDE, &altitude_m) && fabs(altitude_m) < 1e6) {
        exif->has_altitude = true;
        exif->altitude_m = altitude_m > 0 && altitude_is_below_sea(data) ? -altitude_m : altitude_m;
    }
    if (read_gps_number(data, EXIF_TAG_GPS_H_POSITIONING_ERROR, &accuracy_m) && accuracy_m >= 0) {
        exif->has_accuracy = true;
        exif->accuracy_m = accuracy_m;
    }
    read_gps_time(data, exif);
    read_text(data, EXIF_IFD_GPS, EXIF_TAG_GPS_MAP_DATUM, exif->gps_datum, sizeof(exif->gps_datum));
}

static void read_time(ExifData *data, ExifIfd ifd, unsigned tag, unsigned offset_tag,
                      unsigned subsecond_tag, struct media_exif_time *ret_time)
{
    struct media_exif_time time = {0};
    char text[PLAIN_TEXT_MAX];
    read_text(data, ifd, tag, time.text, sizeof(time.text));
    time.present = media_exif_time_parse(time.text, &time.local_ms);
    if (!time.present) {
        *ret_time = (struct media_exif_time){0};
        return;
    }
    read_text(data, EXIF_IFD_EXIF, subsecond_tag, text, sizeof(text));
    time.local_ms += media_exif_subsecond_ms(text);
    read_text(data, EXIF_IFD_EXIF, offset_tag, text, sizeof(text));
    time.has_offset = media_exif_offset_parse(text, &time.offset_min);
    *ret_time = time;
}

/** Some phones write only OffsetTime. It holds for a time that was written at the same moment. */
static void lend_offset(const struct media_exif_time *from, struct media_exif_time *to)
{
    if (to->present && !to->has_offset && from->has_offset && strcmp(from->text, to->text) == 0) {
        to->has_offset = true;
        to->offset_min = from->offset_min;
    }
}

static void read_times(ExifData *data, struct media_exif *exif)
{
    read_time(data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, EXIF_TAG_OFFSET_TIME_ORIGINAL,
              EXIF_TAG_SUB_SEC_TIME_ORIGINAL, &exif->original);
    read_time(data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_DIGITIZED, EXIF_TAG_OFFSET_TIME_DIGITIZED,
              EXIF_TAG_SUB_SEC_TIME_DIGITIZED, &exif->digitized);
    read_time(data, EXIF_IFD_0, EXIF_TAG_DATE_TIME, EXIF_TAG_OFFSET_TIME, EXIF_TAG_SUB_SEC_TIME,
              &exif->modified);
    lend_offset(&exif->modified, &exif->original);
    lend_offset(&exif->modified, &exif->digitized);
}

static uint32_t read_orientation(ExifData *data)
{
    ExifEntry *entry = entry_of(data, EXIF_IFD_0, EXIF_TAG_ORIENTATION);
    uint32_t orientation = 1;
    if (entry == NULL)
        return 1;
    if (entry->format == EXIF_FORMAT_SHORT && entry->size >= 2)
        orientation = exif_get_short(entry->data, exif_data_get_byte_order(data));
    else if (entry->format == EXIF_FORMAT_LONG && entry->size >= 4)
        orientation = exif_get_long(entry->data, exif_data_get_byte_order(data));
    else if (entry->format == EXIF_FORMAT_BYTE)
        orientation = entry->data[0];
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

static bool has_entries(const ExifData *data)
{
    return data->ifd[EXIF_IFD_0]->count + data->ifd[EXIF_IFD_EXIF]->count +
               data->ifd[EXIF_IFD_GPS]->count >
           0;
}

bool media_exif_read(uint8_t *segment, size_t segment_size, struct media_exif *ret_exif)
{
    *ret_exif = media_exif_absent();
    if (segment_size < HEADER_BYTES + 8 || segment_size > UINT32_MAX ||
        memcmp(segment, "Exif\0", HEADER_BYTES - 1) != 0)
        return false;
    blank_maker_notes(segment + HEADER_BYTES, segment_size - HEADER_BYTES);
    ExifData *data = exif_data_new();
    if (data == NULL)
        return false;
    exif_data_unset_option(data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
    exif_data_unset_option(data, EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS);
    exif_data_load_data(data, segment, (unsigned)segment_size);
    bool found = has_entries(data);
    if (found) {
        ret_exif->present = true;
        ret_exif->orientation = read_orientation(data);
        read_text(data, EXIF_IFD_0, EXIF_TAG_MAKE, ret_exif->make, sizeof(ret_exif->make));
        read_text(data, EXIF_IFD_0, EXIF_TAG_MODEL, ret_exif->model, sizeof(ret_exif->model));
        read_text(data, EXIF_IFD_0, EXIF_TAG_SOFTWARE, ret_exif->software,
                  sizeof(ret_exif->software));
        read_times(data, ret_exif);
        read_gps(data, ret_exif);
    }
    exif_data_unref(data);
    return found;
}
