/** Recurring work in the database. Queries: work_schedule.sql. Texts are the arena's. */
#ifndef FIELDPROOF_STORE_WORK_SCHEDULE_H
#define FIELDPROOF_STORE_WORK_SCHEDULE_H

#include "server/store/db.h"

#include <stdbool.h>

struct work_schedule_key {
    struct uuid org_id;
    struct uuid id;
};

/** What a body refers to. */
struct work_schedule_references {
    const char *template_id; /**< NULL: none named */
    const char *const *sites;
    size_t site_count;
    const char *const *assignees;
    size_t assignee_count;
};

/** What of it is not there. */
struct work_schedule_unknown {
    bool template;
    int64_t sites;
    int64_t assignees; /**< not enabled technicians of the organisation */
};

int work_schedule_check(struct db *db, struct arena *arena, const struct uuid *org_id,
                        const struct work_schedule_references *references,
                        struct work_schedule_unknown *ret) MUST_CHECK;

/** @param[out] ret_taken_by as in insert_once.h. */
int work_schedule_insert(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                         const char *body, const struct uuid *creator_id,
                         const uint8_t content_sha256[32], const char **ret_taken_by) MUST_CHECK;

int work_schedule_set_sites(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                            const char *const *sites, size_t count) MUST_CHECK;

/** JSON; NULL when there is no such schedule. */
int work_schedule_get(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                      const char **ret_json, int64_t *ret_version) MUST_CHECK;

struct work_schedule_locked {
    bool is_known;
    int64_t version;
    const char *span; /**< JSON: starts_on, ends_on */
};

int work_schedule_lock(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                       struct work_schedule_locked *ret) MUST_CHECK;

int work_schedule_change(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                         const char *change) MUST_CHECK;

/**
 * Rows of (JSON, name, id).
 *
 * @param name_pattern for ILIKE; NULL: any name.
 * @param page the page's limit and keys (resources/page.h).
 */
int work_schedule_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                       const char *name_pattern, const struct db_parameters *page,
                       struct db_rows *ret) MUST_CHECK;

/** The next five dates of a rule as JSON. */
int work_schedule_preview(struct db *db, const char *body, const char *time_zone,
                          const char **ret_json) MUST_CHECK;

/**
 * The schedule after `after` (NULL: the first) that has work orders to make. It is locked; one that
 * another process works on is passed over.
 */
int work_schedule_due(struct db *db, struct arena *arena, const struct uuid *org_id,
                      const struct uuid *after, int64_t days_ahead, bool *ret_is_known,
                      struct uuid *ret_id) MUST_CHECK;

/**
 * Makes the work orders of a schedule that was locked or just inserted.
 *
 * @param only_day a day that was skipped when its turn was (2026-12-01); NULL: those whose turn is.
 * @param[out] ret_count how many were made.
 */
int work_schedule_make(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                       int64_t days_ahead, const char *only_day, int64_t *ret_count) MUST_CHECK;

/** Whether the schedule has this day, and it is not over. */
int work_schedule_has_day(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                          const char *day, bool *ret_has) MUST_CHECK;

struct work_schedule_skip {
    const char *day;
    const char *reason;
    const struct uuid *actor_id;
};

/** Takes a day out, and cancels what was made of it and nobody has begun. */
int work_schedule_skip_day(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                           const struct work_schedule_skip *skip) MUST_CHECK;

/** Brings a day back; false: it was not skipped. */
int work_schedule_unskip_day(struct db *db, struct arena *arena,
                             const struct work_schedule_key *key, const char *day,
                             bool *ret_was_skipped) MUST_CHECK;

/** One job for many sites at once. */
struct work_order_batch {
    struct work_schedule_key key;
    const char *body;        /**< JSON as in the contract */
    const char *template_id; /**< NULL: none */
    const char *const *assignees;
    size_t assignee_count;
    const char *const *ids; /**< of the work orders, one a site */
    size_t count;
    const struct uuid *creator_id;
    const uint8_t *content_sha256;
};

/** @param[out] ret_taken_by as in insert_once.h; nothing was made unless it is NULL. */
int work_order_batch_create(struct db *db, struct arena *arena,
                            const struct work_order_batch *batch,
                            const char **ret_taken_by) MUST_CHECK;

int work_order_batch_get(struct db *db, struct arena *arena, const struct work_schedule_key *key,
                         const char **ret_json) MUST_CHECK;

#endif
