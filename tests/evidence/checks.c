#include "checks.h"

#include "evidence/sentence.h"

#include <math.h>
#include <string.h>

void bench_clear(struct bench *bench)
{
    evidence_policy_default(&bench->policy);
    evidence_findings_clear(&bench->findings);
}

static bool lists(const char *names, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = strstr(names, name); at != NULL; at = strstr(at + 1, name)) {
        if ((at == names || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    }
    return false;
}

static void check_finding(const struct evidence_finding *finding)
{
    const struct evidence_code_entry *entry = &evidence_codes[finding->code];
    char sentence[EVIDENCE_SENTENCE_MAX];

    for (size_t i = 0; i < finding->number_count; i++) {
        if (!lists(entry->numbers, finding->numbers[i].name))
            fail_msg("%s is not listed for %s", finding->numbers[i].name, entry->name);
        assert_true(isfinite(finding->numbers[i].value));
    }
    assert_int_equal(finding->severity, finding->explained ? EVIDENCE_INFO : entry->severity);
    for (int language = 0; language < EVIDENCE_LANGUAGE_COUNT; language++) {
        int length = evidence_sentence(finding, (enum evidence_language)language, sentence,
                                       sizeof(sentence));

        assert_true(length > 0 && length == (int)strlen(sentence));
        if (strpbrk(sentence, "?{}[]<|\n") != NULL)
            fail_msg("%s reads: %s", entry->name, sentence);
    }
}

void check_findings(const struct bench *bench)
{
    for (size_t i = 0; i < bench->findings.count; i++)
        check_finding(&bench->findings.items[i]);
}

const struct evidence_finding *check_stated(const struct bench *bench, enum evidence_code code)
{
    const struct evidence_finding *found = NULL;

    check_findings(bench);
    for (size_t i = 0; i < bench->findings.count; i++) {
        if (bench->findings.items[i].code != code)
            continue;
        if (found != NULL)
            fail_msg("%s was stated twice", evidence_codes[code].name);
        found = &bench->findings.items[i];
    }
    if (found == NULL)
        fail_msg("%s was not stated", evidence_codes[code].name);
    return found;
}

void check_silent(const struct bench *bench, enum evidence_code code)
{
    check_findings(bench);
    if (evidence_findings_find(&bench->findings, code) != NULL)
        fail_msg("%s was stated", evidence_codes[code].name);
}

double check_number(const struct evidence_finding *finding, const char *name)
{
    const struct evidence_number *number = evidence_finding_get(finding, name);

    if (number == NULL || number->is_text)
        fail_msg("%s has no number %s", evidence_codes[finding->code].name, name);
    return number->value;
}

void check_text(const struct evidence_finding *finding, const char *name, const char *expected)
{
    const struct evidence_number *number = evidence_finding_get(finding, name);

    assert_non_null(number);
    assert_true(number->is_text);
    assert_string_equal(evidence_finding_text(finding, number), expected);
}

void check_sentence(const struct evidence_finding *finding, enum evidence_language language,
                    const char *expected)
{
    char sentence[EVIDENCE_SENTENCE_MAX];

    assert_int_equal(evidence_sentence(finding, language, sentence, sizeof(sentence)),
                     strlen(expected));
    assert_string_equal(sentence, expected);
}
