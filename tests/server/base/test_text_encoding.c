#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/text_encoding.h"

#include <string.h>

static void expect(const char *bytes, size_t length, const char *utf8)
{
    struct arena *arena = arena_create(1 << 16);
    char *text;
    size_t text_length;
    assert_non_null(arena);
    assert_int_equal(text_encoding_to_utf8(arena, bytes, length, &text, &text_length), 0);
    assert_string_equal(text, utf8);
    assert_int_equal(text_length, strlen(utf8));
    arena_free(arena);
}

static void refuse(const char *bytes, size_t length)
{
    struct arena *arena = arena_create(1 << 16);
    char *text;
    size_t text_length;
    assert_non_null(arena);
    assert_int_equal(text_encoding_to_utf8(arena, bytes, length, &text, &text_length),
                     TEXT_ENCODING_UNKNOWN);
    arena_free(arena);
}

#define EXPECT(bytes, utf8) expect((bytes), sizeof(bytes) - 1, (utf8))
#define REFUSE(bytes)       refuse((bytes), sizeof(bytes) - 1)

static void test_text_encoding__utf8_with_and_without_a_mark(void **state)
{
    (void)state;
    EXPECT("", "");
    EXPECT("plain", "plain");
    EXPECT("M\xc3\xbcller \xe4\xb8\xad", "Müller 中");
    EXPECT("\xef\xbb\xbf\xe4\xb8\xad", "中");
    EXPECT("\xf0\x9f\x98\x80", "😀");
}

static void test_text_encoding__utf16_with_a_mark(void **state)
{
    (void)state;
    EXPECT("\xff\xfe\x2d\x4e,\0", "中,");
    EXPECT("\xfe\xff\x4e\x2d\0,", "中,");
    EXPECT("\xff\xfe\x3d\xd8\x00\xde", "😀");
    REFUSE("\xff\xfe\x3d");
    REFUSE("\xff\xfe\x3d\xd8,\0");
}

static void test_text_encoding__chinese(void **state)
{
    (void)state;
    EXPECT("\xc9\xcf\xba\xa3,A-1", "上海,A-1");                     /* GB2312 */
    EXPECT("\xd6\xec\xe9\x46\xbb\xf9", "朱镕基");                   /* GBK */
    EXPECT("\xd6\xd0\xb9\xfa\x95\x32\x82\x36", "中国𠀀");           /* GB18030, four bytes */
    EXPECT("\xa1\xb0\xba\xf3\xc3\xc5\xa1\xb1\xa3\xac", "“后门”，"); /* punctuation */
}

static void test_text_encoding__western_text_is_not_read_as_chinese(void **state)
{
    (void)state;
    REFUSE("M\xfcller K\xe4lte,gold"); /* Windows-1252 */
    REFUSE("caf\xe9");
    REFUSE("\xc9\xcf\xff"); /* no GB18030 has ff */
}

static void test_text_encoding__broken_utf8(void **state)
{
    (void)state;
    REFUSE("\xed\xa0\x80");     /* a surrogate */
    REFUSE("\xe0\x80\xaf");     /* overlong */
    REFUSE("\xf4\x90\x80\x80"); /* past U+10FFFF */
    REFUSE("a\x80");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_encoding__utf8_with_and_without_a_mark),
        cmocka_unit_test(test_text_encoding__utf16_with_a_mark),
        cmocka_unit_test(test_text_encoding__chinese),
        cmocka_unit_test(test_text_encoding__western_text_is_not_read_as_chinese),
        cmocka_unit_test(test_text_encoding__broken_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
