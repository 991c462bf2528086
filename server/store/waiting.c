#include "server/store/waiting.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"

int waiting_since(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const struct uuid *user_id, const char *subject, int64_t now_ms,
                  int64_t *ret_since_ms)
{
    struct db_parameters parameters = db_key(arena, org_id, user_id);
    struct db_rows rows;
    db_add_text(&parameters, subject);
    db_add_time(&parameters, arena, now_ms);
    if (db_query(db, &query_waiting_since, &parameters, &rows) < 0)
        return -1;
    /* Another request began the wait at this moment, where this one cannot see it yet. */
    *ret_since_ms = rows.count ? db_integer(&rows, 0, 0) : now_ms;
    return 0;
}
