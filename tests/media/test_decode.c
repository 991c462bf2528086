/** What is taken: every form phones make, and thumbnails that show the same picture upright. */
#include "media_support.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jpeglib.h>

/** A picture's luminance. */
struct grey {
    uint32_t width, height;
    uint8_t *samples;
};

/** libjpeg's own plain way of decoding, as the oracle. */
static struct grey decode_plainly(struct bytes bytes)
{
    struct jpeg_decompress_struct info;
    struct jpeg_error_mgr errors;
    info.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, bytes.data, bytes.size);
    assert_int_equal(jpeg_read_header(&info, TRUE), JPEG_HEADER_OK);
    info.out_color_space = JCS_GRAYSCALE;
    assert_true(jpeg_start_decompress(&info));
    struct grey grey = {info.output_width, info.output_height,
                        malloc((size_t)info.output_width * info.output_height)};
    assert_non_null(grey.samples);
    while (info.output_scanline < info.output_height) {
        JSAMPROW row = grey.samples + (size_t)info.output_scanline * info.output_width;
        assert_int_equal(jpeg_read_scanlines(&info, &row, 1), 1);
    }
    jpeg_destroy_decompress(&info);
    return grey;
}

/** Mean absolute difference of two pictures of one size. */
static double difference(struct grey a, struct grey b)
{
    uint64_t sum = 0;
    size_t count = (size_t)a.width * a.height;
    assert_int_equal(a.width, b.width);
    assert_int_equal(a.height, b.height);
    for (size_t i = 0; i < count; i++)
        sum += (uint64_t)abs(a.samples[i] - b.samples[i]);
    return (double)sum / (double)count;
}

/** A quarter of the default sizes, so that photos to test with are a sixteenth; and so good that
 * compression hides no fault. */
static struct media_limits quarter_limits(void)
{
    struct media_limits limits = media_limits_default();
    limits.small_px /= 4;
    limits.medium_min_px /= 4;
    limits.medium_max_px /= 4;
    limits.thumbnail_quality = 98;
    return limits;
}

/** Both thumbnails and the answer. */
struct decoded {
    struct media_photo photo;
    struct bytes small, medium;
};

static struct decoded decode_whole(struct bytes bytes, struct media_limits limits)
{
    struct decoded result;
    int small_fd = support_file("", 0), medium_fd = support_file("", 0);
    media_photo_decode(bytes.data, bytes.size, &limits, small_fd, medium_fd, &result.photo);
    if (result.photo.status != MEDIA_OK)
        fail_msg("%s", media_status_code(result.photo.status));
    assert_true(media_photo_is_sane(&result.photo));
    result.small = support_read(small_fd);
    result.medium = support_read(medium_fd);
    (void)close(small_fd);
    (void)close(medium_fd);
    return result;
}

static struct decoded make_and_decode(struct photo_options options)
{
    struct bytes bytes = support_make(options);
    struct decoded result = decode_whole(bytes, quarter_limits());
    support_free(bytes);
    return result;
}

static void free_decoded(struct decoded decoded)
{
    support_free(decoded.small);
    support_free(decoded.medium);
}

static void assert_looks_like(struct bytes thumbnail, struct grey expected, double tolerance)
{
    struct grey actual = decode_plainly(thumbnail);
    double off = difference(actual, expected);
    if (off > tolerance)
        fail_msg("the pictures differ by %.2f on average", off);
    free(actual.samples);
}

/** One form of JPEG. */
struct form {
    const char *subsampling;
    bool progressive, grey, arithmetic;
    int restart_rows;
};

