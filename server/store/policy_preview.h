/**
 * Stored evidence as it was when it was judged, to be judged again by another policy. Reads only.
 * Queries: policy_preview.sql. Texts are the arena's.
 */
#ifndef FIELDPROOF_STORE_POLICY_PREVIEW_H
#define FIELDPROOF_STORE_POLICY_PREVIEW_H

#include "server/store/check_in.h"
#include "server/store/photo.h"
#include "server/store/visit.h"

/** Visits of a period, as if drawn by lot. */
struct preview_draw {
    const char *const *visit_ids;
    size_t count;
    int64_t in_period;
};

int preview_draw(struct db *db, struct arena *arena, const struct uuid *org_id, int64_t from_ms,
                 int64_t to_ms, int most, struct preview_draw *ret) MUST_CHECK;

struct preview_visit {
    const char *id;
    const char *verdict;
    struct visit_facts facts; /**< without the policy and the worst of its parts */
    const char *label;        /**< JSON: how people call it */
};

struct preview_check_in {
    const char *visit_id;
    const char *id;
    const char *verdict;
    const char *body; /**< JSON as sent, as far as the rules read it */
    int64_t received_at_ms;
    struct check_in_context context; /**< without the policy */
};

struct preview_photo {
    const char *visit_id;
    const char *id;
    const char *verdict;
    const char *findings; /**< JSON */
    const char *exif;     /**< JSON, or NULL */
    uint32_t width_px, height_px, orientation;
    bool is_video; /**< its looks are not judged */
    bool has_looks;
    double mean_luminance;
    double sharpness;
    struct photo_context context; /**< without the policy and the usual camera */
};

struct preview_scan {
    const char *visit_id;
    const char *id;
    const char *verdict;
    const char *findings; /**< JSON */
};

/** Some visits with everything that belongs to them, each list in the order of the visits' ids. */
struct preview_chunk {
    struct preview_visit *visits;
    size_t visit_count;
    struct preview_check_in *check_ins;
    size_t check_in_count;
    struct preview_photo *photos;
    size_t photo_count;
    struct preview_scan *scans;
    size_t scan_count;
};

int preview_chunk(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const char *const *visit_ids, size_t count, struct preview_chunk *ret) MUST_CHECK;

#endif
