/**
 * What is known of a photo, or of a video, after it was decoded, or why it was refused. The
 * thumbnails of a video are those of a picture near its beginning, and what its file says of place,
 * time and camera stands in `exif`.
 *
 * The structure is flat and holds no pointers, because it crosses from the decoder process, which
 * is not trusted, to the server: media_photo_is_sane() must hold before any field is used. The
 * decoder pool checks that.
 */
#ifndef FIELDPROOF_MEDIA_PHOTO_H
#define FIELDPROOF_MEDIA_PHOTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Why a photo was refused. See media_status_code() for names and media_status_is_retryable(). */
enum media_status {
    MEDIA_OK,
    MEDIA_EMPTY,              /**< no bytes at all */
    MEDIA_NOT_JPEG,           /**< no type that is recognised */
    MEDIA_UNSUPPORTED_TYPE,   /**< `file_type` says which */
    MEDIA_UNSUPPORTED_COLOUR, /**< CMYK, YCCK, RGB or odd components; `actual` is their number */
    MEDIA_UNSUPPORTED_CODING, /**< lossless, hierarchical or not 8 bits a sample */
    MEDIA_TRUNCATED,          /**< the file ends before the picture does */
    MEDIA_DAMAGED,            /**< picture data cannot be decoded; `first_warning` says why */
    MEDIA_TOO_MANY_BYTES,     /**< `limit`, `actual`: bytes */
    MEDIA_TOO_MANY_PIXELS,    /**< `limit`, `actual`: pixels */
    MEDIA_TOO_MANY_SCANS,     /**< `limit`, `actual`: scans; counting stops above the limit */
    MEDIA_TOO_MANY_SEGMENTS,  /**< `limit`, `actual`: segments; counting stops above the limit */
    MEDIA_TOO_MUCH_MEMORY,    /**< `limit`, `actual`: bytes (`actual` 0 when not known) */
    MEDIA_EXIF_TOO_LARGE,     /**< `limit`, `actual`: bytes; counting stops above the limit */
    MEDIA_TIMED_OUT,          /**< `limit`: milliseconds */
    MEDIA_DECODER_CRASHED,    /**< the photo made a decoder crash; `actual` is the signal or 0 */
    MEDIA_DECODER_LIED,       /**< the decoder's answer made no sense */
    MEDIA_DECODER_KILLED,     /**< something outside killed the decoders, again and again */
    MEDIA_READ_FAILED,        /**< reading the photo failed; `actual` is the errno */
    MEDIA_WRITE_FAILED,       /**< writing a thumbnail failed; `actual` is the errno (ENOSPC…) */
    MEDIA_POOL_BUSY,          /**< no decoder became free; `limit`: milliseconds waited */
    MEDIA_POOL_STOPPED,       /**< the server is stopping */
    MEDIA_VIDEO_UNSUPPORTED_TYPE,   /**< a video was awaited; `file_type` says what came */
    MEDIA_VIDEO_UNSUPPORTED_CODING, /**< `first_warning` names the coding */
    MEDIA_VIDEO_WITHOUT_PICTURES,   /**< sound alone */
    MEDIA_STATUS_COUNT
};

/** A file type told by its first bytes. */
enum media_file_type {
    MEDIA_TYPE_UNKNOWN,
    MEDIA_TYPE_JPEG,
    MEDIA_TYPE_HEIC,
    MEDIA_TYPE_AVIF,
    MEDIA_TYPE_PNG,
    MEDIA_TYPE_WEBP,
    MEDIA_TYPE_GIF,
    MEDIA_TYPE_BMP,
    MEDIA_TYPE_TIFF, /**< also DNG and most camera raw files */
    MEDIA_TYPE_JPEG_XL,
    MEDIA_TYPE_JPEG_2000,
    MEDIA_TYPE_PDF,
    MEDIA_TYPE_ZIP,  /**< also Office documents */
    MEDIA_TYPE_MP4,  /**< also QuickTime */
    MEDIA_TYPE_HTML, /**< also SVG and XML */
    MEDIA_TYPE_COUNT
};

enum media_language { MEDIA_ENGLISH, MEDIA_CHINESE };

#define MEDIA_TEXT_MAX     64
#define MEDIA_WARNING_MAX  160
#define MEDIA_SENTENCE_MAX 512
#define MEDIA_SHA256_BYTES 32
/** A year: what claims to be longer is no recording of a visit. */
#define MEDIA_DURATION_MAX_MS ((uint64_t)366 * 24 * 3600 * 1000)

