/** Since when something waits for what may never come. Queries: waiting.sql. */
#ifndef FIELDPROOF_STORE_WAITING_H
#define FIELDPROOF_STORE_WAITING_H

#include "server/store/db.h"

/** Since when `subject` waits, by the server's clock: `now_ms` if this is the first time. */
int waiting_since(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const struct uuid *user_id, const char *subject, int64_t now_ms,
                  int64_t *ret_since_ms) MUST_CHECK;

#endif
