#include "media/video/picture.h"

#include "media/jpeg_decode.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libswscale/swscale.h>

enum { READ_BYTES = 64 * 1024, PACKETS_MAX = 20000 };

/** Everything that is open while one video is looked at. */
struct reading {
    const uint8_t *bytes;
    int64_t size;
    int64_t at;
    int64_t deadline_ms;
    AVIOContext *io;
    AVFormatContext *container;
    AVCodecContext *decoder;
    AVPacket *packet;
    AVFrame *frame;
    int stream;
};

static int read_bytes(void *context, uint8_t *ret_bytes, int count)
{
    struct reading *reading = context;
    int64_t left = reading->size - reading->at;
    if (left <= 0)
        return AVERROR_EOF;
    int take = left < count ? (int)left : count;
    memcpy(ret_bytes, reading->bytes + reading->at, (size_t)take);
    reading->at += take;
    return take;
}

static int64_t seek_bytes(void *context, int64_t offset, int whence)
{
    struct reading *reading = context;
    if (whence == AVSEEK_SIZE)
        return reading->size;
    if (whence == SEEK_CUR)
        offset += reading->at;
    else if (whence == SEEK_END)
        offset += reading->size;
    if (offset < 0 || offset > reading->size)
        return AVERROR(EINVAL);
    return reading->at = offset;
}

static int is_late(void *context)
{
    const struct reading *reading = context;
    return media_monotonic_ms() > reading->deadline_ms;
}

static void close_reading(struct reading *reading)
{
    av_frame_free(&reading->frame);
    av_packet_free(&reading->packet);
    avcodec_free_context(&reading->decoder);
    avformat_close_input(&reading->container);
    if (reading->io != NULL)
        av_freep(&reading->io->buffer);
    avio_context_free(&reading->io);
}

static enum media_status fail(const struct reading *reading, int error, struct media_photo *photo)
{
    if (is_late((void *)reading))
        return MEDIA_TIMED_OUT;
    if (error == AVERROR(ENOMEM))
        return MEDIA_TOO_MUCH_MEMORY;
    (void)av_strerror(error, photo->first_warning, sizeof(photo->first_warning));
    return MEDIA_DAMAGED;
}

/** Only the demuxer of this one format is ever given the bytes. */
static enum media_status open_container(struct reading *reading, struct media_photo *photo)
{
    uint8_t *buffer = av_malloc(READ_BYTES);
    if (buffer == NULL)
        return MEDIA_TOO_MUCH_MEMORY;
    reading->io = avio_alloc_context(buffer, READ_BYTES, 0, reading, read_bytes, NULL, seek_bytes);
    if (reading->io == NULL) {
        av_free(buffer);
        return MEDIA_TOO_MUCH_MEMORY;
    }
    reading->container = avformat_alloc_context();
    if (reading->container == NULL)
        return MEDIA_TOO_MUCH_MEMORY;
    reading->container->pb = reading->io;
    reading->container->flags |= AVFMT_FLAG_CUSTOM_IO;
    reading->container->interrupt_callback = (AVIOInterruptCB){is_late, reading};
    int error = avformat_open_input(&reading->container, NULL, av_find_input_format("mov"), NULL);
    return error < 0 ? fail(reading, error, photo) : MEDIA_OK;
}

static bool is_taken(enum AVCodecID coding)
{
    return coding == AV_CODEC_ID_H264 || coding == AV_CODEC_ID_HEVC || coding == AV_CODEC_ID_MPEG4;
}

/** Turned clockwise by a multiple of 90 degrees, as EXIF numbers it. Mirrored videos are not made.
 */
static uint32_t orientation_of(const AVStream *stream)
{
    static const uint32_t orientations[] = {1, 6, 3, 8};
    size_t bytes = 0;
    const uint8_t *matrix = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &bytes);
    if (matrix == NULL || bytes < 9 * sizeof(int32_t))
        return 1;
    double clockwise_deg = -av_display_rotation_get((const int32_t *)matrix);
    if (!isfinite(clockwise_deg))
        return 1;
    long quarters = lround(clockwise_deg / 90) % 4;
    return orientations[(quarters + 4) % 4];
}

static enum media_status state_sides(int width, int height, const struct media_limits *limits,
                                     struct media_photo *photo)
{
    if (width < 1 || height < 1 || width > UINT16_MAX || height > UINT16_MAX)
        return MEDIA_VIDEO_WITHOUT_PICTURES;
    bool sideways = photo->exif.orientation >= 5;
    photo->stored_width_px = (uint32_t)width;
    photo->stored_height_px = (uint32_t)height;
    photo->width_px = sideways ? photo->stored_height_px : photo->stored_width_px;
    photo->height_px = sideways ? photo->stored_width_px : photo->stored_height_px;
    photo->actual = (uint64_t)photo->width_px * photo->height_px;
    photo->limit = limits->max_pixels;
    return photo->actual > photo->limit ? MEDIA_TOO_MANY_PIXELS : MEDIA_OK;
}

