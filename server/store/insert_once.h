/** Creating a row under the client's id, once: the same request again finds it. */
#ifndef FIELDPROOF_STORE_INSERT_ONCE_H
#define FIELDPROOF_STORE_INSERT_ONCE_H

#include "server/store/db.h"

/**
 * Runs an `INSERT … ON CONFLICT (org_id, id) DO NOTHING RETURNING …`. When the id is taken, runs
 * `content` ($1 organisation, $2 id: SELECT encode(content_sha256, 'hex') …) to tell by which
 * content. A request that inserts the same id at this moment is waited for.
 *
 * @param[out] ret_taken_by NULL: inserted; else the 64 digits of the row's content digest, or ""
 * for a row that was deleted in between.
 */
int db_insert_once(struct db *db, struct arena *arena, const struct query *insert,
                   const struct db_parameters *parameters, const struct query *content,
                   const struct uuid *org_id, const struct uuid *id,
                   const char **ret_taken_by) MUST_CHECK;

#endif
