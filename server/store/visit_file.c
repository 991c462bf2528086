#include "server/store/visit_file.h"

#include "server/store/queries.h"

int visit_file_parts(struct db *db, struct arena *arena, const struct visit_key *key,
                     const char **ret_json)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, &key->org_id);
    db_add_uuid(&parameters, arena, &key->visit_id);
    if (db_query(db, &query_visit_file_parts, &parameters, &rows) < 0)
        return -1;
    *ret_json = db_value(&rows, 0, 0);
    return 0;
}