static enum media_status open_decoder(struct reading *reading, const struct media_limits *limits,
                                      struct media_photo *photo)
{
    reading->stream = av_find_best_stream(reading->container, AVMEDIA_TYPE_VIDEO, -1, -1, NULL, 0);
    if (reading->stream < 0)
        return MEDIA_VIDEO_WITHOUT_PICTURES;
    const AVStream *stream = reading->container->streams[reading->stream];
    const AVCodecParameters *given = stream->codecpar;
    photo->exif.orientation = orientation_of(stream);
    /* Some codings tell their size only in the pictures. */
    enum media_status status =
        given->width == 0 ? MEDIA_OK : state_sides(given->width, given->height, limits, photo);
    if (status != MEDIA_OK)
        return status;
    const AVCodec *codec = avcodec_find_decoder(given->codec_id);
    if (codec == NULL || !is_taken(given->codec_id)) {
        (void)snprintf(photo->first_warning, sizeof(photo->first_warning), "%s",
                       avcodec_get_name(given->codec_id));
        return MEDIA_VIDEO_UNSUPPORTED_CODING;
    }
    reading->decoder = avcodec_alloc_context3(codec);
    reading->packet = av_packet_alloc();
    reading->frame = av_frame_alloc();
    if (reading->decoder == NULL || reading->packet == NULL || reading->frame == NULL)
        return MEDIA_TOO_MUCH_MEMORY;
    reading->decoder->thread_count = 1;
    reading->decoder->max_pixels = (int64_t)limits->max_pixels;
    reading->decoder->skip_frame = AVDISCARD_NONKEY;
    int error = avcodec_parameters_to_context(reading->decoder, given);
    if (error >= 0)
        error = avcodec_open2(reading->decoder, codec, NULL);
    return error < 0 ? fail(reading, error, photo) : MEDIA_OK;
}

/** Hands packets over until a picture comes out; at the end of the file, what is still inside. */
static int decode_frame(struct reading *reading)
{
    for (int i = 0; i < PACKETS_MAX; i++) {
        int error = avcodec_receive_frame(reading->decoder, reading->frame);
        if (error != AVERROR(EAGAIN))
            return error;
        error = av_read_frame(reading->container, reading->packet);
        if (error < 0 && error != AVERROR_EOF)
            return error;
        bool is_end = error == AVERROR_EOF;
        bool is_ours = !is_end && reading->packet->stream_index == reading->stream;
        error = is_end || is_ours
                    ? avcodec_send_packet(reading->decoder, is_end ? NULL : reading->packet)
                    : 0;
        av_packet_unref(reading->packet);
        if (error < 0 && error != AVERROR_INVALIDDATA)
            return error;
    }
    return AVERROR_INVALIDDATA;
}

static enum media_status find_frame(struct reading *reading, uint64_t at_ms,
                                    struct media_photo *photo)
{
    int64_t at = (int64_t)at_ms * (AV_TIME_BASE / 1000);
    /* A file whose index does not lead anywhere is read from its start. */
    (void)avformat_seek_file(reading->container, -1, INT64_MIN, at, at, 0);
    int error = decode_frame(reading);
    return error < 0 ? fail(reading, error, photo) : MEDIA_OK;
}

/** To full-range 4:2:0 as JPEG has it, and small enough. */
static enum media_status scale(const AVFrame *frame, uint32_t long_side_px,
                               struct media_picture *ret_picture)
{
    uint64_t width = (uint64_t)frame->width, height = (uint64_t)frame->height;
    uint64_t longest = width > height ? width : height;
    struct media_picture picture = {0};
    if (longest > long_side_px) {
        width = (width * long_side_px + longest / 2) / longest;
        height = (height * long_side_px + longest / 2) / longest;
    }
    if (media_picture_create(width > 0 ? (uint32_t)width : 1, height > 0 ? (uint32_t)height : 1, 3,
                             &picture) < 0)
        return MEDIA_TOO_MUCH_MEMORY;
    struct SwsContext *scaler = sws_getContext(
        frame->width, frame->height, (enum AVPixelFormat)frame->format, (int)picture.width_px,
        (int)picture.height_px, AV_PIX_FMT_YUVJ420P, SWS_AREA, NULL, NULL, NULL);
    uint8_t *planes[4] = {picture.planes[0].samples, picture.planes[1].samples,
                          picture.planes[2].samples};
    int strides[4] = {(int)picture.planes[0].stride, (int)picture.planes[1].stride,
                      (int)picture.planes[2].stride};
    int rows = scaler == NULL ? -1
                              : sws_scale(scaler, (const uint8_t *const *)frame->data,
                                          frame->linesize, 0, frame->height, planes, strides);
    sws_freeContext(scaler);
    if (rows < 0) {
        media_picture_destroy(&picture);
        return MEDIA_TOO_MUCH_MEMORY;
    }
    *ret_picture = picture;
    return MEDIA_OK;
}

enum media_status media_video_picture(const uint8_t *bytes, size_t size,
                                      const struct media_limits *limits, int64_t deadline_ms,
                                      uint64_t at_ms, struct media_photo *photo,
                                      struct media_picture *ret_picture)
{
    struct reading reading = {
        .bytes = bytes, .size = (int64_t)size, .deadline_ms = deadline_ms, .stream = -1};
    av_log_set_level(AV_LOG_QUIET);
    enum media_status status = open_container(&reading, photo);
    if (status == MEDIA_OK)
        status = open_decoder(&reading, limits, photo);
    if (status == MEDIA_OK)
        status = find_frame(&reading, at_ms, photo);
    if (status == MEDIA_OK)
        status = state_sides(reading.frame->width, reading.frame->height, limits, photo);
    if (status == MEDIA_OK)
        status = scale(reading.frame, limits->medium_max_px, ret_picture);
    close_reading(&reading);
    return status;
}
