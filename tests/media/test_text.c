#include "media_support.h"

#include "media/text.h"

#include <string.h>

static void assert_cleaned(const char *raw, size_t size, const char *expected)
{
    char text[16];
    media_text_clean(raw, size, text, sizeof(text));
    assert_string_equal(text, expected);
    assert_true(media_text_is_clean(text, sizeof(text)));
}

static void test_text__keeps_what_is_fine(void **state)
{
    (void)state;
    assert_cleaned("Pixel 8", 7, "Pixel 8");
    assert_cleaned("小米 14", 9, "小米 14");
    assert_cleaned("", 0, "");
}

static void test_text__stops_at_the_first_nul(void **state)
{
    (void)state;
    assert_cleaned("abc\0def", 7, "abc");
}

static void test_text__needs_no_nul(void **state)
{
    (void)state;
    const char raw[3] = {'a', 'b', 'c'};
    assert_cleaned(raw, sizeof(raw), "abc");
}

static void test_text__trims_spaces_and_control_characters(void **state)
{
    (void)state;
    assert_cleaned("  a\tb\n ", 7, "a b");
    assert_cleaned("\x7F\x1F", 2, "");
    assert_cleaned("a\xC2\x85z", 4, "a  z");
}

static void test_text__replaces_what_is_not_utf8(void **state)
{
    (void)state;
    assert_cleaned("caf\xE9", 4, "caf?");
    assert_cleaned("\xC0\x80", 2, "??");           /* overlong NUL */
    assert_cleaned("\xED\xA0\x80", 3, "???");      /* surrogate */
    assert_cleaned("\xF4\x90\x80\x80", 4, "????"); /* beyond U+10FFFF */
    assert_cleaned("\xE5\xB0", 2, "??");           /* cut short */
}

static void test_text__cuts_at_a_character_boundary(void **state)
{
    (void)state;
    assert_cleaned("上上上上上上", 18, "上上上上上");
    assert_cleaned("aaaaaaaaaaaaaa上", 17, "aaaaaaaaaaaaaa");
}

static void test_text__knows_dirty_text(void **state)
{
    (void)state;
    const char endless[4] = {'a', 'b', 'c', 'd'};
    assert_false(media_text_is_clean(endless, sizeof(endless)));
    assert_false(media_text_is_clean("\xFF", 2));
    assert_false(media_text_is_clean("a\nb", 4));
    assert_true(media_text_is_clean("", 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text__keeps_what_is_fine),
        cmocka_unit_test(test_text__stops_at_the_first_nul),
        cmocka_unit_test(test_text__needs_no_nul),
        cmocka_unit_test(test_text__trims_spaces_and_control_characters),
        cmocka_unit_test(test_text__replaces_what_is_not_utf8),
        cmocka_unit_test(test_text__cuts_at_a_character_boundary),
        cmocka_unit_test(test_text__knows_dirty_text),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
