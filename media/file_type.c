#include "media/photo.h"

#include <string.h>

struct signature {
    enum media_file_type type;
    size_t offset;
    size_t length;
    const char *bytes;
};

/** First match wins. Registered brands of ISO base media files: https://mp4ra.org. */
static const struct signature signatures[] = {
    {MEDIA_TYPE_JPEG, 0, 3, "\xFF\xD8\xFF"},
    {MEDIA_TYPE_PNG, 0, 8, "\x89PNG\r\n\x1A\n"},
    {MEDIA_TYPE_GIF, 0, 4, "GIF8"},
    {MEDIA_TYPE_WEBP, 8, 4, "WEBP"},
    {MEDIA_TYPE_BMP, 0, 2, "BM"},
    {MEDIA_TYPE_TIFF, 0, 4, "II*\0"},
    {MEDIA_TYPE_TIFF, 0, 4, "MM\0*"},
    {MEDIA_TYPE_PDF, 0, 5, "%PDF-"},
    {MEDIA_TYPE_ZIP, 0, 4, "PK\x03\x04"},
    {MEDIA_TYPE_JPEG_XL, 0, 2, "\xFF\x0A"},
    {MEDIA_TYPE_JPEG_XL, 4, 4, "JXL "},
    {MEDIA_TYPE_JPEG_2000, 4, 4, "jP  "},
    {MEDIA_TYPE_JPEG_2000, 0, 4, "\xFF\x4F\xFF\x51"},
    {MEDIA_TYPE_AVIF, 4, 8, "ftypavif"},
    {MEDIA_TYPE_AVIF, 4, 8, "ftypavis"},
    {MEDIA_TYPE_HEIC, 4, 7, "ftyphei"},
    {MEDIA_TYPE_HEIC, 4, 7, "ftyphev"},
    {MEDIA_TYPE_HEIC, 4, 8, "ftypmif1"},
    {MEDIA_TYPE_HEIC, 4, 8, "ftypmsf1"},
    {MEDIA_TYPE_MP4, 4, 4, "ftyp"},
    {MEDIA_TYPE_MP4, 4, 4, "moov"},
    {MEDIA_TYPE_HTML, 0, 5, "<?xml"},
    {MEDIA_TYPE_HTML, 0, 5, "<html"},
    {MEDIA_TYPE_HTML, 0, 9, "<!DOCTYPE"},
    {MEDIA_TYPE_HTML, 0, 9, "<!doctype"},
    {MEDIA_TYPE_HTML, 0, 4, "<svg"},
};

static const char *const names[MEDIA_TYPE_COUNT] = {
    [MEDIA_TYPE_UNKNOWN] = "unknown",
    [MEDIA_TYPE_JPEG] = "JPEG",
    [MEDIA_TYPE_HEIC] = "HEIC",
    [MEDIA_TYPE_AVIF] = "AVIF",
    [MEDIA_TYPE_PNG] = "PNG",
    [MEDIA_TYPE_WEBP] = "WebP",
    [MEDIA_TYPE_GIF] = "GIF",
    [MEDIA_TYPE_BMP] = "BMP",
    [MEDIA_TYPE_TIFF] = "TIFF",
    [MEDIA_TYPE_JPEG_XL] = "JPEG XL",
    [MEDIA_TYPE_JPEG_2000] = "JPEG 2000",
    [MEDIA_TYPE_PDF] = "PDF",
    [MEDIA_TYPE_ZIP] = "ZIP",
    [MEDIA_TYPE_MP4] = "MP4",
    [MEDIA_TYPE_HTML] = "HTML",
};

enum media_file_type media_file_type_detect(const uint8_t *bytes, size_t byte_count)
{
    for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
        const struct signature *s = &signatures[i];
        if (s->offset + s->length <= byte_count &&
            memcmp(bytes + s->offset, s->bytes, s->length) == 0)
            return s->type;
    }
    return MEDIA_TYPE_UNKNOWN;
}

const char *media_file_type_name(enum media_file_type type)
{
    return (unsigned)type < MEDIA_TYPE_COUNT ? names[type] : names[MEDIA_TYPE_UNKNOWN];
}
