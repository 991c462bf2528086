/** Photos of which something is missing or wrong: which are refused, and which are harmless. */
#include "media_support.h"

#include <string.h>

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

static void test_damage__truncated_anywhere(void **state)
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
static void test_damage__not_a_missing_end_of_image(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.drop_last_bytes = 2;
    struct media_photo photo = support_decode_options(options);
    assert_int_equal(photo.status, MEDIA_OK);
    assert_int_equal(photo.warning_count, 0);
}

/** A copy that broke off leaves zeros on many file systems: the size is right, the rest is not. */
static void test_damage__a_tail_of_zeros(void **state)
{
    (void)state;
    for (size_t part = 1; part < 8; part++) {
        struct bytes bytes = support_make(support_small_photo());
        size_t kept = bytes.size / 8 * part;
        memset(bytes.data + kept, 0, bytes.size - kept);
        assert_int_equal(support_status(bytes), MEDIA_TRUNCATED);
    }
}

static void test_damage__a_hole_in_the_data(void **state)
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

static void test_damage__impossible_codes(void **state)
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

static void test_damage__a_lost_restart_interval(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.restart_rows = 1;
    struct bytes bytes = support_make(options);
    size_t first = support_find_marker(bytes, 0xD2, 0),
           second = support_find_marker(bytes, 0xD3, 0);
    memmove(bytes.data + first, bytes.data + second, bytes.size - second);
    bytes.size -= second - first;
    assert_int_equal(support_status(bytes), MEDIA_DAMAGED);
}

/** Bytes where a restart marker stood, so that an interval goes missing. */
static void test_damage__a_lost_restart_marker(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.restart_rows = 1;
    struct bytes bytes = support_make(options);
    memcpy(bytes.data + support_find_marker(bytes, 0xD2, 0), "\x12\x34", 2);
    assert_int_equal(support_status(bytes), MEDIA_DAMAGED);
}

static void test_damage__not_a_misnumbered_restart_marker(void **state)
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

static void test_damage__left_over_data(void **state)
{
    (void)state;
    struct bytes bytes = support_make(support_small_photo());
    uint8_t noise[500];
    for (size_t i = 0; i < sizeof(noise); i++)
        noise[i] = (uint8_t)(i * 7 % 251);
    bytes = support_insert(bytes, bytes.size - 2, noise, sizeof(noise));
    assert_int_equal(support_status(bytes), MEDIA_DAMAGED);
}

static void test_damage__not_padding(void **state)
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

static void test_damage__not_bytes_between_segments(void **state)
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
static void test_damage__not_odd_scan_parameters(void **state)
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
static void test_damage__not_what_follows_the_picture(void **state)
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
    assert_int_equal(support_status(bytes), MEDIA_OK);
    support_free(second);
}

static void test_damage__only_headers(void **state)
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
    assert_int_equal(support_status(bytes), MEDIA_DAMAGED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_damage__truncated_anywhere),
        cmocka_unit_test(test_damage__not_a_missing_end_of_image),
        cmocka_unit_test(test_damage__a_tail_of_zeros),
        cmocka_unit_test(test_damage__a_hole_in_the_data),
        cmocka_unit_test(test_damage__impossible_codes),
        cmocka_unit_test(test_damage__a_lost_restart_interval),
        cmocka_unit_test(test_damage__a_lost_restart_marker),
        cmocka_unit_test(test_damage__not_a_misnumbered_restart_marker),
        cmocka_unit_test(test_damage__left_over_data),
        cmocka_unit_test(test_damage__not_padding),
        cmocka_unit_test(test_damage__not_bytes_between_segments),
        cmocka_unit_test(test_damage__not_odd_scan_parameters),
        cmocka_unit_test(test_damage__not_what_follows_the_picture),
        cmocka_unit_test(test_damage__only_headers),
    };
    return cmocka_run_group_tests_name("damage", tests, NULL, NULL);
}
