/** What is refused and what is not, and that bombs cost nothing. */
#include "media_support.h"

#include "media/jpeg_survey.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static enum media_status status_of(struct bytes bytes)
{
    struct media_photo photo = support_decode(bytes);
    support_free(bytes);
    return photo.status;
}

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
    assert_int_equal(status_of(bytes), MEDIA_TOO_MANY_SEGMENTS);
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
    assert_int_equal(status_of(lossless), MEDIA_UNSUPPORTED_CODING);
    assert_int_equal(status_of(deep), MEDIA_UNSUPPORTED_CODING);
}

/** Every cut of a file, coarsely all along and finely at the end, is refused as truncated. */
static void assert_all_cuts_refused(struct photo_options options, size_t harmless_bytes)
{
    struct bytes bytes = support_make(options);
    for (size_t lost = harmless_bytes + 1; lost < bytes.size - 3;
         lost += lost < 200 ? 1 : bytes.size / 50) {
        struct media_photo photo = support_decode((struct bytes){bytes.data, bytes.size - lost});
        if (photo.status != MEDIA_TRUNCATED)
            fail_msg("%zu of %zu bytes lost: %s", lost, bytes.size,
                     media_status_code(photo.status));
    }
    support_free(bytes);
}

static void test_refusals__truncated_anywhere(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.width_px = 320;
    options.height_px = 240;
    assert_all_cuts_refused(options, 3); /* the marker, and a byte that may be all padding */
    options.progressive = true;
    assert_all_cuts_refused(options, 0);
    options.progressive = false;
    options.restart_rows = 1;
    assert_all_cuts_refused(options, 3);
    options.restart_rows = 0;
    options.arithmetic = true;
    assert_all_cuts_refused(options, 0);
}

/** No row is missing, so nothing is. */
static void test_refusals__not_a_missing_end_of_image(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.drop_last_bytes = 2;
    struct media_photo photo = support_decode_options(options);
    assert_int_equal(photo.status, MEDIA_OK);
    assert_int_equal(photo.warning_count, 0);
}

/** A copy that broke off leaves zeros on many file systems: the size is right, the rest is not. */
static void test_refusals__a_tail_of_zeros(void **state)
{
    (void)state;
    for (size_t part = 1; part < 8; part++) {
        struct bytes bytes = support_make(support_small_photo());
        size_t kept = bytes.size / 8 * part;
        memset(bytes.data + kept, 0, bytes.size - kept);
        assert_int_equal(status_of(bytes), MEDIA_TRUNCATED);
    }
}

static void test_refusals__a_hole_in_the_data(void **state)
{
    (void)state;
    struct bytes bytes = support_make(support_small_photo());
    size_t middle = bytes.size / 2;
    memmove(bytes.data + middle, bytes.data + middle + 3000, bytes.size - middle - 3000);
    bytes.size -= 3000;
    struct media_photo photo = support_decode(bytes);
    char sentence[MEDIA_SENTENCE_MAX];
    media_photo_describe(&photo, MEDIA_ENGLISH, sentence, sizeof(sentence));
    assert_int_equal(photo.status, MEDIA_DAMAGED);
    assert_string_equal(sentence, "The photo is damaged and cannot be shown whole (Corrupt JPEG "
                                  "data: premature end of data segment).");
    support_free(bytes);
}

static void test_refusals__impossible_codes(void **state)
{
    (void)state;
    struct bytes bytes = support_make(support_small_photo());
    for (size_t i = 0; i < 64; i++)
        bytes.data[bytes.size - 1000 + i] = i % 2 == 0 ? 0xFF : 0x00; /* all ones is no code */
    struct media_photo photo = support_decode(bytes);
    assert_int_equal(photo.status, MEDIA_DAMAGED);
    assert_string_equal(photo.first_warning, "Corrupt JPEG data: bad Huffman code");
    support_free(bytes);
}

static void test_refusals__a_lost_restart_interval(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.restart_rows = 1;
    struct bytes bytes = support_make(options);
    size_t first = support_find_marker(bytes, 0xD2, 0),
           second = support_find_marker(bytes, 0xD3, 0);
    memmove(bytes.data + first, bytes.data + second, bytes.size - second);
    bytes.size -= second - first;
    assert_int_equal(status_of(bytes), MEDIA_DAMAGED);
}

/** Bytes where a restart marker stood, so that an interval goes missing. */
static void test_refusals__a_lost_restart_marker(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.restart_rows = 1;
    struct bytes bytes = support_make(options);
    memcpy(bytes.data + support_find_marker(bytes, 0xD2, 0), "\x12\x34", 2);
    assert_int_equal(status_of(bytes), MEDIA_DAMAGED);
}

