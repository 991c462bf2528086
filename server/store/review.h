/** Reviews and the retakes they ask for, in the database. Queries: review.sql. */
#ifndef FIELDPROOF_STORE_REVIEW_H
#define FIELDPROOF_STORE_REVIEW_H

#include "server/store/db.h"

/** What is reviewed: a visit, or one photo of it. */
struct review_subject {
    struct uuid org_id;
    struct uuid id; /**< of the visit or the photo */
    bool is_photo;
    const char *visit_id; /**< NULL: there is no such visit or photo */
    const char *technician_id;
    bool is_stored;       /**< a photo's bytes have come */
    const char *decision; /**< what was decided last; NULL: nothing, or it was withdrawn */
};

/** Finds the subject of that id and locks it: reviewers follow each other. */
int review_lock_subject(struct db *db, struct arena *arena,
                        struct review_subject *subject) MUST_CHECK;

struct review {
    struct uuid id;
    const char *decision;
    const char *reason; /**< or NULL */
    struct uuid reviewer_id;
    const uint8_t *content_sha256;
};

/**
 * Records the review.
 *
 * @param[out] ret_taken_by as of db_insert_once(): NULL, or whose content the id has.
 */
int review_insert(struct db *db, struct arena *arena, const struct review_subject *subject,
                  const struct review *review, const char **ret_taken_by) MUST_CHECK;

/** The review of the subject that came before this one; NULL: it is the first. */
int review_before(struct db *db, struct arena *arena, const struct review_subject *subject,
                  const struct uuid *id, const char **ret_id) MUST_CHECK;

/**
 * Makes the review count: the subject's decision is this one. Of a photo, the open retake is
 * withdrawn, and a decision "retake" opens another.
 */
int review_apply(struct db *db, struct arena *arena, const struct review_subject *subject,
                 const struct review *review) MUST_CHECK;

/** The review as JSON. */
int review_get(struct db *db, struct arena *arena, const struct uuid *org_id, const struct uuid *id,
               const char **ret_json) MUST_CHECK;

/** Rows of (JSON, moment, id), newest first. `open`, `technician_id`: NULL: any. */
int retake_list(struct db *db, struct arena *arena, const struct uuid *org_id, const char *open,
                const char *technician_id, const struct db_parameters *page,
                struct db_rows *ret) MUST_CHECK;

/** Of these ids, those of photos that this technician took at this site: rows of (id). */
int retake_targets(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const char *const *photo_ids, size_t count, const struct uuid *technician_id,
                   const struct uuid *site_id, struct db_rows *ret) MUST_CHECK;

#endif