static void test_decode__takes_every_form_phones_make(void **state)
{
    (void)state;
    static const struct form forms[] = {
        {"420", false, false, false, 0}, {"422", false, false, false, 0},
        {"440", false, false, false, 0}, {"444", false, false, false, 0},
        {"411", false, false, false, 0}, {"420", true, false, false, 0},
        {"422", true, false, false, 0},  {"440", true, false, false, 0},
        {"444", true, false, false, 0},  {"420", false, true, false, 0},
        {"420", true, true, false, 0},   {"420", false, false, false, 1},
        {"444", true, false, false, 2},  {"420", false, false, true, 0},
        {"420", true, false, true, 0},
    };
    struct photo_options options = photo_options_default();
    options.width_px = 526;
    options.height_px = 374;
    options.quality = 95;
    struct decoded reference = make_and_decode(options);
    struct grey expected = decode_plainly(reference.medium);
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        options.subsampling = forms[i].subsampling;
        options.progressive = forms[i].progressive;
        options.grey = forms[i].grey;
        options.arithmetic = forms[i].arithmetic;
        options.restart_rows = forms[i].restart_rows;
        struct decoded decoded = make_and_decode(options);
        assert_int_equal(decoded.photo.progressive, forms[i].progressive);
        assert_int_equal(decoded.photo.grey, forms[i].grey);
        assert_int_equal(decoded.photo.warning_count, 0);
        assert_looks_like(decoded.medium, expected, 1.5);
        free_decoded(decoded);
    }
    free(expected.samples);
    free_decoded(reference);
}

static void test_decode__shrinks_truly(void **state)
{
    (void)state;
    struct photo_options options = photo_options_default();
    options.width_px = 320; /* as it is, then by four: the mean of 16 pixels is the oracle */
    options.height_px = 240;
    struct bytes bytes = support_make(options);
    struct grey whole = decode_plainly(bytes);
    struct decoded decoded = decode_whole(bytes, quarter_limits());
    assert_looks_like(decoded.medium, whole, 1.5);
    struct grey quarter = {80, 60, malloc((size_t)80 * 60)};
    assert_non_null(quarter.samples);
    for (size_t y = 0; y < 60; y++)
        for (size_t x = 0; x < 80; x++) {
            unsigned sum = 0;
            for (size_t k = 0; k < 16; k++)
                sum += whole.samples[(y * 4 + k / 4) * 320 + x * 4 + k % 4];
            quarter.samples[y * 80 + x] = (uint8_t)((sum + 8) / 16);
        }
    assert_looks_like(decoded.small, quarter, 1);
    free(quarter.samples);
    free(whole.samples);
    support_free(bytes);
    free_decoded(decoded);
}

static void test_decode__turns_all_orientations_upright(void **state)
{
    (void)state;
    struct photo_options options = photo_options_default();
    options.width_px = 401;
    options.height_px = 303;
    struct decoded reference = make_and_decode(options);
    struct grey small = decode_plainly(reference.small), medium = decode_plainly(reference.medium);
    for (int orientation = 2; orientation <= 8; orientation++) {
        options.exif.orientation = orientation;
        struct decoded decoded = make_and_decode(options);
        assert_int_equal(decoded.photo.exif.orientation, orientation);
        assert_int_equal(decoded.photo.width_px, 401);
        assert_int_equal(decoded.photo.height_px, 303);
        assert_int_equal(decoded.photo.stored_width_px, orientation >= 5 ? 303 : 401);
        assert_looks_like(decoded.small, small, 1.5);
        assert_looks_like(decoded.medium, medium, 2);
        free_decoded(decoded);
    }
    free(small.samples);
    free(medium.samples);
    free_decoded(reference);
}

static void test_decode__thumbnails_carry_no_metadata(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.exif.has_position = true;
    options.exif.orientation = 6;
    struct decoded decoded = make_and_decode(options);
    struct media_photo inside = support_decode(decoded.medium);
    assert_false(inside.exif.present);
    assert_int_equal(inside.exif.orientation, 1);
    for (size_t i = 0; i + 1 < decoded.medium.size; i++) {
        bool application = decoded.medium.data[i] == 0xFF && decoded.medium.data[i + 1] > 0xE0 &&
                           decoded.medium.data[i + 1] < 0xF0;
        assert_false(application);
    }
    free_decoded(decoded);
}

struct size_row {
    int width, height;
    uint32_t medium_width, medium_height, small_width, small_height;
};

