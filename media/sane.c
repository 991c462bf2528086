#include "media/photo.h"
#include "media/text.h"

#include <math.h>
#include <string.h>

/* The answer comes from a process that may be in an attacker's hands. A bool that is neither 0 nor
 * 1 must not be read as a bool, so flags are looked at as bytes. */

static bool flag_is_sane(const bool *flag)
{
    uint8_t byte = 0;
    memcpy(&byte, flag, 1);
    return byte <= 1;
}

static bool number_is_sane(double number, double least, double most)
{
    return isfinite(number) && number >= least && number <= most;
}

static bool time_is_sane(const struct media_exif_time *time)
{
    const int64_t limit_ms = 400000000000000; /* beyond the year 9999 */
    return flag_is_sane(&time->present) && flag_is_sane(&time->has_offset) &&
           time->offset_min >= -1440 && time->offset_min <= 1440 && time->local_ms > -limit_ms &&
           time->local_ms < limit_ms && media_text_is_clean(time->text, sizeof(time->text));
}

static bool exif_flags_are_sane(const struct media_exif *exif)
{
    return flag_is_sane(&exif->present) && flag_is_sane(&exif->has_position) &&
           flag_is_sane(&exif->has_altitude) && flag_is_sane(&exif->has_accuracy) &&
           flag_is_sane(&exif->has_gps_time);
}

static bool exif_is_sane(const struct media_exif *exif)
{
    const int64_t limit_ms = 400000000000000;
    return exif_flags_are_sane(exif) && exif->orientation >= 1 && exif->orientation <= 8 &&
           number_is_sane(exif->lat_deg, -90, 90) && number_is_sane(exif->lon_deg, -180, 180) &&
           number_is_sane(exif->altitude_m, -1e9, 1e9) &&
           number_is_sane(exif->accuracy_m, 0, 1e10) && exif->gps_time_ms > -limit_ms &&
           exif->gps_time_ms < limit_ms &&
           media_text_is_clean(exif->gps_datum, sizeof(exif->gps_datum)) &&
           time_is_sane(&exif->original) && time_is_sane(&exif->digitized) &&
           time_is_sane(&exif->modified) && media_text_is_clean(exif->make, sizeof(exif->make)) &&
           media_text_is_clean(exif->model, sizeof(exif->model)) &&
           media_text_is_clean(exif->software, sizeof(exif->software));
}

static bool thumbnail_is_sane(const struct media_thumbnail *thumbnail, bool wanted)
{
    if (!wanted)
        return true;
    return thumbnail->width_px >= 1 && thumbnail->width_px <= 65535 && thumbnail->height_px >= 1 &&
           thumbnail->height_px <= 65535 && thumbnail->byte_count >= 1;
}

static bool sides_are_sane(const struct media_photo *photo)
{
    bool turned = photo->exif.orientation >= 5;
    if (photo->stored_width_px > 65535 || photo->stored_height_px > 65535)
        return false;
    if (photo->status == MEDIA_OK && (photo->stored_width_px == 0 || photo->stored_height_px == 0))
        return false;
    return photo->width_px == (turned ? photo->stored_height_px : photo->stored_width_px) &&
           photo->height_px == (turned ? photo->stored_width_px : photo->stored_height_px);
}

bool media_photo_is_sane(const struct media_photo *photo)
{
    bool decoded = photo->status == MEDIA_OK;
    return (unsigned)photo->status < MEDIA_STATUS_COUNT &&
           (unsigned)photo->file_type < MEDIA_TYPE_COUNT &&
           (!decoded || photo->file_type == MEDIA_TYPE_JPEG ||
            photo->file_type == MEDIA_TYPE_MP4) &&
           photo->duration_ms <= MEDIA_DURATION_MAX_MS && exif_is_sane(&photo->exif) &&
           sides_are_sane(photo) && flag_is_sane(&photo->progressive) &&
           flag_is_sane(&photo->grey) &&
           media_text_is_clean(photo->first_warning, sizeof(photo->first_warning)) &&
           thumbnail_is_sane(&photo->small, decoded) &&
           thumbnail_is_sane(&photo->medium, decoded) &&
           number_is_sane(photo->mean_luminance, 0, 255) &&
           number_is_sane(photo->sharpness, 0, 1e9);
}
