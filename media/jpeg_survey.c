#include "media/jpeg_survey.h"

#include <string.h>

/* Markers of ITU-T T.81 table B.1. */
enum {
    MARKER_TEM = 0x01,
    MARKER_SOF0 = 0xC0, /* baseline */
    MARKER_SOF1 = 0xC1, /* extended sequential */
    MARKER_SOF2 = 0xC2, /* progressive */
    MARKER_DHT = 0xC4,
    MARKER_JPG = 0xC8,
    MARKER_SOF9 = 0xC9,  /* sequential, arithmetic */
    MARKER_SOF10 = 0xCA, /* progressive, arithmetic */
    MARKER_DAC = 0xCC,
    MARKER_SOF15 = 0xCF,
    MARKER_RST0 = 0xD0,
    MARKER_RST7 = 0xD7,
    MARKER_SOI = 0xD8,
    MARKER_EOI = 0xD9,
    MARKER_SOS = 0xDA,
    MARKER_APP1 = 0xE1,
};

struct walk {
    const uint8_t *bytes;
    size_t size;
    size_t at;
    const struct media_limits *limits;
    uint32_t segment_count;
    uint64_t exif_bytes;
    struct media_survey survey;
    struct media_refusal refusal;
};

static void refuse(struct walk *walk, enum media_status status, uint64_t limit, uint64_t actual)
{
    if (walk->refusal.status == MEDIA_OK)
        walk->refusal = (struct media_refusal){status, limit, actual};
}

/** Moves behind the next marker, over fill bytes and scan data. @return it, or 0 at the end. */
static uint8_t next_marker(struct walk *walk)
{
    while (walk->at < walk->size) {
        const uint8_t *found = memchr(walk->bytes + walk->at, 0xFF, walk->size - walk->at);
        if (found == NULL)
            break;
        walk->at = (size_t)(found - walk->bytes) + 1;
        while (walk->at < walk->size && walk->bytes[walk->at] == 0xFF)
            walk->at++;
        if (walk->at >= walk->size)
            break;
        uint8_t marker = walk->bytes[walk->at++];
        bool alone = marker >= MARKER_RST0 && marker <= MARKER_RST7;
        if (marker != 0 && marker != MARKER_TEM && !alone)
            return marker;
    }
    walk->at = walk->size;
    return 0;
}

static bool is_frame_header(uint8_t marker)
{
    return marker >= MARKER_SOF0 && marker <= MARKER_SOF15 && marker != MARKER_DHT &&
           marker != MARKER_JPG && marker != MARKER_DAC;
}

static bool is_known_coding(uint8_t marker)
{
    return marker == MARKER_SOF0 || marker == MARKER_SOF1 || marker == MARKER_SOF2 ||
           marker == MARKER_SOF9 || marker == MARKER_SOF10;
}

static void read_frame_header(struct walk *walk, uint8_t marker, const uint8_t *body, size_t length)
{
    struct media_survey *survey = &walk->survey;
    if (length < 6 || survey->component_count > 0) {
        refuse(walk, MEDIA_DAMAGED, 0, 0);
        return;
    }
    survey->height_px = (uint32_t)(body[1] << 8 | body[2]);
    survey->width_px = (uint32_t)(body[3] << 8 | body[4]);
    survey->component_count = body[5];
    survey->progressive = marker == MARKER_SOF2 || marker == MARKER_SOF10;
    uint64_t pixels = (uint64_t)survey->width_px * survey->height_px;
    if (!is_known_coding(marker) || body[0] != 8)
        refuse(walk, MEDIA_UNSUPPORTED_CODING, 0, body[0]);
    else if (pixels > walk->limits->max_pixels)
        refuse(walk, MEDIA_TOO_MANY_PIXELS, walk->limits->max_pixels, pixels);
    else if (survey->component_count != 1 && survey->component_count != 3)
        refuse(walk, MEDIA_UNSUPPORTED_COLOUR, 0, survey->component_count);
}

static void read_exif_segment(struct walk *walk, size_t offset, size_t length)
{
    if (length < 6 || memcmp(walk->bytes + offset, "Exif\0", 5) != 0)
        return;
    walk->exif_bytes += length;
    if (walk->exif_bytes > walk->limits->max_exif_bytes)
        refuse(walk, MEDIA_EXIF_TOO_LARGE, walk->limits->max_exif_bytes, walk->exif_bytes);
    if (walk->survey.exif_count < MEDIA_EXIF_SEGMENTS_MAX)
        walk->survey.exif[walk->survey.exif_count++] = (struct media_span){offset, length};
}

static void count_segment(struct walk *walk, uint8_t marker)
{
    if (marker == MARKER_SOS && ++walk->survey.scan_count > walk->limits->max_scans)
        refuse(walk, MEDIA_TOO_MANY_SCANS, walk->limits->max_scans, walk->survey.scan_count);
    /* A progressive file has a few tables a scan; scans are counted on their own. */
    if (marker != MARKER_SOS && marker != MARKER_DHT &&
        ++walk->segment_count > walk->limits->max_segments)
        refuse(walk, MEDIA_TOO_MANY_SEGMENTS, walk->limits->max_segments, walk->segment_count);
}

static void read_segment(struct walk *walk, uint8_t marker)
{
    size_t left = walk->size - walk->at;
    size_t length = left < 2 ? 0 : (size_t)(walk->bytes[walk->at] << 8 | walk->bytes[walk->at + 1]);
    count_segment(walk, marker);
    if (left >= 2 && length < 2) {
        refuse(walk, MEDIA_DAMAGED, 0, 0);
        return;
    }
    if (length > left || left < 2) {
        refuse(walk, MEDIA_TRUNCATED, 0, 0);
        return;
    }
    if (is_frame_header(marker))
        read_frame_header(walk, marker, walk->bytes + walk->at + 2, length - 2);
    if (marker == MARKER_APP1)
        read_exif_segment(walk, walk->at + 2, length - 2);
    walk->at += length;
}

struct media_refusal media_jpeg_survey(const uint8_t *bytes, size_t size,
                                       const struct media_limits *limits,
                                       struct media_survey *ret_survey)
{
    struct walk walk = {.bytes = bytes, .size = size, .at = 2, .limits = limits};
    while (walk.refusal.status == MEDIA_OK) {
        uint8_t marker = next_marker(&walk);
        if (marker == MARKER_EOI)
            walk.survey.has_end_of_image = true;
        if (marker == 0 || marker == MARKER_EOI || marker == MARKER_SOI)
            break;
        read_segment(&walk, marker);
    }
    walk.survey.end = walk.at;
    if (walk.refusal.status == MEDIA_OK && walk.survey.scan_count == 0)
        refuse(&walk, walk.survey.has_end_of_image ? MEDIA_DAMAGED : MEDIA_TRUNCATED, 0, 0);
    *ret_survey = walk.survey;
    return walk.refusal;
}
