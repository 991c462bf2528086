/** The verdicts of a check-in and of its scans. */
#ifndef FIELDPROOF_RESOURCES_CHECK_IN_JUDGEMENT_H
#define FIELDPROOF_RESOURCES_CHECK_IN_JUDGEMENT_H

#include "server/resources/check_in_body.h"

/** What was found about the fix: columns of the check-in's row. */
struct check_in_verdict {
    struct judgement judgement;
    bool has_fence_distance;
    double fence_distance_m;
    const char *geofence; /**< inside, outside, uncertain; NULL without a usable fix */
};

/** Judges fix and clocks. */
int check_in_judge(struct request *request, const struct check_in_body *body,
                   const struct check_in_context *context, struct check_in_verdict *ret) MUST_CHECK;

/** What was found about the fence: inside, outside, uncertain; NULL without a usable fix. */
const char *check_in_geofence(const struct evidence_findings *findings);

/** Judges one scan against the assets that were found for the scanned values. */
int check_in_judge_scan(struct request *request, const struct check_in_body *body,
                        const struct check_in_context *context, const struct scan_asset *assets,
                        size_t asset_count, struct scan_row *row) MUST_CHECK;

#endif
