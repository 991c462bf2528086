#include "media_support.h"

#include <math.h>
#include <string.h>

static void test_photo__every_status_has_its_own_code_and_sentences(void **state)
{
    (void)state;
    for (int i = 0; i < MEDIA_STATUS_COUNT; i++) {
        const struct media_photo photo = {.status = (enum media_status)i, .limit = 7, .actual = 9};
        char english[MEDIA_SENTENCE_MAX], chinese[MEDIA_SENTENCE_MAX];
        media_photo_describe(&photo, MEDIA_ENGLISH, english, sizeof(english));
        media_photo_describe(&photo, MEDIA_CHINESE, chinese, sizeof(chinese));
        assert_true(strlen(english) > 10 && strlen(chinese) > 10);
        assert_string_not_equal(english, chinese);
        assert_null(strpbrk(english, "{}"));
        assert_null(strpbrk(chinese, "{}"));
        for (int k = 0; k < i; k++)
            assert_string_not_equal(media_status_code((enum media_status)i),
                                    media_status_code((enum media_status)k));
    }
}

static void test_photo__sentences_carry_the_numbers(void **state)
{
    (void)state;
    const struct media_photo photo = {
        .status = MEDIA_TOO_MANY_PIXELS, .limit = 210000000, .actual = 4290250000};
    char sentence[MEDIA_SENTENCE_MAX];
    media_photo_describe(&photo, MEDIA_ENGLISH, sentence, sizeof(sentence));
    assert_string_equal(sentence, "The photo has 4290250000 pixels; at most 210000000 are taken.");
    media_photo_describe(&photo, MEDIA_CHINESE, sentence, sizeof(sentence));
    assert_string_equal(sentence, "照片有 4290250000 像素；最多接受 210000000 像素。");
}

static void test_photo__sentences_are_cut_at_a_character_boundary(void **state)
{
    (void)state;
    const struct media_photo photo = {.status = MEDIA_EMPTY};
    char sentence[8];
    media_photo_describe(&photo, MEDIA_CHINESE, sentence, sizeof(sentence));
    assert_string_equal(sentence, "照片");
}

static void test_photo__only_our_faults_are_retryable(void **state)
{
    (void)state;
    assert_true(media_status_is_retryable(MEDIA_DECODER_KILLED));
    assert_true(media_status_is_retryable(MEDIA_WRITE_FAILED));
    assert_true(media_status_is_retryable(MEDIA_POOL_STOPPED));
    assert_false(media_status_is_retryable(MEDIA_TRUNCATED));
    assert_false(media_status_is_retryable(MEDIA_DECODER_CRASHED));
    assert_false(media_status_is_retryable(MEDIA_TIMED_OUT));
    assert_false(media_status_is_retryable((enum media_status)12345));
}

struct type_row {
    enum media_file_type type;
    size_t size;
    const char *bytes;
};

