/** What stands around a visit: answers, calls, retakes, openings of links. Queries: visit_file.sql.
 */
#ifndef FIELDPROOF_STORE_VISIT_FILE_H
#define FIELDPROOF_STORE_VISIT_FILE_H

#include "server/store/visit_sheet.h"

/** A JSON object of lists: responses, callbacks, retakes, corrections, openings. */
int visit_file_parts(struct db *db, struct arena *arena, const struct visit_key *key,
                     const char **ret_json) MUST_CHECK;

/** Records that a user looks at the page of a visit; in the audit trail, too. */
int visit_file_view_insert(struct db *db, struct arena *arena, const struct visit_key *key,
                           const struct uuid *user_id) MUST_CHECK;

#endif
