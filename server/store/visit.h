/** Visits in the database, as far as check-ins make and judge them. Queries: visit.sql. */
#ifndef FIELDPROOF_STORE_VISIT_H
#define FIELDPROOF_STORE_VISIT_H

#include "server/store/judgement.h"

/** What a check-in says about its visit. */
struct visit_sighting {
    struct uuid org_id;
    struct uuid visit_id;
    struct uuid site_id;
    struct uuid technician_id;
    int64_t captured_at_ms;
    bool is_arrival;
    bool is_departure;
    const struct uuid *work_order_ids;
    size_t work_order_count;
    const struct judgement *judgement; /**< of the check-in; a new visit begins with it */
    bool is_first; /**< nobody has seen this visit yet; if that has changed, the transaction was
                      overtaken */
};

/** Makes the visit or widens it, and joins its work orders; an arrival puts them on site. */
int visit_sight(struct db *db, struct arena *arena,
                const struct visit_sighting *sighting) MUST_CHECK;

/** What the rules need to know of a whole visit. */
struct visit_facts {
    bool has_arrival;
    int64_t arrived_at_ms;
    bool has_departure;
    int64_t departed_at_ms;
    const char *policy;
    int64_t minimum_minutes; /**< the site's; 0: the policy's */
    int worst;               /**< of all its parts: 0 accepted, 1 needs_review, 2 rejected */
    const char *checklist;   /**< JSON [{label, required, done}], or NULL */
    int64_t signed_missing;  /**< what signed sheets list and has not come */
};

/** Reads the facts and locks the visit's row, so that two judges follow each other. */
int visit_facts(struct db *db, struct arena *arena, const struct uuid *org_id, const char *visit_id,
                struct visit_facts *ret) MUST_CHECK;

int visit_judge(struct db *db, struct arena *arena, const struct uuid *org_id, const char *visit_id,
                const struct judgement *judgement) MUST_CHECK;

/** The visit as JSON, or NULL when there is none that `technician_id` (NULL: anybody) may see. */
int visit_get(struct db *db, struct arena *arena, const struct uuid *org_id, const struct uuid *id,
              const struct uuid *technician_id, const char *language,
              const char **ret_json) MUST_CHECK;

#endif
