#include "media/photo.h"
#include "media/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/** What is said of a status. {words} stand for the photo's own numbers and texts, see expand(). */
struct status_row {
    const char *code;
    bool retryable;
    const char *sentence[2]; /**< by enum media_language */
};

static const struct status_row rows[MEDIA_STATUS_COUNT] = {
    [MEDIA_OK] = {"photo_ok",
                  false,
                  {"The {medium} is in order: {width} × {height} pixels.",
                   "{medium}正常：{width} × {height} 像素。"}},
    [MEDIA_EMPTY] = {"photo_empty", false, {"The {medium} file is empty.", "{medium}文件是空的。"}},
    [MEDIA_NOT_JPEG] = {"photo_not_jpeg",
                        false,
                        {"The file is not a JPEG photo, nor of any type that is known.",
                         "文件不是 JPEG 照片，也不是可识别的类型。"}},
    [MEDIA_UNSUPPORTED_TYPE] = {"photo_unsupported_type",
                                false,
                                {"The file is {type}; only JPEG photos are taken.",
                                 "文件类型为 {type}；只接受 JPEG 照片。"}},
    [MEDIA_UNSUPPORTED_COLOUR] =
        {"photo_unsupported_colour",
         false,
         {"The photo has {actual} colour components in a form that cameras do not use (CMYK, YCCK "
          "or "
          "RGB); only YCbCr and grey are taken.",
          "照片有 {actual} 个颜色分量，且不是相机使用的色彩形式（CMYK、YCCK 或 RGB）；只接受 YCbCr "
          "和灰度。"}},
    [MEDIA_UNSUPPORTED_CODING] =
        {"photo_unsupported_coding",
         false,
         {"The photo uses a kind of JPEG that is not taken (lossless, hierarchical, or {actual} "
          "bits "
          "a sample); only 8-bit baseline and progressive are.",
          "照片采用了不接受的 JPEG 编码（无损、分层或每样本 {actual} 位）；只接受 8 "
          "位基线式和渐进式。"}},
    [MEDIA_TRUNCATED] =
        {"photo_truncated",
         false,
         {"The {medium} is incomplete: its {bytes} bytes end before the picture does.",
          "{medium}不完整：文件共 {bytes} 字节，图像未结束文件就已结束。"}},
    [MEDIA_DAMAGED] = {"photo_damaged",
                       false,
                       {"The {medium} is damaged and cannot be shown whole ({warning}).",
                        "{medium}已损坏，无法完整显示（{warning}）。"}},
    [MEDIA_TOO_MANY_BYTES] = {"photo_too_many_bytes",
                              false,
                              {"The {medium} has {actual} bytes; at most {limit} are taken.",
                               "{medium}有 {actual} 字节；最多接受 {limit} 字节。"}},
    [MEDIA_TOO_MANY_PIXELS] = {"photo_too_many_pixels",
                               false,
                               {"The {medium} has {actual} pixels; at most {limit} are taken.",
                                "{medium}有 {actual} 像素；最多接受 {limit} 像素。"}},
    [MEDIA_TOO_MANY_SCANS] = {"photo_too_many_scans",
                              false,
                              {"The photo has {actual} progressive scans or more; at most {limit} "
                               "are taken.",
                               "照片至少有 {actual} 次渐进扫描；最多接受 {limit} 次。"}},
    [MEDIA_TOO_MANY_SEGMENTS] = {"photo_too_many_segments",
                                 false,
                                 {"The photo has {actual} marker segments or more; at most {limit} "
                                  "are taken.",
                                  "照片至少有 {actual} 个标记段；最多接受 {limit} 个。"}},
    [MEDIA_TOO_MUCH_MEMORY] = {"photo_too_much_memory",
                               false,
                               {"Decoding the {medium} takes more than the {limit} bytes of memory "
                                "that are allowed.",
                                "解码{medium}所需内存超过允许的 {limit} 字节。"}},
    [MEDIA_EXIF_TOO_LARGE] = {"photo_exif_too_large",
                              false,
                              {"The photo has {actual} bytes of EXIF or more; at most {limit} are "
                               "taken.",
                               "照片的 EXIF 至少有 {actual} 字节；最多接受 {limit} 字节。"}},
    [MEDIA_TIMED_OUT] = {"photo_timed_out",
                         false,
                         {"Decoding the {medium} took longer than the {limit} ms that are allowed.",
                          "解码{medium}超过允许的 {limit} 毫秒。"}},
    [MEDIA_DECODER_CRASHED] = {"photo_decoder_crashed",
                               false,
                               {"The {medium} made its decoder stop (signal {actual}).",
                                "{medium}导致解码进程异常停止（信号 {actual}）。"}},
    [MEDIA_DECODER_LIED] = {"photo_decoder_lied",
                            false,
                            {"The {medium} made its decoder answer nonsense.",
                             "{medium}导致解码进程给出无意义的结果。"}},
    [MEDIA_DECODER_KILLED] = {"photo_decoder_killed",
                              true,
                              {"The decoder was killed from outside; try again.",
                               "解码进程被外部终止；请重试。"}},
    [MEDIA_READ_FAILED] =
        {"photo_read_failed",
         true,
         {"The server could not read the {medium} back (error {actual}); try again.",
          "服务器无法读回{medium}（错误 {actual}）；请重试。"}},
    [MEDIA_WRITE_FAILED] = {"photo_write_failed",
                            true,
                            {"The server could not write the thumbnails (error {actual}); try "
                             "again.",
                             "服务器无法写入缩略图（错误 {actual}）；请重试。"}},
    [MEDIA_POOL_BUSY] = {"photo_pool_busy",
                         true,
                         {"No decoder became free within {limit} ms; try again.",
                          "{limit} 毫秒内没有空闲的解码进程；请重试。"}},
    [MEDIA_POOL_STOPPED] = {"photo_pool_stopped",
                            true,
                            {"The server is stopping; try again.", "服务器正在停止；请重试。"}},
    [MEDIA_VIDEO_UNSUPPORTED_TYPE] =
        {"video_unsupported_type",
         false,
         {"A video was announced, but the file is {type}; only MP4 and "
          "QuickTime videos are taken.",
          "应为视频，但文件类型为 {type}；只接受 MP4 和 QuickTime 视频。"}},
    [MEDIA_VIDEO_UNSUPPORTED_CODING] = {"video_unsupported_coding",
                                        false,
                                        {"The video is coded as {warning}; H.264, H.265 and MPEG-4 "
                                         "are taken.",
                                         "视频编码为 {warning}；只接受 H.264、H.265 和 MPEG-4。"}},
    [MEDIA_VIDEO_WITHOUT_PICTURES] = {"video_without_pictures",
                                      false,
                                      {"The file holds no pictures, at most sound.",
                                       "文件中没有画面，至多只有声音。"}},
};

