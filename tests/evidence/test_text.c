#include "checks.h"

#include "evidence/text.h"

#include <string.h>

static void test_utf8__knows_every_length_and_refuses_the_rest(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } examples[] = {
        {"a", 1},
        {"", 1},
        {"\x7F", 1},
        {"\xC2\x80", 2},
        {"\xDF\xBF", 2},
        {"\xE0\xA0\x80", 3},
        {"\xED\x9F\xBF", 3},
        {"\xEF\xBF\xBF", 3},
        {"\xF0\x90\x80\x80", 4},
        {"\xF4\x8F\xBF\xBF", 4},
        {"\x80", 0},
        {"\xC1\xBF", 0},         /* overlong */
        {"\xE0\x9F\xBF", 0},     /* overlong */
        {"\xED\xA0\x80", 0},     /* surrogate */
        {"\xF0\x8F\xBF\xBF", 0}, /* overlong */
        {"\xF4\x90\x80\x80", 0}, /* above U+10FFFF */
        {"\xF5\x80\x80\x80", 0},
        {"\xFF", 0},
        {"\xC2", 0}, /* ends too early */
        {"\xE7\xAB", 0},
        {"\xF0\x90\x80", 0},
        {"\xE7\xABz", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
        assert_int_equal(evidence_utf8_length(examples[i].bytes), examples[i].length);
}

static void test_add__cuts_between_characters_at_every_size(void **state)
{
    static const char whole[] = "a站b定c";

    (void)state;
    for (size_t size = 0; size <= sizeof(whole); size++) {
        char bytes[sizeof(whole)];
        struct evidence_text text = evidence_text_in(bytes, size);

        evidence_text_add(&text, whole);
        assert_int_equal(text.cut, size < sizeof(whole));
        evidence_text_add(&text, "");
        if (size == 0)
            continue;
        assert_true(text.used < size);
        assert_int_equal(strlen(bytes), text.used);
        assert_memory_equal(bytes, whole, text.used);
        assert_true((whole[text.used] & 0xC0) != 0x80);
    }
}

static void test_add__takes_nothing_after_a_cut(void **state)
{
    char bytes[4];
    struct evidence_text text = evidence_text_in(bytes, sizeof(bytes));

    (void)state;
    evidence_text_add(&text, "ab站");
    evidence_text_add(&text, "c");
    assert_string_equal(bytes, "ab");
}

static void test_add__replaces_control_characters(void **state)
{
    char bytes[64];
    struct evidence_text text = evidence_text_in(bytes, sizeof(bytes));

    (void)state;
    evidence_text_add(&text, "a\x1B[0m\x7F\xC2\x85\n");
    assert_string_equal(bytes, "a\uFFFD[0m\uFFFD\uFFFD\n");
}

static void test_agrees__folds_ascii_only(void **state)
{
    (void)state;
    assert_true(evidence_text_agrees("iPhone 13", "IPHONE 13", SIZE_MAX));
    assert_false(evidence_text_agrees("iPhone 13", "iPhone 1", SIZE_MAX));
    assert_true(evidence_text_agrees("iPhone 13", "iPhone 1", 8));
    assert_false(evidence_text_agrees("\xC3\xA4", "\xC3\x84", SIZE_MAX));
    assert_false(evidence_text_agrees("[", "{", SIZE_MAX));
    assert_true(evidence_text_agrees("", "", SIZE_MAX));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8__knows_every_length_and_refuses_the_rest),
        cmocka_unit_test(test_add__cuts_between_characters_at_every_size),
        cmocka_unit_test(test_add__takes_nothing_after_a_cut),
        cmocka_unit_test(test_add__replaces_control_characters),
        cmocka_unit_test(test_agrees__folds_ascii_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
