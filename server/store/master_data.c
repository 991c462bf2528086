#include "server/store/master_data.h"

#include "server/store/insert_once.h"
#include "server/store/queries.h"

#define MASTER_TABLE(name)                                                                         \
    {                                                                                              \
        .insert = &query_##name##_insert, .content = &query_##name##_content,                      \
        .get = &query_##name##_get, .lock = &query_##name##_lock,                                  \
        .change = &query_##name##_change, .remove = &query_##name##_delete,                        \
        .list = &query_##name##_list                                                               \
    }

const struct master_table master_customers = MASTER_TABLE(customer);
const struct master_table master_contacts = MASTER_TABLE(contact);
const struct master_table master_sites = MASTER_TABLE(site);
const struct master_table master_assets = MASTER_TABLE(asset);
const struct master_table master_checklist_templates = MASTER_TABLE(checklist_template);

static void add_key(struct db_parameters *parameters, struct arena *arena,
                    const struct master_key *key)
{
    db_add_uuid(parameters, arena, &key->org_id);
    db_add_uuid(parameters, arena, &key->id);
}

int master_data_insert(struct db *db, struct arena *arena, const struct master_table *table,
                       const struct master_key *key, const char *row,
                       const uint8_t content_sha256[32], const char **ret_taken_by)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, &key->org_id);
    db_add_text(&parameters, row);
    db_add_bytes(&parameters, arena, content_sha256, 32);
    return db_insert_once(db, arena, table->insert, &parameters, table->content, &key->org_id,
                          &key->id, ret_taken_by);
}

static int read_entity(struct db *db, struct arena *arena, const struct query *query,
                       const struct master_key *key, struct master_entity *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    add_key(&parameters, arena, key);
    if (db_query(db, query, &parameters, &rows) < 0)
        return -1;
    *ret = rows.count == 0 ? (struct master_entity){0}
                           : (struct master_entity){
                                 .json = db_value(&rows, 0, 0),
                                 .version = db_integer(&rows, 0, 1),
                             };
    return 0;
}

int master_data_get(struct db *db, struct arena *arena, const struct master_table *table,
                    const struct master_key *key, struct master_entity *ret)
{
    return read_entity(db, arena, table->get, key, ret);
}

int master_data_lock(struct db *db, struct arena *arena, const struct master_table *table,
                     const struct master_key *key, struct master_entity *ret)
{
    return read_entity(db, arena, table->lock, key, ret);
}

int master_data_change(struct db *db, struct arena *arena, const struct master_table *table,
                       const struct master_key *key, const char *row)
{
    struct db_parameters parameters = {0};
    add_key(&parameters, arena, key);
    db_add_text(&parameters, row);
    return db_queue(db, table->change, &parameters);
}

int master_data_delete(struct db *db, struct arena *arena, const struct master_table *table,
                       const struct master_key *key, bool *ret_existed)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    add_key(&parameters, arena, key);
    if (db_query(db, table->remove, &parameters, &rows) < 0)
        return -1;
    *ret_existed = db_affected(&rows) > 0;
    return 0;
}

int time_zone_is_known(struct db *db, const char *name, bool *ret_is_known)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_text(&parameters, name);
    if (db_query(db, &query_time_zone_is_known, &parameters, &rows) < 0)
        return -1;
    *ret_is_known = db_boolean(&rows, 0, 0);
    return 0;
}
