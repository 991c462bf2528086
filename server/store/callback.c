#include "server/store/callback.h"

#include "server/store/db_read.h"
#include "server/store/insert_once.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

int callback_insert(struct db *db, struct arena *arena, const struct callback *callback,
                    const char **ret_taken_by)
{
    struct db_parameters parameters = db_key(arena, &callback->org_id, &callback->id);
    db_add_uuid(&parameters, arena, &callback->visit_id);
    db_add_time(&parameters, arena, callback->called_at_ms);
    db_add_text(&parameters, callback->outcome);
    if (callback->score > 0)
        db_add_integer(&parameters, arena, callback->score);
    else
        db_add_text(&parameters, NULL);
    db_add_text(&parameters, callback->spoke_with);
    db_add_text(&parameters, callback->note);
    db_add_uuid(&parameters, arena, callback->called_by);
    db_add_bytes(&parameters, arena, callback->content_sha256, 32);
    return db_insert_once(db, arena, &query_callback_insert, &parameters, &query_callback_content,
                          &callback->org_id, &callback->id, ret_taken_by);
}

int callback_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                 const struct uuid *id, const char **ret_json)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    return db_query_value(db, &query_callback_get, &parameters, ret_json);
}
