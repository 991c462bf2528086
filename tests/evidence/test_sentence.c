#include "checks.h"

#include "evidence/quantity.h"
#include "evidence/sentence.h"

#include <float.h>
#include <string.h>

static struct bench bench;

struct example {
    enum evidence_unit unit;
    double value;
    const char *english;
    const char *chinese; /* NULL: the same */
};

static void check_quantity(const struct example *example, enum evidence_language language,
                           const char *expected)
{
    char bytes[64];
    struct evidence_text text = evidence_text_in(bytes, sizeof(bytes));

    evidence_quantity_add(&text, example->unit, example->value, 0, language, 0);
    if (strcmp(bytes, expected) != 0)
        fail_msg("%g reads %s, not %s", example->value, bytes, expected);
}

static void check_all(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *chinese = examples[i].chinese;

        check_quantity(&examples[i], EVIDENCE_ENGLISH, examples[i].english);
        check_quantity(&examples[i], EVIDENCE_CHINESE,
                       chinese != NULL ? chinese : examples[i].english);
    }
}

#define CHECK_ALL(examples) check_all(examples, sizeof(examples) / sizeof((examples)[0]))

static void test_lengths__read_as_people_say_them(void **state)
{
    static const struct example examples[] = {
        {EVIDENCE_UNIT_METRES, 0, "0 m", "0 米"},
        {EVIDENCE_UNIT_METRES, 0.04, "0 m", "0 米"},
        {EVIDENCE_UNIT_METRES, 4.5, "4.5 m", "4.5 米"},
        {EVIDENCE_UNIT_METRES, 9.94, "9.9 m", "9.9 米"},
        {EVIDENCE_UNIT_METRES, 9.96, "10 m", "10 米"},
        {EVIDENCE_UNIT_METRES, -412.4, "412 m", "412 米"},
        {EVIDENCE_UNIT_METRES, 999.4, "999 m", "999 米"},
        {EVIDENCE_UNIT_METRES, 999.6, "1 km", "1 公里"},
        {EVIDENCE_UNIT_METRES, 1449, "1.4 km", "1.4 公里"},
        {EVIDENCE_UNIT_METRES, 99940, "99.9 km", "99.9 公里"},
        {EVIDENCE_UNIT_METRES, 99960, "100 km", "100 公里"},
        {EVIDENCE_UNIT_METRES, 12345678, "12346 km", "12346 公里"},
        {EVIDENCE_UNIT_METRES, DBL_MAX, "9007199254740992 km", "9007199254740992 公里"},
        {EVIDENCE_UNIT_METRES_PER_SECOND, 100, "360 km/h", "每小时 360 公里"},
        {EVIDENCE_UNIT_METRES_PER_SECOND, 0.1, "0 km/h", "每小时 0 公里"},
    };

    (void)state;
    CHECK_ALL(examples);
}

static void test_durations__read_in_two_units_at_most(void **state)
{
    static const struct example examples[] = {
        {EVIDENCE_UNIT_MILLISECONDS, 0, "0 s", "0 秒"},
        {EVIDENCE_UNIT_MILLISECONDS, 449, "0.4 s", "0.4 秒"},
        {EVIDENCE_UNIT_MILLISECONDS, 59400, "59 s", "59 秒"},
        {EVIDENCE_UNIT_MILLISECONDS, 59600, "1 min", "1 分钟"},
        {EVIDENCE_UNIT_MILLISECONDS, -312000, "5 min 12 s", "5 分钟 12 秒"},
        {EVIDENCE_UNIT_MILLISECONDS, 2400000, "40 min", "40 分钟"},
        {EVIDENCE_UNIT_MILLISECONDS, 3599000, "1 h", "1 小时"},
        {EVIDENCE_UNIT_MILLISECONDS, 7500000, "2 h 5 min", "2 小时 5 分钟"},
        {EVIDENCE_UNIT_MILLISECONDS, 86400000, "1 day", "1 天"},
        {EVIDENCE_UNIT_MILLISECONDS, 273600000, "3 days 4 h", "3 天 4 小时"},
        {EVIDENCE_UNIT_MILLISECONDS, 1e9, "12 days", "12 天"},
        {EVIDENCE_UNIT_MILLISECONDS, 9.3e18, "104249991 days", "104249991 天"},
    };

    (void)state;
    CHECK_ALL(examples);
}

