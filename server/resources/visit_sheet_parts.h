/** What writing a sheet and signing it share. */
#ifndef FIELDPROOF_RESOURCES_VISIT_SHEET_PARTS_H
#define FIELDPROOF_RESOURCES_VISIT_SHEET_PARTS_H

#include "server/http/request.h"
#include "server/http/response.h"
#include "server/store/visit_sheet.h"

/** The visit that the path names. */
int visit_sheet_key(struct request *request, struct visit_key *ret) MUST_CHECK;

/** Sets the problem that a sheet or a signature meets that came before the check-in of its visit.
 */
int visit_sheet_without_visit(struct request *request) MUST_CHECK;

/** Answers with the version as it is after a change, whatever the client knows of it. */
int visit_sheet_answer(struct request *request, const struct visit_key *key, int64_t version,
                       int status, struct response *response) MUST_CHECK;

/** Answers what was answered to the same request before. */
int visit_sheet_repeat(struct request *request, const struct visit_key *key, int64_t version,
                       struct response *response) MUST_CHECK;

/** Judges the visit anew. */
int visit_sheet_judge(struct request *request, const struct visit_key *key) MUST_CHECK;

#endif
