#include "server/store/audit_claim.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"

int audit_claim_take(struct db *db, struct arena *arena, const struct audit_claim *claim,
                     const char **ret_json)
{
    struct db_parameters organisation = {0}, parameters = {0};
    struct db_rows rows;
    db_add_uuid(&organisation, arena, &claim->org_id);
    parameters = db_key(arena, &claim->org_id, &claim->user_id);
    db_add_text_array(&parameters, arena, claim->photo_ids, claim->count);
    db_add_integer(&parameters, arena, claim->most);
    db_add_integer(&parameters, arena, claim->good_for_s);
    if (db_queue(db, &query_audit_claim_lock, &organisation) < 0 ||
        db_query(db, &query_audit_claim_take, &parameters, &rows) < 0)
        return -1;
    *ret_json = db_value(&rows, 0, 0);
    return 0;
}
