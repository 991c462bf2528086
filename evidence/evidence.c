#include "evidence/evidence.h"

#include "evidence/text.h"

#include <assert.h>
#include <math.h>
#include <string.h>

void evidence_findings_clear(struct evidence_findings *findings)
{
    findings->count = 0;
    findings->dropped_count = 0;
}

struct evidence_finding *evidence_findings_add(struct evidence_findings *findings,
                                               enum evidence_code code)
{
    struct evidence_finding *finding = NULL;

    if (findings->count == EVIDENCE_FINDINGS_MAX) {
        findings->dropped_count++;
        return NULL;
    }
    finding = &findings->items[findings->count++];
    *finding = (struct evidence_finding){.code = code, .severity = evidence_codes[code].severity};
    return finding;
}

const struct evidence_finding *evidence_findings_find(const struct evidence_findings *findings,
                                                      enum evidence_code code)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].code == code)
            return &findings->items[i];
    }
    return NULL;
}

static struct evidence_number *add_number(struct evidence_finding *finding, const char *name)
{
    struct evidence_number *number = NULL;

    assert(finding->number_count < EVIDENCE_NUMBERS_MAX);
    number = &finding->numbers[finding->number_count++];
    *number = (struct evidence_number){.name = name};
    return number;
}

void evidence_finding_number(struct evidence_finding *finding, const char *name, double value)
{
    if (finding != NULL && isfinite(value))
        add_number(finding, name)->value = value;
}

void evidence_finding_ms(struct evidence_finding *finding, const char *name, int64_t value_ms)
{
    evidence_finding_number(finding, name, (double)value_ms);
}

void evidence_finding_set_text(struct evidence_finding *finding, const char *name, const char *text)
{
    struct evidence_number *number = NULL;
    struct evidence_text writer;
    size_t room = 0;

    if (finding == NULL || text == NULL)
        return;
    room = sizeof(finding->text) - finding->text_used_bytes;
    if (room == 0)
        return;
    writer = evidence_text_in(finding->text + finding->text_used_bytes, room);
    evidence_text_add(&writer, text);
    number = add_number(finding, name);
    number->is_text = true;
    number->text_at = (uint16_t)finding->text_used_bytes;
    finding->text_used_bytes += writer.used + 1;
}

void evidence_finding_explain(struct evidence_finding *finding)
{
    if (finding != NULL) {
        finding->explained = true;
        finding->severity = EVIDENCE_INFO;
    }
}

const struct evidence_number *evidence_finding_get(const struct evidence_finding *finding,
                                                   const char *name)
{
    for (size_t i = 0; i < finding->number_count; i++) {
        if (strcmp(finding->numbers[i].name, name) == 0)
            return &finding->numbers[i];
    }
    return NULL;
}

const char *evidence_finding_text(const struct evidence_finding *finding,
                                  const struct evidence_number *number)
{
    return number->is_text ? finding->text + number->text_at : "";
}

int64_t evidence_elapsed_ms(int64_t from_ms, int64_t to_ms)
{
    int64_t elapsed_ms = 0;

    if (__builtin_sub_overflow(to_ms, from_ms, &elapsed_ms))
        return to_ms > from_ms ? INT64_MAX : INT64_MIN;
    return elapsed_ms;
}