/** Text under construction; what does not fit is dropped. */
struct writer {
    char *text;
    size_t size;
    size_t used;
};

static void append(struct writer *writer, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t character = media_text_character_length(text + i, length - i);
        if (character == 0 || writer->used + character >= writer->size)
            break;
        memcpy(writer->text + writer->used, text + i, character);
        writer->used += character;
        i += character;
    }
    writer->text[writer->used] = '\0';
}

static void append_number(struct writer *writer, uint64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof(digits), "%" PRIu64, number);
    append(writer, digits, (size_t)length);
}

static bool word_is(const char *word, size_t length, const char *name)
{
    return strlen(name) == length && memcmp(word, name, length) == 0;
}

/** "photo" or "video", as the file's type tells. */
static const char *medium_of(const struct media_photo *photo, enum media_language language)
{
    static const char *const names[2][2] = {{"photo", "照片"}, {"video", "视频"}};
    return names[photo->file_type == MEDIA_TYPE_MP4][language == MEDIA_CHINESE];
}

static void expand(struct writer *writer, const struct media_photo *photo,
                   enum media_language language, const char *word, size_t length)
{
    const char *medium = medium_of(photo, language);
    if (word_is(word, length, "medium"))
        append(writer, medium, strlen(medium));
    else if (word_is(word, length, "limit"))
        append_number(writer, photo->limit);
    else if (word_is(word, length, "actual"))
        append_number(writer, photo->actual);
    else if (word_is(word, length, "bytes"))
        append_number(writer, photo->byte_count);
    else if (word_is(word, length, "width"))
        append_number(writer, photo->width_px);
    else if (word_is(word, length, "height"))
        append_number(writer, photo->height_px);
    else if (word_is(word, length, "type"))
        append(writer, media_file_type_name(photo->file_type),
               strlen(media_file_type_name(photo->file_type)));
    else if (word_is(word, length, "warning"))
        append(writer, photo->first_warning,
               strnlen(photo->first_warning, sizeof(photo->first_warning)));
}

static const struct status_row *row_of(enum media_status status)
{
    return (unsigned)status < MEDIA_STATUS_COUNT ? &rows[status] : &rows[MEDIA_DECODER_LIED];
}

const char *media_status_code(enum media_status status)
{
    return row_of(status)->code;
}

bool media_status_is_retryable(enum media_status status)
{
    return row_of(status)->retryable;
}

void media_photo_describe(const struct media_photo *photo, enum media_language language,
                          char *ret_sentence, size_t sentence_size)
{
    struct writer writer = {ret_sentence, sentence_size, 0};
    const char *rest =
        row_of(photo->status)->sentence[language == MEDIA_CHINESE ? MEDIA_CHINESE : MEDIA_ENGLISH];
    if (sentence_size == 0)
        return;
    while (*rest != '\0') {
        size_t plain = strcspn(rest, "{");
        append(&writer, rest, plain);
        rest += plain;
        if (*rest == '\0')
            break;
        size_t word = strcspn(rest + 1, "}");
        expand(&writer, photo, language, rest + 1, word);
        rest += word + 2;
    }
}
