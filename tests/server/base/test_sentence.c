#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/sentence.h"
#include "server/base/sentence_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONVERSIONS_MAX 8

/* What a format takes, by position: "lld", ".40s", … */
struct conversions {
    char taken[CONVERSIONS_MAX][16];
    size_t count;
};

static struct conversions read_format(const char *format)
{
    struct conversions found = {0};
    for (const char *at = strchr(format, '%'); at; at = strchr(at, '%')) {
        char *rest;
        size_t position = found.count;
        at++;
        long named = strtol(at, &rest, 10);
        if (*rest == '$') {
            position = (size_t)named - 1;
            at = rest + 1;
        }
        size_t length = strcspn(at, "dsguxf") + 1;
        assert_true(position < CONVERSIONS_MAX && length < sizeof found.taken[0]);
        memcpy(found.taken[position], at, length);
        found.count++;
        at += length;
    }
    return found;
}

static void test_sentences__take_the_same_in_both_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < sentence_count; i++) {
        struct conversions english = read_format(sentences[i].english);
        struct conversions chinese = read_format(sentences[i].chinese);
        if (english.count != chinese.count ||
            memcmp(english.taken, chinese.taken, sizeof english.taken) != 0)
            fail_msg("not the same conversions: %s", sentences[i].english);
    }
}

static void test_sentences__stand_in_order_and_once(void **state)
{
    (void)state;
    for (size_t i = 1; i < sentence_count; i++)
        if (strcmp(sentences[i - 1].english, sentences[i].english) >= 0)
            fail_msg("out of order: %s", sentences[i].english);
}

static void test_sentences__are_whole_in_chinese(void **state)
{
    static const char full_stop[] = "。";
    (void)state;
    for (size_t i = 0; i < sentence_count; i++) {
        const char *english = sentences[i].english, *chinese = sentences[i].chinese;
        size_t length = strlen(chinese);
        assert_true(length > 0);
        if (english[strlen(english) - 1] == '.' && strcmp(english, "%s \"%s\".") != 0 &&
            (length < 3 || strcmp(chinese + length - 3, full_stop) != 0))
            fail_msg("no full stop: %s", chinese);
        for (const char *at = chinese; *at; at++)
            if (strchr(",;", *at) && (at[1] & 0x80))
                fail_msg("half-width punctuation: %s", chinese);
    }
}

static void test_sentence__is_said_in_the_language_asked_for(void **state)
{
    char text[200];
    (void)state;
    snprintf(text, sizeof text,
             sentence_in(LANGUAGE_CHINESE,
                         "There is a %s of this %s with other content; nothing was changed."),
             "customer", "code");
    assert_string_equal(text, "已有同一code而内容不同的customer，未做任何更改。");
    assert_string_equal(sentence_in(LANGUAGE_ENGLISH, "The cell is empty."), "The cell is empty.");
    assert_string_equal(sentence_in(LANGUAGE_CHINESE, "The cell is empty."), "单元格为空。");
    assert_string_equal(sentence_in(LANGUAGE_CHINESE, "Never said."), "Never said.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences__take_the_same_in_both_languages),
        cmocka_unit_test(test_sentences__stand_in_order_and_once),
        cmocka_unit_test(test_sentences__are_whole_in_chinese),
        cmocka_unit_test(test_sentence__is_said_in_the_language_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
