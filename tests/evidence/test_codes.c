#include "checks.h"

#include <string.h>

static bool is_named_once(const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < EVIDENCE_CODE_COUNT; i++)
        count += strcmp(evidence_codes[i].name, name) == 0;
    return count == 1;
}

static bool has_word(const char *words, const char *word, size_t length)
{
    for (; *words != '\0'; words += strspn(words, " ")) {
        size_t next = strcspn(words, " ");

        if (next == length && strncmp(words, word, length) == 0)
            return true;
        words += next;
    }
    return false;
}

/* Every number a sentence prints is one the code can have, and the marks of a template pair up. */
static void check_template(const struct evidence_code_entry *entry, const char *template)
{
    bool is_optional = false;

    for (const char *at = template; *at != '\0'; at++) {
        if (*at == '{') {
            size_t length = strcspn(at + 1, "<}");

            assert_true(length < 40);
            if (!has_word(entry->numbers, at + 1, length))
                fail_msg("%s prints what it does not have: %s", entry->name, at);
            assert_non_null(strchr(at, '}'));
            at += strcspn(at, "}");
        } else if (*at == '[') {
            assert_false(is_optional);
            is_optional = true;
        } else if (*at == ']') {
            assert_true(is_optional);
            is_optional = false;
        }
    }
    assert_false(is_optional);
}

static void test_table__is_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < EVIDENCE_CODE_COUNT; i++) {
        const struct evidence_code_entry *entry = &evidence_codes[i];

        assert_non_null(entry->name);
        assert_true(strspn(entry->name, "abcdefghijklmnopqrstuvwxyz_") == strlen(entry->name));
        assert_true(is_named_once(entry->name));
        for (size_t language = 0; language < EVIDENCE_LANGUAGE_COUNT; language++) {
            assert_true(strlen(entry->title[language]) > 0);
            assert_true(strlen(entry->sentence[language]) < EVIDENCE_SENTENCE_MAX / 2);
            check_template(entry, entry->sentence[language]);
            if (entry->video_sentence[language] != NULL)
                check_template(entry, entry->video_sentence[language]);
        }
    }
}

static void check_sentences(const char *english, const char *chinese)
{
    static const char full_stop[] = "。";

    assert_int_equal(english[strlen(english) - 1], '.');
    assert_string_equal(chinese + strlen(chinese) - strlen(full_stop), full_stop);
    /* Half-width punctuation has no place between Chinese characters. */
    for (const char *at = chinese; *at != '\0'; at++)
        if (strchr(",;:", *at) != NULL && (at[1] & 0x80) != 0)
            fail_msg("half-width punctuation: %s", at);
    /* Quantities end in a Chinese unit, which takes no space before the next character. */
    for (const char *at = strchr(chinese, '}'); at != NULL; at = strchr(at + 1, '}'))
        if (strncmp(at - 2, "_m}", 3) == 0 || strncmp(at - 3, "_ms}", 4) == 0)
            if (at[1] == ' ')
                fail_msg("a space after a Chinese unit: %s", at);
}

static void test_sentences__are_whole_sentences_in_each_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < EVIDENCE_CODE_COUNT; i++) {
        const struct evidence_code_entry *entry = &evidence_codes[i];

        check_sentences(entry->sentence[EVIDENCE_ENGLISH], entry->sentence[EVIDENCE_CHINESE]);
        if (entry->video_sentence[EVIDENCE_ENGLISH] != NULL)
            check_sentences(entry->video_sentence[EVIDENCE_ENGLISH],
                            entry->video_sentence[EVIDENCE_CHINESE]);
    }
}

/* The looks of a video are not judged: one picture of it may well be dark. */
static void test_videos__have_sentences_of_their_own(void **state)
{
    (void)state;
    for (size_t i = EVIDENCE_PHOTO_TAKEN_BEFORE; i <= EVIDENCE_PHOTO_TOO_SMALL; i++) {
        const char *const *sentence = evidence_codes[i].video_sentence;

        assert_non_null(sentence[EVIDENCE_ENGLISH]);
        assert_non_null(sentence[EVIDENCE_CHINESE]);
        assert_null(strstr(sentence[EVIDENCE_ENGLISH], "photo"));
        assert_null(strstr(sentence[EVIDENCE_ENGLISH], "EXIF"));
        assert_null(strstr(sentence[EVIDENCE_CHINESE], "EXIF"));
        assert_non_null(strstr(sentence[EVIDENCE_CHINESE], "视频"));
    }
}

/* A warning may be accepted; what is only information is never held against anyone, and only a
 * failure may be rejected out of hand. */
static void test_effects__go_with_the_severity(void **state)
{
    (void)state;
    for (size_t i = 0; i < EVIDENCE_CODE_COUNT; i++)
        assert_true((int)evidence_codes[i].effect <= (int)evidence_codes[i].severity);
}

static void test_names__are_found_again(void **state)
{
    enum evidence_code code = EVIDENCE_FIX_MISSING;
    enum evidence_verdict verdict = EVIDENCE_ACCEPTED;

    (void)state;
    for (size_t i = 0; i < EVIDENCE_CODE_COUNT; i++) {
        assert_int_equal(evidence_code_of(evidence_codes[i].name, &code), 0);
        assert_int_equal(code, i);
    }
    code = EVIDENCE_STALE_FIX;
    assert_int_equal(evidence_code_of("", &code), -1);
    assert_int_equal(evidence_code_of("stale_fi", &code), -1);
    assert_int_equal(code, EVIDENCE_STALE_FIX);
    for (int i = EVIDENCE_ACCEPTED; i <= EVIDENCE_REJECTED; i++) {
        assert_int_equal(
            evidence_verdict_named(evidence_verdict_name((enum evidence_verdict)i), &verdict), 0);
        assert_int_equal(verdict, i);
    }
    assert_int_equal(evidence_verdict_named("accept", &verdict), -1);
    assert_int_equal(verdict, EVIDENCE_REJECTED);
    assert_string_equal(evidence_severity_name(EVIDENCE_INFO), "info");
    assert_string_equal(evidence_severity_name(EVIDENCE_WARN), "warn");
    assert_string_equal(evidence_severity_name(EVIDENCE_FAIL), "fail");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table__is_complete),
        cmocka_unit_test(test_sentences__are_whole_sentences_in_each_language),
        cmocka_unit_test(test_videos__have_sentences_of_their_own),
        cmocka_unit_test(test_effects__go_with_the_severity),
        cmocka_unit_test(test_names__are_found_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
