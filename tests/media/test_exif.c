#include "media_support.h"

#include "media/exif.h"
#include "media/exif_time.h"
#include "photo_exif.h"

#include <string.h>

enum { SEGMENT_BYTES = 8192 };

static struct photo_exif_options full_options(void)
{
    return (struct photo_exif_options){
        .orientation = 6,
        .has_position = true,
        .lat_deg = -33.8567844,
        .lon_deg = 151.2152967,
        .has_altitude = true,
        .altitude_m = -12.25,
        .has_accuracy = true,
        .accuracy_m = 4.75,
        .gps_time = "2026:11:21 08:00:01",
        .time = "2026:11:21 19:00:02",
        .offset = "+11:00",
        .subsecond = "25",
        .make = "Fieldproof",
        .model = "Test Phone 1",
        .software = "7.1",
    };
}

/** An EXIF block to break. */
struct block {
    uint8_t bytes[SEGMENT_BYTES];
    size_t size;
};

static struct block write_block(struct photo_exif_options options)
{
    struct block block = {{0}, 0};
    block.size = photo_exif_write(&options, block.bytes, sizeof(block.bytes));
    assert_true(block.size > 0);
    return block;
}

static struct media_exif read_block(struct block block)
{
    struct media_exif exif;
    (void)media_exif_read(block.bytes, block.size, &exif);
    return exif;
}

static uint8_t *find(struct block *block, const void *needle, size_t size)
{
    uint8_t *found = memmem(block->bytes, block->size, needle, size);
    assert_non_null(found);
    return found;
}

/** The first rational of an entry of three. */
static uint8_t *find_rationals(struct block *block, uint8_t tag)
{
    const uint8_t entry[8] = {tag, 0, 5, 0, 3, 0, 0, 0};
    const uint8_t *at = find(block, entry, sizeof(entry));
    return block->bytes + 6 + (at[8] | at[9] << 8);
}

static void test_exif__reads_all_that_is_kept(void **state)
{
    (void)state;
    struct media_exif exif = read_block(write_block(full_options()));
    assert_true(exif.present && exif.has_position && exif.has_altitude && exif.has_accuracy &&
                exif.has_gps_time);
    assert_int_equal(exif.orientation, 6);
    support_assert_near(exif.lat_deg, -33.8567844, 1e-8);
    support_assert_near(exif.lon_deg, 151.2152967, 1e-8);
    support_assert_near(exif.altitude_m, -12.25, 1e-9);
    support_assert_near(exif.accuracy_m, 4.75, 1e-9);
    /* date -u -d '2026-11-21 08:00:01' +%s */
    assert_int_equal(exif.gps_time_ms, 1795248001000);
    assert_string_equal(exif.make, "Fieldproof");
    assert_string_equal(exif.model, "Test Phone 1");
    assert_string_equal(exif.software, "7.1");
}

static void test_exif__reads_times_with_their_offset(void **state)
{
    (void)state;
    struct media_exif exif = read_block(write_block(full_options()));
    assert_true(exif.original.present && exif.original.has_offset);
    assert_string_equal(exif.original.text, "2026:11:21 19:00:02");
    /* date -u -d '2026-11-21 19:00:02' +%s */
    assert_int_equal(exif.original.local_ms, 1795287602250);
    assert_int_equal(exif.original.offset_min, 660);
    assert_int_equal(exif.digitized.local_ms, 1795287602000);
    assert_int_equal(exif.modified.offset_min, 660);
}

static void test_exif__lends_the_only_offset_to_the_same_time(void **state)
{
    (void)state;
    struct block block = write_block(full_options());
    const uint8_t original[4] = {0x11, 0x90, 2, 0}, digitized[4] = {0x12, 0x90, 2, 0};
    find(&block, original, 4)[0] = 0xF0;
    find(&block, digitized, 4)[0] = 0xF1;
    struct media_exif exif = read_block(block);
    assert_true(exif.original.has_offset);
    assert_int_equal(exif.original.offset_min, 660);
    memcpy(find(&block, "2026:11:21 19:00:02", 19), "2026:11:22", 10); /* DateTime stands first */
    exif = read_block(block);
    assert_true(exif.modified.has_offset);
    assert_false(exif.original.has_offset);
}

static void test_exif__reads_big_endian(void **state)
{
    (void)state;
    struct block block = {.bytes = "Exif\0\0MM\0*\0\0\0\x08\0\x01"
                                   "\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0",
                          .size = 34};
    assert_int_equal(read_block(block).orientation, 8);
}

