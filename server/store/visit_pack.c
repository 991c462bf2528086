#include "server/store/visit_pack.h"

#include "server/store/correction.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

static struct db_parameters parameters_of(struct arena *arena, const struct visit_key *key)
{
    return db_key(arena, &key->org_id, &key->visit_id);
}

static int read_sheets(struct db *db, struct arena *arena, const struct visit_key *key,
                       struct visit_pack_facts *ret)
{
    struct db_parameters parameters = parameters_of(arena, key);
    struct db_rows rows;
    if (db_query(db, &query_visit_pack_sheets, &parameters, &rows) < 0)
        return -1;
    ret->sheets = arena_alloc(arena, sizeof *ret->sheets * (size_t)(rows.count + 1));
    if (!ret->sheets)
        return -1;
    ret->sheet_count = (size_t)rows.count;
    for (int i = 0; i < rows.count; i++)
        ret->sheets[i] = (struct visit_pack_sheet){
            .version = db_integer(&rows, i, 0),
            .document = db_value(&rows, i, 1),
            .json = db_value(&rows, i, 2),
        };
    return 0;
}

static int read_photos(struct db *db, struct arena *arena, const struct visit_key *key,
                       struct visit_pack_facts *ret)
{
    struct db_parameters parameters = parameters_of(arena, key);
    struct db_rows rows;
    if (db_query(db, &query_visit_pack_photos, &parameters, &rows) < 0)
        return -1;
    ret->photos = arena_alloc(arena, sizeof *ret->photos * (size_t)(rows.count + 1));
    if (!ret->photos)
        return -1;
    ret->photo_count = (size_t)rows.count;
    for (int i = 0; i < rows.count; i++)
        ret->photos[i] = (struct visit_pack_photo){
            .id = db_value(&rows, i, 0),
            .sha256 = db_value(&rows, i, 1),
            .json = db_value(&rows, i, 2),
            .suffix = db_value(&rows, i, 3),
            .removal = {db_value(&rows, i, 4), db_value(&rows, i, 5)},
        };
    return 0;
}

int visit_pack_facts(struct db *db, struct arena *arena, const struct visit_key *key,
                     struct visit_pack_facts *ret)
{
    struct db_parameters parameters = parameters_of(arena, key);
    struct db_rows rows;
    *ret = (struct visit_pack_facts){0};
    if (db_query(db, &query_visit_pack_facts, &parameters, &rows) < 0)
        return -1;
    if (rows.count == 0)
        return 0;
    ret->english = db_value(&rows, 0, 0);
    ret->chinese = db_value(&rows, 0, 1);
    ret->changed_s = db_integer(&rows, 0, 2);
    if (correction_list_of_visit(db, arena, &key->org_id, &key->visit_id, &ret->corrections) < 0)
        return -1;
    return read_sheets(db, arena, key, ret) < 0 ? -1 : read_photos(db, arena, key, ret);
}