static void test_refusals__not_a_misnumbered_restart_marker(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.restart_rows = 1;
    struct bytes bytes = support_make(options);
    bytes.data[support_find_marker(bytes, 0xD2, 0) + 1] = 0xD6;
    struct media_photo photo = support_decode(bytes);
    assert_int_equal(photo.status, MEDIA_OK);
    assert_int_equal(photo.warning_count, 1);
    support_free(bytes);
}

static void test_refusals__left_over_data(void **state)
{
    (void)state;
    struct bytes bytes = support_make(support_small_photo());
    uint8_t noise[500];
    for (size_t i = 0; i < sizeof(noise); i++)
        noise[i] = (uint8_t)(i * 7 % 251);
    bytes = support_insert(bytes, bytes.size - 2, noise, sizeof(noise));
    assert_int_equal(status_of(bytes), MEDIA_DAMAGED);
}

static void test_refusals__not_padding(void **state)
{
    (void)state;
    static const uint8_t zeros[5000];
    struct bytes bytes = support_make(support_small_photo());
    bytes = support_insert(bytes, bytes.size - 2, zeros, sizeof(zeros));
    struct media_photo photo = support_decode(bytes);
    assert_int_equal(photo.status, MEDIA_OK);
    assert_true(photo.warning_count > 0);
    assert_non_null(strstr(photo.first_warning, "extraneous bytes before marker 0xd9"));
    support_free(bytes);
}

static void test_refusals__not_bytes_between_segments(void **state)
{
    (void)state;
    struct bytes bytes = support_make(support_small_photo());
    bytes = support_insert(bytes, support_find_marker(bytes, 0xDB, 0), "junkjunk", 8);
    struct media_photo photo = support_decode(bytes);
    assert_int_equal(photo.status, MEDIA_OK);
    assert_int_equal(photo.warning_count, 1);
    support_free(bytes);
}

/** Samsung SM-J120F: https://github.com/libvips/libvips/issues/2309 */
static void test_refusals__not_odd_scan_parameters(void **state)
{
    (void)state;
    struct bytes bytes = support_make(support_small_photo());
    bytes.data[support_find_marker(bytes, 0xDA, 0) + 12] = 0; /* Se, 63 in sequential files */
    struct media_photo photo = support_decode(bytes);
    assert_int_equal(photo.status, MEDIA_OK);
    assert_string_equal(photo.first_warning, "Invalid SOS parameters for sequential JPEG");
    support_free(bytes);
}

/** Motion photos, gain maps, makers' trailers: all stand behind the end of the picture. */
static void test_refusals__not_what_follows_the_picture(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.trailing_bytes = 100000;
    struct bytes bytes = support_make(options);
    struct media_photo photo = support_decode(bytes);
    assert_int_equal(photo.status, MEDIA_OK);
    assert_int_equal(photo.warning_count, 0);
    support_free(bytes);
    bytes = support_make(support_small_photo());
    struct bytes second = support_make(support_small_photo());
    bytes = support_insert(bytes, bytes.size, second.data, second.size);
    assert_int_equal(status_of(bytes), MEDIA_OK);
    support_free(second);
}

static void test_refusals__only_headers(void **state)
{
    (void)state;
    static uint8_t nothing[] = {0xFF, 0xD8, 0xFF, 0xD9};
    static uint8_t endless[] = {0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x00};
    assert_int_equal(support_decode((struct bytes){nothing, 4}).status, MEDIA_DAMAGED);
    assert_int_equal(support_decode((struct bytes){nothing, 3}).status, MEDIA_TRUNCATED);
    assert_int_equal(support_decode((struct bytes){endless, 6}).status, MEDIA_DAMAGED);
    struct photo_options options = support_small_photo();
    options.declared_width = 0;
    struct bytes bytes = support_make(options);
    memset(bytes.data + support_find_marker(bytes, 0xC0, 0) + 5, 0, 4);
    assert_int_equal(status_of(bytes), MEDIA_DAMAGED);
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
        cmocka_unit_test(test_refusals__truncated_anywhere),
        cmocka_unit_test(test_refusals__not_a_missing_end_of_image),
        cmocka_unit_test(test_refusals__a_tail_of_zeros),
        cmocka_unit_test(test_refusals__a_hole_in_the_data),
        cmocka_unit_test(test_refusals__impossible_codes),
        cmocka_unit_test(test_refusals__a_lost_restart_interval),
        cmocka_unit_test(test_refusals__a_lost_restart_marker),
        cmocka_unit_test(test_refusals__not_a_misnumbered_restart_marker),
        cmocka_unit_test(test_refusals__left_over_data),
        cmocka_unit_test(test_refusals__not_padding),
        cmocka_unit_test(test_refusals__not_bytes_between_segments),
        cmocka_unit_test(test_refusals__not_odd_scan_parameters),
        cmocka_unit_test(test_refusals__not_what_follows_the_picture),
        cmocka_unit_test(test_refusals__only_headers),
    };
    return cmocka_run_group_tests_name("refusals", tests, NULL, NULL);
}