static void test_exif__takes_orientations_1_to_8_only(void **state)
{
    (void)state;
    struct photo_exif_options options = full_options();
    for (int i = 0; i <= 9; i++) {
        options.orientation = i;
        assert_int_equal(read_block(write_block(options)).orientation, i >= 1 && i <= 8 ? i : 1);
    }
}

static void test_exif__zero_denominators_divide_nothing(void **state)
{
    (void)state;
    struct block seconds = write_block(full_options()), degrees = seconds;
    memset(find_rationals(&seconds, 2) + 16, 0, 8);
    memset(find_rationals(&degrees, 2), 0, 8);
    struct media_exif exif = read_block(seconds);
    assert_true(exif.has_position);
    support_assert_near(exif.lat_deg, -(33 + 51 / 60.0), 1e-8);
    exif = read_block(degrees);
    assert_false(exif.has_position);
    support_assert_near(exif.lat_deg, 0, 0);
    assert_true(media_photo_is_sane(&(struct media_photo){.status = MEDIA_EMPTY, .exif = exif}));
}

static void test_exif__a_position_needs_both_references(void **state)
{
    (void)state;
    struct block block = write_block(full_options());
    const uint8_t reference[10] = {1, 0, 2, 0, 2, 0, 0, 0, 'S', 0};
    find(&block, reference, sizeof(reference))[8] = '\0';
    assert_false(read_block(block).has_position);
}

static void test_exif__out_of_range_is_absent(void **state)
{
    (void)state;
    struct photo_exif_options options = full_options();
    options.lat_deg = 91;
    assert_false(read_block(write_block(options)).has_position);
}

static void test_exif__zero_zero_is_passed_on(void **state)
{
    (void)state;
    struct photo_exif_options options = full_options();
    options.lat_deg = options.lon_deg = 0;
    struct media_exif exif = read_block(write_block(options));
    assert_true(exif.has_position);
    support_assert_near(exif.lat_deg, 0, 0);
}

static void test_exif__an_empty_gps_directory_says_nothing(void **state)
{
    (void)state;
    struct photo_exif_options options = {.orientation = 1, .has_accuracy = true};
    struct block block = write_block(options);
    const uint8_t version[8] = {0, 0, 1, 0, 4, 0, 0, 0};
    uint8_t *entries = find(&block, version, sizeof(version));
    memset(entries - 2, 0, 2); /* the directory's count */
    struct media_exif exif = read_block(block);
    assert_false(exif.has_position || exif.has_accuracy || exif.has_gps_time);
}

static void test_exif__text_without_nul_ends_where_its_entry_ends(void **state)
{
    (void)state;
    struct block block = write_block(full_options());
    find(&block, "Test Phone 1", 12)[12] = 'X';
    assert_string_equal(read_block(block).model, "Test Phone 1X");
}

static void test_exif__maker_notes_are_blanked(void **state)
{
    (void)state;
    struct block block = write_block(full_options());
    struct media_exif exif;
    const uint8_t version_tag[4] = {0x00, 0x90, 7, 0}, maker_note[4] = {0x7C, 0x92, 7, 0};
    memcpy(find(&block, version_tag, 4), maker_note, 4);
    assert_true(media_exif_read(block.bytes, block.size, &exif));
    assert_null(memmem(block.bytes, block.size, maker_note, 4));
}

static void test_exif__any_cut_and_any_garbled_byte_is_survived(void **state)
{
    (void)state;
    const struct block block = write_block(full_options());
    for (size_t i = 0; i < block.size; i++) {
        struct block cut = block, garbled = block;
        cut.size = i;
        garbled.bytes[i] ^= 0xFF;
        struct media_photo photo = {.status = MEDIA_EMPTY, .exif = read_block(cut)};
        photo.exif.orientation = 1;
        assert_true(media_photo_is_sane(&photo));
        photo.exif = read_block(garbled);
        photo.exif.orientation = 1;
        assert_true(media_photo_is_sane(&photo));
    }
}

static void test_exif__second_segment_counts_when_the_first_is_empty(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.exif = full_options();
    struct bytes bytes = support_make(options);
    const uint8_t empty[] = {0xFF, 0xE1, 0, 22, 'E', 'x', 'i', 'f', 0, 0, 'I', 'I',
                             '*',  0,    8, 0,  0,   0,   0,   0,   0, 0, 0,   0};
    bytes = support_insert(bytes, 2, empty, sizeof(empty));
    struct media_photo photo = support_decode(bytes);
    assert_int_equal(photo.status, MEDIA_OK);
    assert_int_equal(photo.exif.orientation, 6);
    assert_true(photo.exif.has_position);
    support_free(bytes);
}

