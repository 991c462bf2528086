#include "server/store/pack_ticket.h"

#include "server/store/db_read.h"
#include "server/store/insert_once.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

int pack_ticket_insert(struct db *db, struct arena *arena, const struct pack_ticket *ticket,
                       const char **ret_taken_by)
{
    struct db_parameters organisation = {0};
    struct db_parameters parameters = {0};
    db_add_uuid(&organisation, arena, &ticket->org_id);
    db_add_uuid(&parameters, arena, &ticket->org_id);
    db_add_uuid(&parameters, arena, &ticket->id);
    db_add_uuid(&parameters, arena, &ticket->visit_id);
    db_add_bytes(&parameters, arena, ticket->token_sha256, 32);
    db_add_uuid(&parameters, arena, &ticket->user_id);
    db_add_uuid(&parameters, arena, &ticket->session_id);
    db_add_bytes(&parameters, arena, ticket->content_sha256, 32);
    db_add_integer(&parameters, arena, ticket->life_s);
    if (db_queue(db, &query_pack_ticket_clear, &organisation) < 0)
        return -1;
    return db_insert_once(db, arena, &query_pack_ticket_insert, &parameters,
                          &query_pack_ticket_content, &ticket->org_id, &ticket->id, ret_taken_by);
}

int pack_ticket_expires_at(struct db *db, struct arena *arena, const struct uuid *org_id,
                           const struct uuid *id, const char **ret_time)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    return db_query_value(db, &query_pack_ticket_expires_at, &parameters, ret_time);
}

int pack_ticket_use(struct db *db, struct arena *arena, const struct uuid *org_id,
                    const uint8_t token_sha256[32], struct pack_ticket_use *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_bytes(&parameters, arena, token_sha256, 32);
    if (db_query(db, &query_pack_ticket_use, &parameters, &rows) < 0)
        return -1;
    *ret = (struct pack_ticket_use){.is_good = rows.count > 0};
    if (rows.count == 0)
        return 0;
    if (uuid_parse(db_value(&rows, 0, 0), &ret->visit_id) < 0 ||
        uuid_parse(db_value(&rows, 0, 1), &ret->user_id) < 0)
        return -1;
    return uuid_parse(db_value(&rows, 0, 2), &ret->session_id);
}
