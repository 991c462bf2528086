/**
 * A sheet whose check-ins may never come: see waiting.h. Its wait begins anew with each check-in of
 * the visit. When it is over, the sheet is kept without what is missing.
 */
#ifndef FIELDPROOF_RESOURCES_SHEET_WAIT_H
#define FIELDPROOF_RESOURCES_SHEET_WAIT_H

#include "server/http/request.h"
#include "server/store/visit_sheet.h"

/** Whether the wait of this version of a sheet, and of its signature, is over: waiting_is_over. */
int sheet_wait_is_over(struct request *request, const struct visit_key *key, int64_t version,
                       const struct visit_sheet_standing *standing, int times,
                       bool *ret) MUST_CHECK;

/**
 * Makes the visit of a sheet in the request's body that waited for the check-in that would have
 * made it. It is at the site that the sheet says, or else at that of the work orders that it names.
 *
 * @return 0; or negative with the problem set: no site can be told.
 */
int sheet_wait_make_visit(struct request *request, const struct visit_key *key) MUST_CHECK;

/** Whether there are the work orders that the sheet in the request's body names; else a problem. */
int sheet_wait_check_named(struct request *request) MUST_CHECK;

/**
 * Joins to the visit the work orders that the sheet in the request's body names.
 */
int sheet_wait_join_named(struct request *request, const struct visit_key *key) MUST_CHECK;

#endif