static void test_exif__the_first_segment_that_says_anything_wins(void **state)
{
    (void)state;
    struct photo_options options = support_small_photo();
    options.exif = full_options();
    struct bytes bytes = support_make(options);
    options.exif.orientation = 3;
    struct block block = write_block(options.exif);
    uint8_t header[4] = {0xFF, 0xE1, (uint8_t)((block.size + 2) >> 8), (uint8_t)(block.size + 2)};
    bytes = support_insert(bytes, 2, block.bytes, block.size);
    bytes = support_insert(bytes, 2, header, sizeof(header));
    assert_int_equal(support_decode(bytes).exif.orientation, 3);
    support_free(bytes);
}

static void test_exif__dates_and_times_are_checked(void **state)
{
    (void)state;
    int64_t ms = 0;
    assert_true(media_exif_time_parse("1970:01:02 00:00:01", &ms));
    assert_int_equal(ms, 86401000);
    assert_true(media_exif_time_parse("2024:02:29 23:59:60", &ms));
    assert_true(media_exif_time_parse("2026-11-21T10:00:00", &ms));
    assert_false(media_exif_time_parse("2026:02:29 10:00:00", &ms));
    assert_false(media_exif_time_parse("0000:00:00 00:00:00", &ms));
    assert_false(media_exif_time_parse("    :  :     :  :  ", &ms));
    assert_false(media_exif_time_parse("2026:11:21 25:00:00", &ms));
    assert_false(media_exif_time_parse("2026:11:21", &ms));
    assert_false(media_exif_time_parse("", &ms));
}

static void test_exif__offsets_are_checked(void **state)
{
    (void)state;
    int32_t offset = 1;
    assert_true(media_exif_offset_parse("Z", &offset));
    assert_int_equal(offset, 0);
    assert_true(media_exif_offset_parse("-03:30", &offset));
    assert_int_equal(offset, -210);
    assert_true(media_exif_offset_parse("+14:00", &offset));
    assert_false(media_exif_offset_parse("+14:01", &offset));
    assert_false(media_exif_offset_parse("+8:00", &offset));
    assert_false(media_exif_offset_parse("", &offset));
    assert_false(media_exif_offset_parse("   :  ", &offset));
}

static void test_exif__subseconds_have_any_number_of_digits(void **state)
{
    (void)state;
    assert_int_equal(media_exif_subsecond_ms(""), 0);
    assert_int_equal(media_exif_subsecond_ms("7"), 700);
    assert_int_equal(media_exif_subsecond_ms("071234"), 71);
    assert_int_equal(media_exif_subsecond_ms("x"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exif__reads_all_that_is_kept),
        cmocka_unit_test(test_exif__reads_times_with_their_offset),
        cmocka_unit_test(test_exif__lends_the_only_offset_to_the_same_time),
        cmocka_unit_test(test_exif__reads_big_endian),
        cmocka_unit_test(test_exif__takes_orientations_1_to_8_only),
        cmocka_unit_test(test_exif__zero_denominators_divide_nothing),
        cmocka_unit_test(test_exif__a_position_needs_both_references),
        cmocka_unit_test(test_exif__out_of_range_is_absent),
        cmocka_unit_test(test_exif__zero_zero_is_passed_on),
        cmocka_unit_test(test_exif__an_empty_gps_directory_says_nothing),
        cmocka_unit_test(test_exif__text_without_nul_ends_where_its_entry_ends),
        cmocka_unit_test(test_exif__maker_notes_are_blanked),
        cmocka_unit_test(test_exif__any_cut_and_any_garbled_byte_is_survived),
        cmocka_unit_test(test_exif__second_segment_counts_when_the_first_is_empty),
        cmocka_unit_test(test_exif__the_first_segment_that_says_anything_wins),
        cmocka_unit_test(test_exif__dates_and_times_are_checked),
        cmocka_unit_test(test_exif__offsets_are_checked),
        cmocka_unit_test(test_exif__subseconds_have_any_number_of_digits),
    };
    return cmocka_run_group_tests_name("exif", tests, NULL, NULL);
}
