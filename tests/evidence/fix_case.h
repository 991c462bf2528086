/** An ordinary good fix in the middle of a site: tests change it, and judge. */
#ifndef FIELDPROOF_TESTS_EVIDENCE_FIX_CASE_H
#define FIELDPROOF_TESTS_EVIDENCE_FIX_CASE_H

#include "checks.h"

#include "evidence/fix.h"

#define NOON   INT64_C(1795262400000) /* 2026-11-21T12:00:00Z */
#define SECOND INT64_C(1000)

/** People's Square, Shanghai: in the area where GCJ-02 and BD-09 differ from WGS-84. */
extern const struct geo_point centre;

/** What is judged; a program judges one case at a time. */
extern struct bench bench;
extern struct geo_fence *fence; /**< a circle of 100 m around the centre */
extern struct evidence_fix fix;
extern struct evidence_site site;
extern struct evidence_fix_history history;

/** A group's set-up and tear-down, and the set-up of each test. */
int fix_case_make_fence(void **state);
int fix_case_free_fence(void **state);
int fix_case_reset(void **state);

/** Judges the case; check_findings(). */
void judge(void);
enum evidence_verdict verdict(void);

/** A point so far from the centre; negative: to the south. */
struct geo_point north_of_centre(double metres);

/** How far outside the fence; negative: inside. */
double distance_of(struct geo_point point);

#endif