static void test_other_units__read_plainly(void **state)
{
    static const struct example examples[] = {
        {EVIDENCE_UNIT_NONE, 3, "3", NULL},
        {EVIDENCE_UNIT_NONE, -0.04, "0", NULL},
        {EVIDENCE_UNIT_NONE, 17.26, "17.3", NULL},
        {EVIDENCE_UNIT_DEGREES, -121.47371234, "-121.473712", NULL},
        {EVIDENCE_UNIT_DEGREES, 0, "0", NULL},
        {EVIDENCE_UNIT_UTC_OFFSET, 480, "UTC+8", NULL},
        {EVIDENCE_UNIT_UTC_OFFSET, 330, "UTC+5:30", NULL},
        {EVIDENCE_UNIT_UTC_OFFSET, -210, "UTC-3:30", NULL},
        {EVIDENCE_UNIT_UTC_OFFSET, 0, "UTC", NULL},
        /* date -u -d @1795262400 */
        {EVIDENCE_UNIT_INSTANT, 1795262400000, "2026-11-21 12:00 UTC", NULL},
        {EVIDENCE_UNIT_INSTANT, 0, "1970-01-01 00:00 UTC", NULL},
        {EVIDENCE_UNIT_INSTANT, -1, "1969-12-31 23:59 UTC", NULL},
        {EVIDENCE_UNIT_INSTANT, 951782400000, "2000-02-29 00:00 UTC", NULL},
        {EVIDENCE_UNIT_INSTANT, -62135596800000, "0001-01-01 00:00 UTC", NULL},
        {EVIDENCE_UNIT_INSTANT, -62135596800001, "an unknown time", "未知时间"},
        {EVIDENCE_UNIT_INSTANT, 253402300799999, "9999-12-31 23:59 UTC", NULL},
        {EVIDENCE_UNIT_INSTANT, 253402300800000, "an unknown time", "未知时间"},
        {EVIDENCE_UNIT_INSTANT, -DBL_MAX, "an unknown time", "未知时间"},
    };

    (void)state;
    CHECK_ALL(examples);
}

static void test_units__are_told_by_the_end_of_the_name(void **state)
{
    (void)state;
    assert_int_equal(evidence_unit_of("distance_m"), EVIDENCE_UNIT_METRES);
    assert_int_equal(evidence_unit_of("age_ms"), EVIDENCE_UNIT_MILLISECONDS);
    assert_int_equal(evidence_unit_of("taken_at_ms"), EVIDENCE_UNIT_INSTANT);
    assert_int_equal(evidence_unit_of("speed_mps"), EVIDENCE_UNIT_METRES_PER_SECOND);
    assert_int_equal(evidence_unit_of("utc_offset_min"), EVIDENCE_UNIT_UTC_OFFSET);
    assert_int_equal(evidence_unit_of("latitude_deg"), EVIDENCE_UNIT_DEGREES);
    assert_int_equal(evidence_unit_of("same_count"), EVIDENCE_UNIT_NONE);
    assert_int_equal(evidence_unit_of("m"), EVIDENCE_UNIT_NONE);
}

static const struct evidence_finding *accuracy_of(double accuracy_m, double limit_m)
{
    struct evidence_finding *finding = NULL;

    bench_clear(&bench);
    finding = evidence_findings_add(&bench.findings, EVIDENCE_FIX_TOO_COARSE);
    evidence_finding_number(finding, "accuracy_m", accuracy_m);
    evidence_finding_number(finding, "limit_m", limit_m);
    return finding;
}

