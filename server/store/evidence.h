/** The manager's lists of visits and photos, and the report. Queries: visit.sql, evidence.sql. */
#ifndef FIELDPROOF_STORE_EVIDENCE_H
#define FIELDPROOF_STORE_EVIDENCE_H

#include "server/store/db.h"

/** What a list is narrowed to. Texts as in the query string, already checked; NULL: not narrowed.
 */
struct evidence_filter {
    const char *site_id;
    const char *technician_id;
    const char *customer_id;
    const char *team; /**< of the technician, today; not photos by risk */
    const char *from;
    const char *to;
    const char *verdict;
    const char *finding;
    const char *reviewed;
    const char *first_day; /**< of the site's zone, 2026-11-20; not photos by risk */
    const char *last_day;
    const char *role;       /**< photos only */
    const char *decision;   /**< photos, but not by risk: the manager's that stands */
    const char *is_signed;  /**< visits only, from here: whether a version of the sheet is */
    const char *corrected;  /**< whether a signed sheet was written anew */
    const char *concern;    /**< disputed, complaint, low_rating or any */
    const char *correction; /**< open: asked for, and not answered yet */
    const char *work_order_id;
};

/**
 * Both lists answer rows of (JSON, moment, id), newest first.
 *
 * @param page limit and keys, as page_add() makes them.
 */
int visit_list(struct db *db, struct arena *arena, const struct uuid *org_id,
               const struct evidence_filter *filter, const struct db_parameters *page,
               struct db_rows *ret) MUST_CHECK;

int evidence_list(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const char *language, const struct evidence_filter *filter,
                  const struct db_parameters *page, struct db_rows *ret) MUST_CHECK;

/** As evidence_list, of what nobody has reviewed: rows of (JSON, risk, moment, id), the doubtful
 * first. */
int evidence_list_by_risk(struct db *db, struct arena *arena, const struct uuid *org_id,
                          const char *language, const struct evidence_filter *filter,
                          const struct db_parameters *page, struct db_rows *ret) MUST_CHECK;

/** Who looked at a visit: rows as of a list; or, when there is no such visit, none and false. */
int evidence_views(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const struct uuid *visit_id, const struct db_parameters *page,
                   bool *ret_visit_exists, struct db_rows *ret) MUST_CHECK;

#endif
