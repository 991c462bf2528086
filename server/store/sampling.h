/** Sampling plans, their draws and what was found. Queries: sampling.sql. Texts are the arena's. */
#ifndef FIELDPROOF_STORE_SAMPLING_H
#define FIELDPROOF_STORE_SAMPLING_H

#include "server/store/db.h"

struct sampling_key {
    struct uuid org_id;
    struct uuid id;
};

struct sampling_plan_row {
    const char *name;
    int64_t visits;
    const char *per;
    const char *period;
    const char *weighting;
    const char *public_source; /**< or NULL */
    const char *starts_on;     /**< a day of the first period; NULL: the next period is the first */
    const uint8_t *chain_root; /**< 32 bytes, as the next two */
    const uint8_t *commitment;
    const uint8_t *content_sha256;
    struct uuid created_by;
};

/** `ret_taken_by` as in insert_once.h, here and below. */
int sampling_plan_insert(struct db *db, struct arena *arena, const struct sampling_key *plan,
                         const struct sampling_plan_row *row, const char **ret_taken_by) MUST_CHECK;

/** JSON in the contract's shape; NULL when there is none. */
int sampling_plan_get(struct db *db, struct arena *arena, const struct sampling_key *plan,
                      const char **ret_json) MUST_CHECK;

/** Rows of (JSON, moment, id), newest first. `ended`: "true", "false", NULL: any. */
int sampling_plan_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                       const char *ended, const struct db_parameters *page,
                       struct db_rows *ret) MUST_CHECK;

/** No period that begins later is drawn. Again is harmless. */
int sampling_plan_end(struct db *db, struct arena *arena, const struct sampling_key *plan,
                      const struct uuid *ended_by) MUST_CHECK;

/** A plan with the period that is to be drawn next. */
struct sampling_due {
    int64_t visits;
    const char *per;
    const char *weighting;
    bool has_public_source;
    uint8_t chain_root[32];
    int64_t period_number;
    const char *starts_on; /**< first day of the period */
    const char *ends_on;   /**< first day after it */
    const char *starts_at; /**< the moments of the two */
    const char *ends_at;
    bool is_past_end; /**< the plan was ended before the period began */
    bool is_over;     /**< the period is */
};

/** Locks the plan: those who draw follow each other. `ret_is_known` false: there is none. */
int sampling_plan_lock_due(struct db *db, struct arena *arena, const struct sampling_key *plan,
                           bool *ret_is_known, struct sampling_due *ret) MUST_CHECK;

/**
 * The visits of the period, at most `limit`, in the order of their ids: rows of (visit, technician,
 * team, stratum, weight, 64 digits of the evidence's digest).
 */
int sampling_candidates(struct db *db, struct arena *arena, const struct uuid *org_id,
                        const struct sampling_due *due, int limit, struct db_rows *ret) MUST_CHECK;

struct sampling_draw_row {
    const char *public_value; /**< or NULL */
    int64_t candidates;
    const uint8_t *secret; /**< 32 bytes, as the next three */
    const uint8_t *candidates_sha256;
    const uint8_t *seed;
    const uint8_t *content_sha256;
    struct uuid drawn_by;
};

int sampling_draw_insert(struct db *db, struct arena *arena, const struct sampling_key *draw,
                         const struct uuid *plan_id, const struct sampling_due *due,
                         const struct sampling_draw_row *row, const char **ret_taken_by) MUST_CHECK;

/** The digest of the content that the id has; NULL: it is free. */
int sampling_draw_content(struct db *db, struct arena *arena, const struct sampling_key *draw,
                          const char **ret_taken_by) MUST_CHECK;

struct sampling_candidate_row {
    const char *visit_id;
    const char *technician_id;
    const char *team; /**< or NULL */
    const char *stratum;
    const char *weight;
    const char *sha256; /**< 64 digits */
    int64_t key;
    int64_t place;
    bool is_drawn;
};

#define SAMPLING_CANDIDATES_AT_ONCE 2000

/** At most SAMPLING_CANDIDATES_AT_ONCE. `arena` holds the parameters only. */
int sampling_candidate_insert(struct db *db, struct arena *arena, const struct sampling_key *draw,
                              const struct sampling_candidate_row *rows, size_t count) MUST_CHECK;

/** JSON in the contract's shape; NULL when there is none. */
int sampling_draw_get(struct db *db, struct arena *arena, const struct sampling_key *draw,
                      const char **ret_json) MUST_CHECK;

/** Rows of (JSON, number of the period), the latest first. */
int sampling_draw_list(struct db *db, struct arena *arena, const struct sampling_key *plan,
                       const struct db_parameters *page, struct db_rows *ret) MUST_CHECK;

/** Rows of (JSON, stratum, place) of the visits that were drawn. `assessed` NULL: all. */
int sampling_drawn_list(struct db *db, struct arena *arena, const struct sampling_key *draw,
                        const char *assessed, const struct db_parameters *page,
                        struct db_rows *ret) MUST_CHECK;

/** What strangers need to draw again, and the period's first day; both NULL when there is no such
 * draw. */
int sampling_draw_published(struct db *db, struct arena *arena, const struct sampling_key *draw,
                            const char **ret_json, const char **ret_starts_on) MUST_CHECK;

/**
 * Locks a visit that was drawn: those who assess it follow each other.
 *
 * @param[out] ret_is_known false: it was not drawn.
 * @param[out] ret_assessment_id the latest; NULL: there is none.
 */
int sampling_drawn_lock(struct db *db, struct arena *arena, const struct sampling_key *draw,
                        const struct uuid *visit_id, bool *ret_is_known,
                        const char **ret_assessment_id) MUST_CHECK;

struct sampling_assessment_row {
    struct uuid id;
    struct uuid visit_id;
    const char *scores;  /**< JSON */
    const char *comment; /**< or NULL */
    struct uuid assessed_by;
    const uint8_t *content_sha256;
};

/** The digest of the content that the id has; NULL: it is free. */
int sampling_assessment_content(struct db *db, struct arena *arena,
                                const struct sampling_key *assessment,
                                const char **ret_taken_by) MUST_CHECK;

int sampling_assessment_insert(struct db *db, struct arena *arena, const struct sampling_key *draw,
                               const struct sampling_assessment_row *row,
                               const char **ret_taken_by) MUST_CHECK;

/** Makes it the one that counts. */
int sampling_assessment_count(struct db *db, struct arena *arena,
                              const struct sampling_key *assessment) MUST_CHECK;

int sampling_assessment_get(struct db *db, struct arena *arena,
                            const struct sampling_key *assessment,
                            const char **ret_json) MUST_CHECK;

#endif