static void test_numbers_that_differ__never_read_the_same(void **state)
{
    (void)state;
    check_sentence(accuracy_of(1000.4, 1000), EVIDENCE_CHINESE,
                   "定位精度只有 ±1.0004 公里（超过 ±1 "
                   "公里即无法使用），不能说明是否在现场，需要由照片和扫码来证明。");
    check_sentence(accuracy_of(2512, 1000), EVIDENCE_CHINESE,
                   "定位精度只有 ±2.5 公里（超过 ±1 "
                   "公里即无法使用），不能说明是否在现场，需要由照片和扫码来证明。");
}

static void test_list__is_joined_as_the_language_does(void **state)
{
    struct evidence_finding *finding = NULL;

    (void)state;
    bench_clear(&bench);
    finding = evidence_findings_add(&bench.findings, EVIDENCE_CHECKLIST_INCOMPLETE);
    evidence_finding_number(finding, "missing_count", 2);
    evidence_finding_number(finding, "required_count", 5);
    evidence_finding_set_text(finding, "missing_labels", "\nbefore\n\nnameplate {x} [y]\n");
    check_sentence(finding, EVIDENCE_ENGLISH,
                   "Required evidence is missing, 2 of 5: before, nameplate {x} [y].");
    check_sentence(finding, EVIDENCE_CHINESE,
                   "必备凭证共 5 项，缺 2 项：before、nameplate {x} [y]。");
}

static void test_missing_number__is_visible(void **state)
{
    (void)state;
    bench_clear(&bench);
    check_sentence(evidence_findings_add(&bench.findings, EVIDENCE_GEOFENCE_OUTSIDE),
                   EVIDENCE_ENGLISH, "The fix is ? outside the fence of the site (accuracy ±?).");
}

static void test_small_buffer__is_cut_at_a_character(void **state)
{
    const struct evidence_finding *finding = accuracy_of(2512, 1000);
    char whole[EVIDENCE_SENTENCE_MAX];
    int length = evidence_sentence(finding, EVIDENCE_CHINESE, whole, sizeof(whole));

    (void)state;
    for (size_t size = 1; size <= (size_t)length + 1; size++) {
        char part[EVIDENCE_SENTENCE_MAX];

        assert_int_equal(evidence_sentence(finding, EVIDENCE_CHINESE, part, size),
                         size == (size_t)length + 1 ? length : -1);
        assert_true(strlen(part) < size && strlen(part) + 4 > size - 1);
        assert_memory_equal(part, whole, strlen(part));
        assert_true((whole[strlen(part)] & 0xC0) != 0x80);
    }
    assert_int_equal(evidence_sentence(finding, EVIDENCE_CHINESE, NULL, 0), -1);
}

static void test_longest_texts__fit_the_sentence(void **state)
{
    char longest[EVIDENCE_TEXT_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(longest); i++)
        longest[i] = i % 2 == 0 ? 'x' : '\n';
    longest[sizeof(longest) - 1] = '\0';
    for (int code = 0; code < EVIDENCE_CODE_COUNT; code++) {
        struct evidence_finding *finding = NULL;
        char sentence[EVIDENCE_SENTENCE_MAX];

        bench_clear(&bench);
        finding = evidence_findings_add(&bench.findings, (enum evidence_code)code);
        evidence_finding_set_text(finding, "missing_labels", longest);
        assert_true(evidence_sentence(finding, EVIDENCE_ENGLISH, sentence, sizeof(sentence)) > 0);
        assert_true(evidence_sentence(finding, EVIDENCE_CHINESE, sentence, sizeof(sentence)) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lengths__read_as_people_say_them),
        cmocka_unit_test(test_durations__read_in_two_units_at_most),
        cmocka_unit_test(test_other_units__read_plainly),
        cmocka_unit_test(test_units__are_told_by_the_end_of_the_name),
        cmocka_unit_test(test_numbers_that_differ__never_read_the_same),
        cmocka_unit_test(test_list__is_joined_as_the_language_does),
        cmocka_unit_test(test_missing_number__is_visible),
        cmocka_unit_test(test_small_buffer__is_cut_at_a_character),
        cmocka_unit_test(test_longest_texts__fit_the_sentence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
