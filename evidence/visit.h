/** What a whole visit tells: its checklist, its arrival and departure, its length. */
#ifndef FIELDPROOF_EVIDENCE_VISIT_H
#define FIELDPROOF_EVIDENCE_VISIT_H

#include "evidence/policy.h"

/** One line of the checklists of the visit's work orders. */
struct evidence_checklist_item {
    const char *label;
    bool required;
    bool done;
};

/** A visit as far as it is known. Judge it when it has ended, and again when a late check-in comes.
 */
struct evidence_visit {
    bool has_arrival;
    int64_t arrived_at_ms; /**< captured_at of the earliest arrival */
    bool has_departure;
    int64_t departed_at_ms;      /**< captured_at of the latest departure */
    double least_time_on_site_s; /**< the site's own limit; 0: the policy's */
    const struct evidence_checklist_item *items;
    size_t item_count;
    size_t signed_missing_count; /**< check-ins, scans, photos that a signed sheet lists and that
                                    have not come */
};

/** States what the visit tells. Before its departure the checklist is not held against anyone. */
void evidence_visit_judge(const struct evidence_visit *visit, const struct evidence_policy *policy,
                          struct evidence_findings *findings);

#endif
