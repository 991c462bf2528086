/** What asks too much is refused before it costs anything, and so is what cannot be shown. */
#include "media_support.h"

#include "media/jpeg_survey.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static double cpu_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/** Refuses within a time of CPU. @return the answer. */
static struct media_photo refuse_fast(struct photo_options options, double most_ms)
{
    struct bytes bytes = support_make(options);
    double start_ms = cpu_ms();
    struct media_photo photo = support_decode(bytes);
    double spent_ms = cpu_ms() - start_ms;
    if (spent_ms > most_ms)
        fail_msg("%s took %.1f ms", media_status_code(photo.status), spent_ms);
    support_free(bytes);
    return photo;
}

static void test_refusals__a_header_that_claims_too_many_pixels(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.declared_width = options.declared_height = 65500;
    struct media_photo photo = refuse_fast(options, 100);
    assert_int_equal(photo.status, MEDIA_TOO_MANY_PIXELS);
    assert_int_equal(photo.limit, 210000000);
    assert_int_equal(photo.actual, 4290250000);
    assert_int_equal(photo.width_px, 65500);
}

static void test_refusals__too_many_scans(void **state)
{
    (void)state;
    struct photo_options options = photo_options_default();
    options.flat = true;
    options.scan_count = 10000;
    struct media_photo photo = refuse_fast(options, 500);
    assert_int_equal(photo.status, MEDIA_TOO_MANY_SCANS);
    assert_int_equal(photo.limit, 32);
    assert_int_equal(photo.actual, 33);
    options.width_px = 400;
    options.scan_count = 33;
    assert_int_equal(support_decode_options(options).status, MEDIA_TOO_MANY_SCANS);
    options.scan_count = 32;
    assert_int_equal(support_decode_options(options).status, MEDIA_OK);
}

/** The decoder stops at these, too; but only after it has taken memory. */
static void test_refusals__bombs_end_before_decoding(void **state)
{
    (void)state;
    const struct media_limits limits = media_limits_default();
    struct photo_options options = support_small_photo();
    struct media_survey survey;
    options.flat = true;
    options.scan_count = 1000;
    struct bytes scans = support_make(options);
    options.scan_count = 0;
    options.cmyk = true;
    struct bytes cmyk = support_make(options);
    assert_int_equal(media_jpeg_survey(scans.data, scans.size, &limits, &survey).status,
                     MEDIA_TOO_MANY_SCANS);
    assert_int_equal(media_jpeg_survey(cmyk.data, cmyk.size, &limits, &survey).status,
                     MEDIA_UNSUPPORTED_COLOUR);
    support_free(scans);
    support_free(cmyk);
}

static void test_refusals__huge_exif(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.exif.filler_bytes = 8000000;
    struct media_photo photo = refuse_fast(options, 100);
    assert_int_equal(photo.status, MEDIA_EXIF_TOO_LARGE);
    assert_int_equal(photo.limit, 131072);
    assert_true(photo.actual > photo.limit);
    options.exif.filler_bytes = 65533;
    options.exif.has_position = true;
    photo = support_decode_options(options);
    assert_int_equal(photo.status, MEDIA_OK);
    assert_true(photo.exif.has_position);
}

static void test_refusals__too_many_segments(void **state)
{
    (void)state;
    struct bytes bytes = support_make(support_small_photo());
    uint8_t comments[4 * 1100];
    for (size_t i = 0; i < sizeof(comments); i += 4)
        memcpy(comments + i, "\xFF\xFE\0\x02", 4);
    bytes = support_insert(bytes, 2, comments, sizeof(comments));
    assert_int_equal(support_status(bytes), MEDIA_TOO_MANY_SEGMENTS);
}

static void test_refusals__limits_are_the_callers(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    struct media_limits limits = media_limits_default();
    struct media_photo photo;
    struct bytes bytes = support_make(options);
    limits.max_bytes = bytes.size;
    media_photo_decode(bytes.data, bytes.size, &limits, -1, -1, &photo);
    assert_int_equal(photo.status, MEDIA_OK);
    limits.max_bytes--;
    media_photo_decode(bytes.data, bytes.size, &limits, -1, -1, &photo);
    assert_int_equal(photo.status, MEDIA_TOO_MANY_BYTES);
    assert_int_equal(photo.actual, bytes.size);
    limits = media_limits_default();
    limits.max_pixels = 640 * 480 - 1;
    media_photo_decode(bytes.data, bytes.size, &limits, -1, -1, &photo);
    assert_int_equal(photo.status, MEDIA_TOO_MANY_PIXELS);
    support_free(bytes);
}

static void test_refusals__progressive_memory_is_known_before_it_is_taken(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    struct media_limits limits = media_limits_default();
    struct media_photo photo;
    options.progressive = true;
    struct bytes bytes = support_make(options);
    limits.max_memory_bytes = 640 * 480 * 3; /* 1.5 samples a pixel, 2 bytes each */
    media_photo_decode(bytes.data, bytes.size, &limits, -1, -1, &photo);
    assert_int_equal(photo.status, MEDIA_OK);
    limits.max_memory_bytes--;
    media_photo_decode(bytes.data, bytes.size, &limits, -1, -1, &photo);
    assert_int_equal(photo.status, MEDIA_TOO_MUCH_MEMORY);
    assert_int_equal(photo.actual, limits.max_memory_bytes + 1);
    support_free(bytes);
}

static void test_refusals__time(void **state)
{
    (void)state;
    struct photo_options options = photo_options_default();
    struct media_limits limits = media_limits_default();
    struct media_photo photo;
    options.width_px = 2000;
    options.height_px = 1500;
    struct bytes bytes = support_make(options);
    limits.deadline_ms = 3;
    media_photo_decode(bytes.data, bytes.size, &limits, -1, -1, &photo);
    assert_int_equal(photo.status, MEDIA_TIMED_OUT);
    assert_int_equal(photo.limit, 3);
    support_free(bytes);
}

static void test_refusals__colours_of_printers(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.cmyk = true;
    struct media_photo photo = support_decode_options(options);
    assert_int_equal(photo.status, MEDIA_UNSUPPORTED_COLOUR);
    assert_int_equal(photo.actual, 4);
    options.cmyk = false;
    options.rgb = true;
    assert_int_equal(support_decode_options(options).status, MEDIA_UNSUPPORTED_COLOUR);
}

static void test_refusals__lossless_and_12_bit(void **state)
{
    (void)state;
    struct bytes lossless = support_make(support_small_photo());
    struct bytes deep = support_make(support_small_photo());
    lossless.data[support_find_marker(lossless, 0xC0, 0) + 1] = 0xC3;
    deep.data[support_find_marker(deep, 0xC0, 0) + 4] = 12;
    assert_int_equal(support_status(lossless), MEDIA_UNSUPPORTED_CODING);
    assert_int_equal(support_status(deep), MEDIA_UNSUPPORTED_CODING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refusals__a_header_that_claims_too_many_pixels),
        cmocka_unit_test(test_refusals__too_many_scans),
        cmocka_unit_test(test_refusals__bombs_end_before_decoding),
        cmocka_unit_test(test_refusals__huge_exif),
        cmocka_unit_test(test_refusals__too_many_segments),
        cmocka_unit_test(test_refusals__limits_are_the_callers),
        cmocka_unit_test(test_refusals__progressive_memory_is_known_before_it_is_taken),
        cmocka_unit_test(test_refusals__time),
        cmocka_unit_test(test_refusals__colours_of_printers),
        cmocka_unit_test(test_refusals__lossless_and_12_bit),
    };
    return cmocka_run_group_tests_name("refusals", tests, NULL, NULL);
}
