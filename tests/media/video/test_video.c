/** Videos: what their files say, the picture that stands for them, and what is refused. */
#include "video_support.h"

#include "media/decoder_pool.h"
#include "media/video/decode.h"

#include <string.h>
#include <unistd.h>

enum { TEN_FIFTEEN_MS = 36930000 };

/* 2026-11-20T00:00:00 */
static const int64_t DAY_S = 1795132800;

static void test_video__a_phones_video_says_when_and_where(void **state)
{
    (void)state;
    struct media_photo video = video_decode_named("phone.mp4");
    assert_int_equal(video.status, MEDIA_OK);
    assert_int_equal(video.file_type, MEDIA_TYPE_MP4);
    assert_int_equal(video.duration_ms, 2000);
    assert_int_equal(video.width_px, 640);
    assert_int_equal(video.height_px, 360);
    assert_true(video.exif.has_position);
    support_assert_near(video.exif.lat_deg, 31.2304, 2e-5);
    support_assert_near(video.exif.lon_deg, 121.4737, 2e-5);
    assert_true(video.exif.original.has_offset);
    assert_int_equal(video.exif.original.offset_min, 0);
    assert_int_equal(video.exif.original.local_ms, (DAY_S + 8130) * 1000);
}

static void test_video__an_iphones_video_names_its_camera_and_zone(void **state)
{
    (void)state;
    struct media_photo video = video_decode_named("apple.mov");
    assert_int_equal(video.status, MEDIA_OK);
    assert_string_equal(video.exif.make, "Apple");
    assert_string_equal(video.exif.model, "iPhone 15 Pro");
    assert_string_equal(video.exif.software, "17.1");
    support_assert_near(video.exif.lat_deg, 39.9042, 1e-9);
    support_assert_near(video.exif.accuracy_m, 6.5, 1e-9);
    assert_int_equal(video.exif.original.offset_min, 480);
    assert_int_equal(video.exif.original.local_ms, DAY_S * 1000 + TEN_FIFTEEN_MS);
}

static void test_video__a_place_in_words_is_read(void **state)
{
    (void)state;
    struct media_photo video = video_decode_named("android.mov");
    assert_true(video.exif.has_position);
    support_assert_near(video.exif.lat_deg, -33.8688, 1e-9);
    support_assert_near(video.exif.lon_deg, 151.2093, 1e-9);
}

static void test_video__older_codings_are_taken(void **state)
{
    (void)state;
    struct media_photo video = video_decode_named("mpeg4.mp4");
    assert_int_equal(video.status, MEDIA_OK);
    assert_false(video.exif.present);
}

static void test_video__the_picture_is_upright(void **state)
{
    (void)state;
    struct media_photo video = video_decode_named("turned.mp4");
    assert_int_equal(video.status, MEDIA_OK);
    assert_int_equal(video.stored_width_px, 640);
    assert_int_equal(video.width_px, 360);
    assert_int_equal(video.medium.width_px, 360);
    assert_int_equal(video.medium.height_px, 640);
    assert_int_equal(video.small.height_px, 320);
}

static void test_video__the_picture_shows_what_was_recorded(void **state)
{
    (void)state;
    struct media_photo video = video_decode_named("plain.mp4");
    assert_true(video.mean_luminance > 60 && video.mean_luminance < 200);
    assert_true(video.sharpness > 100);
}

static void assert_refused(const char *name, enum media_status status, const char *words)
{
    struct media_photo video = video_decode_named(name);
    char sentence[MEDIA_SENTENCE_MAX];
    media_photo_describe(&video, MEDIA_ENGLISH, sentence, sizeof(sentence));
    assert_int_equal(video.status, status);
    if (strstr(sentence, words) == NULL)
        fail_msg("%s", sentence);
}

static void test_video__what_is_no_video_is_refused_by_its_name(void **state)
{
    (void)state;
    assert_refused("web.webm", MEDIA_VIDEO_UNSUPPORTED_TYPE, "the file is unknown");
    assert_refused("sound.mp4", MEDIA_VIDEO_WITHOUT_PICTURES, "no pictures");
    assert_refused("motion.mp4", MEDIA_VIDEO_UNSUPPORTED_CODING, "coded as mjpeg");
    struct bytes jpeg = support_make(support_small_photo());
    struct media_photo photo = video_decode(jpeg);
    support_free(jpeg);
    assert_int_equal(photo.status, MEDIA_VIDEO_UNSUPPORTED_TYPE);
    assert_int_equal(photo.file_type, MEDIA_TYPE_JPEG);
}

