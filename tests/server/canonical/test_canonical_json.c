#include "server/canonical/canonical_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_canonical(const char *input, const char *expected)
{
    json_t *value = json_loads(input, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
    char *text = NULL;
    size_t length = 0;

    assert_non_null(value);
    assert_int_equal(canonical_json_dump(value, &text, &length), 0);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
    free(text);
    json_decref(value);
}

static void assert_refused(json_t *value, int error)
{
    char untouched[] = "untouched", *text = untouched;
    size_t length = 42;

    assert_non_null(value);
    assert_int_equal(canonical_json_dump(value, &text, &length), error);
    assert_ptr_equal(text, untouched);
    assert_int_equal(length, 42);
    assert_string_not_equal(canonical_json_describe(error), canonical_json_describe(0));
    json_decref(value);
}

static double double_of_bits(uint64_t bits)
{
    double number;

    memcpy(&number, &bits, sizeof number);
    return number;
}

/* RFC 8785, section 3.2.2. */
static void test_canonical_json__rfc_primitives(void **state)
{
    (void)state;
    assert_canonical("{\n"
                     "  \"numbers\": [333333333.33333329, 1E30, 4.50,\n"
                     "              2e-3, 0.000000000000000000000000001],\n"
                     "  \"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\n"
                     "  \"literals\": [null, true, false]\n"
                     "}",
                     "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,"
                     "0.002,1e-27],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

/* RFC 8785, section 3.2.3: the emoji (D83D DE00) sorts before the Hebrew letter (FB33). */
static void test_canonical_json__rfc_key_order(void **state)
{
    (void)state;
    assert_canonical("{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\","
                     "\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\",\"1\":\"One\","
                     "\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
                     "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}",
                     "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
                     "\"\u00f6\":\"Latin Small Letter O With Diaeresis\","
                     "\"\u20ac\":\"Euro Sign\",\"\U0001F600\":\"Emoji: Grinning Face\","
                     "\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

static void test_canonical_json__key_order_of_surrogates(void **state)
{
    (void)state;
    assert_canonical("{\"\uE000\":1,\"\U0010FFFF\":2,\"\uFFFD\":3,\"\uD7FF\":4,\"\U00010000\":5}",
                     "{\"\uD7FF\":4,\"\U00010000\":5,\"\U0010FFFF\":2,\"\uE000\":1,\"\uFFFD\":3}");
    assert_canonical("{\"ab\":1,\"a\":2,\"\":3,\"B\":4,\"10\":5,\"9\":6}",
                     "{\"\":3,\"10\":5,\"9\":6,\"B\":4,\"a\":2,\"ab\":1}");
}

static void test_canonical_json__nested(void **state)
{
    (void)state;
    assert_canonical("{\"1\":{\"f\":{\"f\":\"hi\",\"F\":5},\"\\n\":56.0},\"10\":{},\"\":\"empty\","
                     "\"a\":{},\"111\":[{\"e\":\"yes\",\"E\":\"no\"}],\"A\":{}}",
                     "{\"\":\"empty\",\"1\":{\"\\n\":56,\"f\":{\"F\":5,\"f\":\"hi\"}},\"10\":{},"
                     "\"111\":[{\"E\":\"no\",\"e\":\"yes\"}],\"A\":{},\"a\":{}}");
    assert_canonical("[]", "[]");
    assert_canonical("[ [ ], { } , [1 , 2]]", "[[],{},[1,2]]");
    assert_canonical("\"\\u4e2d\\u6587\"", "\"中文\"");
}

/* What JSON.stringify() of node 20 prints for String.fromCharCode(0..31, 127, 0x2028). */
static void test_canonical_json__control_characters(void **state)
{
    char *text = NULL;
    size_t length = 0;
    char all[36];
    json_t *value;

    (void)state;
    for (int i = 0; i < 32; i++)
        all[i] = (char)i;
    all[32] = '\x7f';
    for (int i = 0; i < 3; i++)
        all[33 + i] = "\u2028"[i];
    value = json_stringn(all, sizeof all);
    assert_int_equal(canonical_json_dump(value, &text, &length), 0);
    assert_string_equal(text, "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n"
                              "\\u000b\\f\\r\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014"
                              "\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d"
                              "\\u001e\\u001f\x7f\u2028\"");
    assert_int_equal(length, strlen(text));
    free(text);
    json_decref(value);
}

static void test_canonical_json__integers_at_the_edge(void **state)
{
    (void)state;
    assert_canonical("[9007199254740991,-9007199254740991,0,-0,-0.0,1.0,100]",
                     "[9007199254740991,-9007199254740991,0,0,0,1,100]");
    assert_refused(json_integer(INT64_C(9007199254740992)), CANONICAL_JSON_INTEGER_RANGE);
    assert_refused(json_integer(INT64_C(-9007199254740993)), CANONICAL_JSON_INTEGER_RANGE);
    assert_refused(json_integer(INT64_MIN), CANONICAL_JSON_INTEGER_RANGE);
}

/* The file is made by make_number_vectors.mjs; NUMBER_VECTORS in the environment names another. */
static void test_canonical_json__numbers_as_javascript_prints_them(void **state)
{
    const char *path = getenv("NUMBER_VECTORS");
    char line[128], text[CANONICAL_JSON_NUMBER_SIZE];
    size_t count = 0;
    FILE *file = fopen(path ? path : NUMBER_VECTORS, "r");

    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        char *expected = strchr(line, ' ');

        assert_non_null(expected);
        *expected++ = '\0';
        expected[strcspn(expected, "\n")] = '\0';
        assert_int_equal(
            canonical_json_format_number(double_of_bits(strtoull(line, NULL, 16)), text), 0);
        assert_string_equal(text, expected);
        count++;
    }
    fclose(file);
    assert_true(count > 400);
}

static void test_canonical_json__rfc_number_refusals(void **state)
{
    char text[CANONICAL_JSON_NUMBER_SIZE] = "untouched";

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const uint64_t bits[] = {0x7fffffffffffffff, 0x7ff0000000000000, 0xfff0000000000000};

        assert_int_equal(canonical_json_format_number(double_of_bits(bits[i]), text),
                         CANONICAL_JSON_NOT_FINITE);
        assert_string_equal(text, "untouched");
    }
}

static void test_canonical_json__depth_has_a_ceiling(void **state)
{
    json_t *value = json_null();
    char *text = NULL;
    size_t length = 0;

    (void)state;
    for (int i = 0; i < CANONICAL_JSON_DEPTH_MAX; i++) {
        json_t *outer = json_array();

        json_array_append_new(outer, value);
        value = outer;
    }
    assert_int_equal(canonical_json_dump(value, &text, &length), 0);
    free(text);
    assert_refused(json_pack("{s:o}", "a", value), CANONICAL_JSON_TOO_DEEP);
}

static void test_canonical_json__length_has_a_ceiling(void **state)
{
    const size_t size = CANONICAL_JSON_LENGTH_MAX - 2;
    char *letters = malloc(size), *text = NULL;
    size_t length = 0;
    json_t *value;

    (void)state;
    assert_non_null(letters);
    memset(letters, 'x', size);
    value = json_stringn(letters, size);
    assert_int_equal(canonical_json_dump(value, &text, &length), 0);
    assert_int_equal(length, CANONICAL_JSON_LENGTH_MAX);
    free(text);
    json_decref(value);
    letters[0] = '\n';
    assert_refused(json_stringn(letters, size), CANONICAL_JSON_TOO_LONG);
    free(letters);
}

static void test_canonical_json__refuses_bad_utf8(void **state)
{
    static const char *const bad[] = {"\xff",
                                      "\xc0\x80",
                                      "\xe0\x9f\xbf",
                                      "\xed\xa0\x80",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xe4\xb8",
                                      "a\x80",
                                      "\xf0\x9f\x98"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        json_t *object = json_object();

        assert_refused(json_string_nocheck(bad[i]), CANONICAL_JSON_NOT_UTF8);
        json_object_set_new_nocheck(object, bad[i], json_null());
        assert_refused(object, CANONICAL_JSON_NOT_UTF8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_canonical_json__rfc_primitives),
        cmocka_unit_test(test_canonical_json__rfc_key_order),
        cmocka_unit_test(test_canonical_json__key_order_of_surrogates),
        cmocka_unit_test(test_canonical_json__nested),
        cmocka_unit_test(test_canonical_json__control_characters),
        cmocka_unit_test(test_canonical_json__integers_at_the_edge),
        cmocka_unit_test(test_canonical_json__numbers_as_javascript_prints_them),
        cmocka_unit_test(test_canonical_json__rfc_number_refusals),
        cmocka_unit_test(test_canonical_json__depth_has_a_ceiling),
        cmocka_unit_test(test_canonical_json__length_has_a_ceiling),
        cmocka_unit_test(test_canonical_json__refuses_bad_utf8),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