/** A time as a camera wrote it: local, its zone known only when `has_offset`. */
struct media_exif_time {
    bool present;
    bool has_offset;
    int32_t offset_min; /**< minutes east of UTC, -1,440 to 1,440; 0 unless has_offset */
    /** Milliseconds since 1970-01-01T00:00:00 on the camera's own clock; subtract
     * `offset_min` * 60,000 to get UTC. Sub-seconds are included when the photo has them. */
    int64_t local_ms;
    char text[24]; /**< as given: "2018:07:16 17:52:22" */
};

/** What EXIF says. Strings are valid UTF-8 without control characters; "" means absent. */
struct media_exif {
    bool present;         /**< an EXIF block was there and could be read */
    uint32_t orientation; /**< 1 to 8; 1 when absent or out of range */
    bool has_position;    /**< both coordinates with their references, finite and in range */
    bool has_altitude;    /**< */
    bool has_accuracy;    /**< GPSHPositioningError */
    bool has_gps_time;    /**< GPSDateStamp with GPSTimeStamp */
    double lat_deg;       /**< WGS-84 by the standard, north positive; (0,0) is passed on */
    double lon_deg;       /**< east positive */
    double altitude_m;    /**< above sea level, negative below */
    double accuracy_m;    /**< horizontal, never negative */
    int64_t gps_time_ms;  /**< UTC, milliseconds since 1970 */
    char gps_datum[MEDIA_TEXT_MAX];  /**< GPSMapDatum as given */
    struct media_exif_time original; /**< DateTimeOriginal: when the picture was taken */
    struct media_exif_time digitized;
    struct media_exif_time modified; /**< DateTime: when the file was last changed */
    char make[MEDIA_TEXT_MAX];
    char model[MEDIA_TEXT_MAX];
    char software[MEDIA_TEXT_MAX];
};

/** A thumbnail as written to its descriptor: upright, baseline JPEG, no metadata. */
struct media_thumbnail {
    uint32_t width_px;
    uint32_t height_px;
    uint64_t byte_count;
    uint8_t sha256[MEDIA_SHA256_BYTES]; /**< set by the pool, not by the decoder */
};

struct media_photo {
    enum media_status status;
    enum media_file_type file_type;
    uint64_t limit; /**< numbers of the refusal, see enum media_status */
    uint64_t actual;

    uint64_t byte_count;
    uint64_t duration_ms;     /**< of a video; 0 when the file does not say, or nonsense */
    uint32_t stored_width_px; /**< as in the file, before orientation; 0 when not reached */
    uint32_t stored_height_px;
    uint32_t width_px; /**< upright */
    uint32_t height_px;
    bool progressive;
    bool grey;
    uint32_t scan_count;

    uint32_t warning_count; /**< what the decoder found odd; harmless unless refused */
    char first_warning[MEDIA_WARNING_MAX];

    struct media_thumbnail small;
    struct media_thumbnail medium;
    /** Mean luminance of the small thumbnail, 0 (black) to 255. Below about 40 is a dark photo. */
    double mean_luminance;
    /** Variance of the Laplacian over the small thumbnail's luminance; near 0 is blurred. */
    double sharpness;

    struct media_exif exif;
};

/** The name of a status for machines: "photo_truncated". Static. */
const char *media_status_code(enum media_status status);

/** True when the same photo may well succeed later: the fault was ours, not the photo's. */
bool media_status_is_retryable(enum media_status status);

/** The name of a type for people: "HEIC". Static. */
const char *media_file_type_name(enum media_file_type type);

/** The type the first bytes of a file tell. 32 bytes are enough. */
enum media_file_type media_file_type_detect(const uint8_t *bytes, size_t byte_count);

/** One sentence, with numbers, that says why a photo was refused, or that it is in order.
 * Cut at a character boundary and always NUL-terminated. */
void media_photo_describe(const struct media_photo *photo, enum media_language language,
                          char *ret_sentence, size_t sentence_size);

/** True when every field is within its range: enums, booleans, finite numbers, NUL-terminated
 * UTF-8 strings, dimensions and thumbnails that go together. */
bool media_photo_is_sane(const struct media_photo *photo);

#endif