/** A recording that was cut anywhere is told to be incomplete, never taken. */
static void test_video__every_cut_is_noticed(void **state)
{
    (void)state;
    struct bytes whole = video_read("phone.mp4");
    for (size_t size = 1; size < whole.size; size += 97) {
        struct media_photo video = video_decode((struct bytes){whole.data, size});
        if (video.status != MEDIA_TRUNCATED && size >= 8)
            fail_msg("%zu of %zu bytes: %s", size, whole.size, media_status_code(video.status));
    }
    support_free(whole);
}

static void test_video__noise_for_pictures_is_damage(void **state)
{
    (void)state;
    struct bytes bytes = video_read("plain.mp4");
    uint8_t *data = memmem(bytes.data, bytes.size, "mdat", 4);
    uint8_t *movie = memmem(bytes.data, bytes.size, "moov", 4);
    assert_true(data != NULL && movie > data);
    for (uint8_t *at = data + 4; at < movie - 4; at++)
        *at = (uint8_t)((at - data) * 167 >> 3);
    struct media_photo video = video_decode(bytes);
    assert_int_equal(video.status, MEDIA_DAMAGED);
    support_free(bytes);
}

static void test_video__too_many_pixels_are_refused(void **state)
{
    (void)state;
    struct bytes bytes = video_read("plain.mp4");
    struct media_limits limits = media_limits_default();
    struct media_photo video;
    limits.max_pixels = 640 * 360 - 1;
    media_video_decode(bytes.data, bytes.size, &limits, -1, -1, &video);
    assert_int_equal(video.status, MEDIA_TOO_MANY_PIXELS);
    assert_int_equal(video.actual, 640 * 360);
    support_free(bytes);
}

/** The codecs run inside the real sandbox, in the real program. */
static void test_video__the_pool_decodes_it_in_the_sandbox(void **state)
{
    (void)state;
    static const char *const names[] = {"phone.mp4", "apple.mov", "mpeg4.mp4", "turned.mp4"};
    const char *argv[] = {video_decoder_program(), NULL};
    struct media_decoder_pool_config config = {
        .argv = argv, .process_count = 1, .limits = media_limits_default()};
    struct media_decoder_pool *pool = NULL;
    assert_int_equal(media_decoder_pool_create(&config, &pool), 0);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct bytes bytes = video_read(names[i]);
        struct media_photo video;
        int file = support_file(bytes.data, bytes.size);
        int small = support_file("", 0), medium = support_file("", 0);
        assert_int_equal(media_decoder_pool_decode(pool, file, small, medium, &video), 0);
        if (video.status != MEDIA_OK)
            fail_msg("%s: %s %s", names[i], media_status_code(video.status), video.first_warning);
        struct bytes poster = support_read(medium);
        assert_int_equal(poster.size, video.medium.byte_count);
        assert_int_equal(media_file_type_detect(poster.data, poster.size), MEDIA_TYPE_JPEG);
        support_free(poster);
        support_free(bytes);
        (void)close(file), (void)close(small), (void)close(medium);
    }
    media_decoder_pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_video__a_phones_video_says_when_and_where),
        cmocka_unit_test(test_video__an_iphones_video_names_its_camera_and_zone),
        cmocka_unit_test(test_video__a_place_in_words_is_read),
        cmocka_unit_test(test_video__older_codings_are_taken),
        cmocka_unit_test(test_video__the_picture_is_upright),
        cmocka_unit_test(test_video__the_picture_shows_what_was_recorded),
        cmocka_unit_test(test_video__what_is_no_video_is_refused_by_its_name),
        cmocka_unit_test(test_video__every_cut_is_noticed),
        cmocka_unit_test(test_video__noise_for_pictures_is_damage),
        cmocka_unit_test(test_video__too_many_pixels_are_refused),
        cmocka_unit_test(test_video__the_pool_decodes_it_in_the_sandbox),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
