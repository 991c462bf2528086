#include "evidence/visit.h"

#include "evidence/text.h"

#include <math.h>
#include <string.h>

#define MORE "\n…"

/* As many whole labels as fit, one a line; a last "…" says that more are missing than named. */
static void join_labels(const struct evidence_visit *visit, char *ret_text, size_t size)
{
    struct evidence_text text = evidence_text_in(ret_text, size - strlen(MORE));

    for (size_t i = 0; i < visit->item_count; i++) {
        const struct evidence_checklist_item *item = &visit->items[i];
        size_t whole = text.used;

        if (!item->required || item->done)
            continue;
        if (whole > 0)
            evidence_text_add(&text, "\n");
        evidence_text_add(&text, item->label);
        if (text.cut) {
            /* A first label that is too long by itself is cut; any other is left out. */
            size_t kept = whole > 0 ? whole : text.used;
            struct evidence_text end = evidence_text_in(ret_text + kept, size - kept);

            evidence_text_add(&end, &MORE[whole > 0 ? 0 : 1]);
            return;
        }
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
    if (visit->signed_missing_count > 0)
        evidence_finding_number(evidence_findings_add(findings, EVIDENCE_SIGNED_EVIDENCE_MISSING),
                                "missing_count", (double)visit->signed_missing_count);
}
