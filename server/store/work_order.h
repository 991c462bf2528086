/** Work orders in the database. Queries: work_order.sql. Texts are the arena's. */
#ifndef FIELDPROOF_STORE_WORK_ORDER_H
#define FIELDPROOF_STORE_WORK_ORDER_H

#include "server/store/db.h"

#include <stdbool.h>

struct work_order_key {
    struct uuid org_id;
    struct uuid id;
};

/** What a body refers to. */
struct work_order_references {
    const char *site_id;          /**< NULL: none named */
    const char *const *assignees; /**< ids */
    size_t assignee_count;
    const char *const *assets;
    size_t asset_count;
    const char *assets_site_id; /**< the site at which the assets must be */
    const char *template_id;    /**< NULL: none named */
};

/** What of it is not there. */
struct work_order_unknown {
    bool site;
    int64_t assignees; /**< not enabled technicians of the organisation */
    int64_t assets;    /**< not at the site */
    bool template;
};

int work_order_check(struct db *db, struct arena *arena, const struct uuid *org_id,
                     const struct work_order_references *references,
                     struct work_order_unknown *ret) MUST_CHECK;

/** @param[out] ret_taken_by as in insert_once.h. */
int work_order_insert(struct db *db, struct arena *arena, const struct work_order_key *key,
                      const char *body, const char *state, const struct uuid *creator_id,
                      const uint8_t content_sha256[32], const char **ret_taken_by) MUST_CHECK;

/** Says in the history that it was created. */
int work_order_created(struct db *db, struct arena *arena, const struct work_order_key *key,
                       const struct uuid *actor_id, const char *state) MUST_CHECK;

/** JSON; NULL when there is none that `technician_id` (NULL: anybody) is assigned to. */
int work_order_get(struct db *db, struct arena *arena, const struct work_order_key *key,
                   const struct uuid *technician_id, const char **ret_json,
                   int64_t *ret_version) MUST_CHECK;

struct work_order_filter {
    const char *state; /**< NULL: any; so are the others */
    const char *site_id;
    const char *customer_id;
    const char *assignee_id;
    const char *open;       /**< "true", "false" */
    const char *overdue;    /**< alike */
    const char *unassigned; /**< alike */
    const char *from;
    const char *to;
    const char *part; /**< of number or title */
    bool is_as_planned;
};

/**
 * Rows of (JSON, created_at or planned time, id). A search for a part of a text may end with a row
 * whose JSON is NULL: what lies behind it was not looked at.
 *
 * @param page the page's limit and keys (resources/page.h).
 */
int work_order_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                    const struct work_order_filter *filter, const struct db_parameters *page,
                    struct db_rows *ret) MUST_CHECK;

/** A work order that is locked for a change; `facts` is what the history compares with. */
struct work_order_locked {
    bool is_known;
    int64_t version;
    const char *state;
    const char *site_id;
    const char *facts;
    bool has_assignees;
};

int work_order_lock(struct db *db, struct arena *arena, const struct work_order_key *key,
                    const struct uuid *technician_id, struct work_order_locked *ret) MUST_CHECK;

/** The members of `change` that are there replace the columns. */
int work_order_update(struct db *db, struct arena *arena, const struct work_order_key *key,
                      const char *change) MUST_CHECK;

int work_order_set_assignees(struct db *db, struct arena *arena, const struct work_order_key *key,
                             const char *const *assignees, size_t count) MUST_CHECK;

/** @param checklist JSON array as in the contract. */
int work_order_set_checklist(struct db *db, struct arena *arena, const struct work_order_key *key,
                             const char *checklist) MUST_CHECK;

/** Adds the items of a template to a work order that has none. */
int work_order_add_checklist_of_template(struct db *db, struct arena *arena,
                                         const struct work_order_key *key,
                                         const char *template_id) MUST_CHECK;

/** Says in the history what differs from the facts before, if anything does. */
int work_order_record_change(struct db *db, struct arena *arena, const struct work_order_key *key,
                             const struct uuid *actor_id, const char *facts_before) MUST_CHECK;

struct work_order_move {
    const char *event_id; /**< NULL: made here */
    const char *from;
    const char *to;
    const char *reason; /**< may be NULL */
};

int work_order_move(struct db *db, struct arena *arena, const struct work_order_key *key,
                    const struct uuid *actor_id, const struct work_order_move *move) MUST_CHECK;

/** The event that has taken an id. */
struct work_order_event {
    bool is_known;
    bool is_of_this_work_order;
    const char *to;
    const char *reason;
};

int work_order_event_find(struct db *db, struct arena *arena, const struct work_order_key *key,
                          const char *event_id, struct work_order_event *ret) MUST_CHECK;

/** What a technician's phone says of the way to a work order. */
struct work_order_way {
    const char *event_id;
    const char *since; /**< RFC 3339, by the phone; NULL: not on the way any more */
    bool takes_effect; /**< false: it comes too late, and only the history keeps it */
};

enum work_order_way_found {
    WORK_ORDER_WAY_NEW,   /**< the id is free */
    WORK_ORDER_WAY_SAID,  /**< the same was said under it */
    WORK_ORDER_WAY_OTHER, /**< something else has it */
};

int work_order_way_find(struct db *db, struct arena *arena, const struct work_order_key *key,
                        const struct work_order_way *way,
                        enum work_order_way_found *ret) MUST_CHECK;

/** Says it in the history and, if it takes effect, at the work order; the technician's way to
 * another site ends with it. */
int work_order_set_on_the_way(struct db *db, struct arena *arena, const struct work_order_key *key,
                              const struct uuid *technician_id,
                              const struct work_order_way *way) MUST_CHECK;

int work_order_delete(struct db *db, struct arena *arena,
                      const struct work_order_key *key) MUST_CHECK;

/** Starts the parameters of work_order_history; the page's come after them. */
void work_order_history_parameters(struct db_parameters *parameters, struct arena *arena,
                                   const struct work_order_key *key);

/** Rows of (JSON, happened_at, id). */
int work_order_history(struct db *db, const struct db_parameters *parameters,
                       struct db_rows *ret) MUST_CHECK;

/** A technician's day as JSON. @param day "2026-11-20", or NULL: today by the organisation's clock.
 */
int my_day_get(struct db *db, struct arena *arena, const struct uuid *org_id,
               const struct uuid *technician_id, const char *day, const char **ret_json) MUST_CHECK;

#endif
