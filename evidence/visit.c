#include "evidence/visit.h"

#include "evidence/text.h"

#include <math.h>
#include <string.h>

/* As many labels as fit, one a line; "…" says that more are missing than named. */
static void join_labels(const struct evidence_visit *visit, char *ret_text, size_t size)
{
    static const char more[] = "\n…";
    struct evidence_text text = evidence_text_in(ret_text, size - sizeof(more));

    for (size_t i = 0; i < visit->item_count; i++) {
        const struct evidence_checklist_item *item = &visit->items[i];
        size_t kept = text.used;

        if (!item->required || item->done)
            continue;
        if (kept > 0)
            evidence_text_add(&text, "\n");
        evidence_text_add(&text, item->label);
        if (!text.cut)
            continue;
        /* Whole labels only, unless the very first is too long by itself. */
        if (kept > 0)
            ret_text[kept] = '\0';
        memcpy(ret_text + strlen(ret_text), kept > 0 ? more : more + 1,
               sizeof(more) - (kept > 0 ? 0 : 1));
        return;
    }
}

static void judge_checklist(const struct evidence_visit *visit, struct evidence_findings *findings)
{
    struct evidence_finding *finding = NULL;
    size_t required_count = 0;
    size_t missing_count = 0;
    char labels[EVIDENCE_TEXT_MAX];

    for (size_t i = 0; i < visit->item_count; i++) {
        required_count += visit->items[i].required;
        missing_count += visit->items[i].required && !visit->items[i].done;
    }
    if (!visit->has_departure || missing_count == 0)
        return;
    join_labels(visit, labels, sizeof(labels));
    finding = evidence_findings_add(findings, EVIDENCE_CHECKLIST_INCOMPLETE);
    evidence_finding_number(finding, "missing_count", (double)missing_count);
    evidence_finding_number(finding, "required_count", (double)required_count);
    evidence_finding_set_text(finding, "missing_labels", labels);
}

static void judge_length(const struct evidence_visit *visit, const struct evidence_policy *policy,
                         struct evidence_findings *findings)
{
    double site_s = visit->least_time_on_site_s;
    double least_s = site_s > 0 && isfinite(site_s) ? site_s : policy->least_time_on_site_s;
    int64_t length_ms = evidence_elapsed_ms(visit->arrived_at_ms, visit->departed_at_ms);
    struct evidence_finding *finding = NULL;

    if (length_ms < 0) {
        finding = evidence_findings_add(findings, EVIDENCE_DEPARTURE_BEFORE_ARRIVAL);
        evidence_finding_ms(finding, "before_ms",
                            evidence_elapsed_ms(visit->departed_at_ms, visit->arrived_at_ms));
    } else if ((double)length_ms < least_s * 1000) {
        finding = evidence_findings_add(findings, EVIDENCE_TIME_ON_SITE_SHORT);
        evidence_finding_ms(finding, "length_ms", length_ms);
        evidence_finding_number(finding, "limit_ms", least_s * 1000);
    }
}

void evidence_visit_judge(const struct evidence_visit *visit, const struct evidence_policy *policy,
                          struct evidence_findings *findings)
{
    if (visit->has_arrival && visit->has_departure)
        judge_length(visit, policy, findings);
    else if (visit->has_departure)
        (void)evidence_findings_add(findings, EVIDENCE_DEPARTURE_WITHOUT_ARRIVAL);
    else if (!visit->has_arrival)
        (void)evidence_findings_add(findings, EVIDENCE_ARRIVAL_MISSING);
    judge_checklist(visit, findings);
}