static void test_decode__chooses_sizes(void **state)
{
    (void)state;
    static const struct size_row rows[] = {
        {1000, 750, 320, 240, 80, 60}, /* a half, then resampled */
        {1040, 780, 260, 195, 80, 60}, /* a quarter as it is */
        {2048, 16, 256, 2, 80, 1},     /* an eighth as it is */
        {512, 384, 256, 192, 80, 60},  {511, 375, 256, 188, 80, 59}, {510, 375, 320, 235, 80, 59},
        {320, 180, 320, 180, 80, 45},  {250, 188, 250, 188, 80, 60}, {80, 60, 80, 60, 80, 60},
        {15, 750, 7, 320, 2, 80},      {1, 1, 1, 1, 1, 1},           {17, 9, 17, 9, 17, 9},
        {1, 1250, 1, 313, 1, 80},      {1250, 1, 313, 1, 80, 1},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct photo_options options = photo_options_default();
        options.width_px = rows[i].width;
        options.height_px = rows[i].height;
        struct decoded decoded = make_and_decode(options);
        assert_int_equal(decoded.photo.medium.width_px, rows[i].medium_width);
        assert_int_equal(decoded.photo.medium.height_px, rows[i].medium_height);
        assert_int_equal(decoded.photo.small.width_px, rows[i].small_width);
        assert_int_equal(decoded.photo.small.height_px, rows[i].small_height);
        free_decoded(decoded);
    }
}

static void test_decode__odd_sizes_in_every_subsampling(void **state)
{
    (void)state;
    static const char *const samplings[] = {"420", "422", "440", "444", "411"};
    for (size_t i = 0; i < 5; i++)
        for (int width = 1; width < 40; width += 3)
            for (int height = 1; height < 40; height += 5) {
                struct photo_options options = photo_options_default();
                options.width_px = width;
                options.height_px = height;
                options.subsampling = samplings[i];
                options.progressive = (width + height) % 2 == 0;
                options.exif.orientation = 1 + (width + height) % 8;
                free_decoded(make_and_decode(options));
            }
}

static void test_decode__edges_are_clean(void **state)
{
    (void)state;
    struct photo_options options = photo_options_default();
    options.width_px = 41;
    options.height_px = 35;
    options.flat = true;
    struct media_limits limits = media_limits_default();
    limits.thumbnail_quality = 50; /* where what stands beside the picture would show */
    struct bytes bytes = support_make(options);
    struct decoded decoded = decode_whole(bytes, limits);
    struct grey grey = decode_plainly(decoded.medium);
    for (size_t i = 0; i < (size_t)grey.width * grey.height; i++)
        assert_in_range(grey.samples[i], 126, 130);
    free(grey.samples);
    support_free(bytes);
    free_decoded(decoded);
}

static void test_decode__measures_light_and_sharpness(void **state)
{
    (void)state;
    struct photo_options options = photo_options_default();
    options.width_px = 800;
    options.height_px = 600;
    struct media_photo usual = support_decode_options(options);
    options.dark = true;
    struct media_photo dark = support_decode_options(options);
    options.dark = false;
    options.blurred = true;
    struct media_photo blurred = support_decode_options(options);
    options = support_small_photo();
    options.flat = true;
    struct media_photo flat = support_decode_options(options);
    assert_true(usual.mean_luminance > 100 && usual.mean_luminance < 160);
    assert_true(dark.mean_luminance < 40);
    assert_true(blurred.sharpness < usual.sharpness / 20);
    support_assert_near(flat.mean_luminance, 128, 0.5);
    support_assert_near(flat.sharpness, 0, 0.01);
}

static void test_decode__tells_what_went_wrong_with_writing(void **state)
{
    (void)state;
    const struct media_limits limits = media_limits_default();
    struct bytes bytes = support_make(support_small_photo());
    struct media_photo photo;
    int read_only = open("/dev/full", O_WRONLY | O_CLOEXEC);
    assert_true(read_only >= 0);
    media_photo_decode(bytes.data, bytes.size, &limits, read_only, read_only, &photo);
    assert_int_equal(photo.status, MEDIA_WRITE_FAILED);
    assert_int_equal(photo.actual, ENOSPC);
    assert_true(media_status_is_retryable(photo.status));
    (void)close(read_only);
    support_free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode__takes_every_form_phones_make),
        cmocka_unit_test(test_decode__shrinks_truly),
        cmocka_unit_test(test_decode__turns_all_orientations_upright),
        cmocka_unit_test(test_decode__thumbnails_carry_no_metadata),
        cmocka_unit_test(test_decode__chooses_sizes),
        cmocka_unit_test(test_decode__odd_sizes_in_every_subsampling),
        cmocka_unit_test(test_decode__edges_are_clean),
        cmocka_unit_test(test_decode__measures_light_and_sharpness),
        cmocka_unit_test(test_decode__tells_what_went_wrong_with_writing),
    };
    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