static void test_photo__tells_types_by_their_first_bytes(void **state)
{
    (void)state;
    static const struct type_row rows[] = {
        {MEDIA_TYPE_JPEG, 4, "\xFF\xD8\xFF\xE0"},
        {MEDIA_TYPE_HEIC, 12,
         "\0\0\0\x18"
         "ftypheic"},
        {MEDIA_TYPE_HEIC, 12,
         "\0\0\0\x18"
         "ftypmif1"},
        {MEDIA_TYPE_AVIF, 12,
         "\0\0\0\x18"
         "ftypavif"},
        {MEDIA_TYPE_MP4, 12,
         "\0\0\0\x18"
         "ftypisom"},
        {MEDIA_TYPE_PNG, 8, "\x89PNG\r\n\x1A\n"},
        {MEDIA_TYPE_WEBP, 12, "RIFF\0\0\0\0WEBP"},
        {MEDIA_TYPE_GIF, 6, "GIF89a"},
        {MEDIA_TYPE_PDF, 8, "%PDF-1.7"},
        {MEDIA_TYPE_ZIP, 4, "PK\x03\x04"},
        {MEDIA_TYPE_TIFF, 4, "II*\0"},
        {MEDIA_TYPE_HTML, 14, "<!DOCTYPE html"},
        {MEDIA_TYPE_UNKNOWN, 2, "\xFF\xD8"},
        {MEDIA_TYPE_UNKNOWN, 5, "hello"},
        {MEDIA_TYPE_UNKNOWN, 0, ""},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(media_file_type_detect((const uint8_t *)rows[i].bytes, rows[i].size),
                         rows[i].type);
}

static void test_photo__other_types_are_refused_by_name(void **state)
{
    (void)state;
    uint8_t heic[64] = "\0\0\0\x18"
                       "ftypheic";
    struct media_photo photo = support_decode((struct bytes){heic, sizeof(heic)});
    char sentence[MEDIA_SENTENCE_MAX];
    media_photo_describe(&photo, MEDIA_ENGLISH, sentence, sizeof(sentence));
    assert_int_equal(photo.status, MEDIA_UNSUPPORTED_TYPE);
    assert_string_equal(sentence, "The file is HEIC; only JPEG photos are taken.");
    assert_int_equal(support_decode((struct bytes){heic, 0}).status, MEDIA_EMPTY);
    assert_int_equal(support_decode((struct bytes){heic, 6}).status, MEDIA_NOT_JPEG);
}

static void test_photo__lies_are_seen(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.exif.time = "2026:11:21 10:00:00";
    const struct media_photo honest = support_decode_options(options);
    struct bytes bytes = support_make(options);
    const struct media_limits limits = media_limits_default();
    int small_fd = support_file("", 0), medium_fd = support_file("", 0);
    struct media_photo photo;
    media_photo_decode(bytes.data, bytes.size, &limits, small_fd, medium_fd, &photo);
    assert_true(media_photo_is_sane(&photo));
    assert_false(media_photo_is_sane(&honest)); /* nothing was written */
    const struct media_photo good = photo;
    static const uint8_t seven = 7;

#define ASSERT_SEEN(statement)                                                                     \
    do {                                                                                           \
        photo = good;                                                                              \
        statement;                                                                                 \
        assert_false(media_photo_is_sane(&photo));                                                 \
    } while (0)
    ASSERT_SEEN(photo.status = MEDIA_STATUS_COUNT);
    ASSERT_SEEN(photo.file_type = (enum media_file_type)99);
    ASSERT_SEEN(photo.file_type = MEDIA_TYPE_PNG);
    ASSERT_SEEN(photo.exif.orientation = 0);
    ASSERT_SEEN(photo.exif.orientation = 9);
    ASSERT_SEEN(photo.exif.lat_deg = NAN);
    ASSERT_SEEN(photo.exif.lat_deg = 90.001);
    ASSERT_SEEN(photo.exif.lon_deg = INFINITY);
    ASSERT_SEEN(photo.exif.accuracy_m = -1);
    ASSERT_SEEN(memset(photo.exif.model, 'a', sizeof(photo.exif.model)));
    ASSERT_SEEN(memcpy(photo.exif.make, "\xFF", 2));
    ASSERT_SEEN(memcpy(&photo.grey, &seven, 1));
    ASSERT_SEEN(memcpy(&photo.exif.has_position, &seven, 1));
    ASSERT_SEEN(memcpy(&photo.exif.original.present, &seven, 1));
    ASSERT_SEEN(photo.exif.original.offset_min = 100000);
    ASSERT_SEEN(photo.exif.original.local_ms = INT64_MAX);
    ASSERT_SEEN(photo.width_px++);
    ASSERT_SEEN(photo.stored_height_px = 70000);
    ASSERT_SEEN(photo.small.width_px = 0);
    ASSERT_SEEN(photo.medium.byte_count = 0);
    ASSERT_SEEN(photo.mean_luminance = 256);
    ASSERT_SEEN(photo.sharpness = -1);
#undef ASSERT_SEEN
    support_free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_photo__every_status_has_its_own_code_and_sentences),
        cmocka_unit_test(test_photo__sentences_carry_the_numbers),
        cmocka_unit_test(test_photo__sentences_are_cut_at_a_character_boundary),
        cmocka_unit_test(test_photo__only_our_faults_are_retryable),
        cmocka_unit_test(test_photo__tells_types_by_their_first_bytes),
        cmocka_unit_test(test_photo__other_types_are_refused_by_name),
        cmocka_unit_test(test_photo__lies_are_seen),
    };
    return cmocka_run_group_tests_name("photo", tests, NULL, NULL);
}
