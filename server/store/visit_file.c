#include "server/store/visit_file.h"

#include "server/store/db_read.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

int visit_file_parts(struct db *db, struct arena *arena, const struct visit_key *key,
                     const char **ret_json)
{
    struct db_parameters parameters = db_key(arena, &key->org_id, &key->visit_id);
    return db_query_value(db, &query_visit_file_parts, &parameters, ret_json);
}

int visit_file_view_insert(struct db *db, struct arena *arena, const struct visit_key *key,
                           const struct uuid *user_id)
{
    struct db_parameters parameters = db_key(arena, &key->org_id, &key->visit_id);
    db_add_uuid(&parameters, arena, user_id);
    return db_queue(db, &query_visit_file_view_insert, &parameters);
}
