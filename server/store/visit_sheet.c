#include "server/store/visit_sheet.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"
#include "server/store/values.h"

static void add_key(struct db_parameters *parameters, struct arena *arena,
                    const struct visit_key *key)
{
    db_add_uuid(parameters, arena, &key->org_id);
    db_add_uuid(parameters, arena, &key->visit_id);
}

int visit_sheet_standing(struct db *db, struct arena *arena, const struct visit_key *key,
                         const struct uuid *technician_id, struct visit_sheet_standing *ret)
{
    struct db_parameters visit = {0}, parameters = {0};
    struct db_rows rows;
    add_key(&visit, arena, key);
    add_key(&parameters, arena, key);
    db_add_uuid(&parameters, arena, technician_id);
    if (db_queue(db, &query_visit_sheet_lock, &visit) < 0 ||
        db_query(db, &query_visit_sheet_standing, &parameters, &rows) < 0)
        return -1;
    *ret = (struct visit_sheet_standing){.visit_is_own = rows.count == 1};
    if (rows.count == 0)
        return 0;
    const char *state = db_value(&rows, 0, 1);
    ret->latest_version = db_integer(&rows, 0, 0);
    ret->latest_is_signed = state && state[0] == 's';
    ret->work_orders = db_value(&rows, 0, 2);
    ret->last_check_in_ms = db_integer(&rows, 0, 3);
    ret->site_id = db_value(&rows, 0, 4);
    return 0;
}

int visit_sheet_write(struct db *db, struct arena *arena, const struct visit_key *key,
                      int64_t version, const char *body, const struct uuid *writer_id)
{
    struct db_parameters parameters = {0};
    add_key(&parameters, arena, key);
    db_add_integer(&parameters, arena, version);
    db_add_text(&parameters, body);
    db_add_uuid(&parameters, arena, writer_id);
    return db_queue(db, &query_visit_sheet_write, &parameters);
}

int visit_sheet_is_same(struct db *db, struct arena *arena, const struct visit_key *key,
                        int64_t version, const char *body, bool *ret_same)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    add_key(&parameters, arena, key);
    db_add_integer(&parameters, arena, version);
    db_add_text(&parameters, body);
    if (db_query(db, &query_visit_sheet_is_same, &parameters, &rows) < 0)
        return -1;
    *ret_same = rows.count == 1 && db_boolean(&rows, 0, 0);
    return 0;
}

static void read_sheet(const struct db_rows *rows, int row, struct visit_sheet *ret)
{
    const char *state = db_value(rows, row, 1);
    *ret = (struct visit_sheet){
        .json = db_value(rows, row, 0),
        .is_signed = state && state[0] == 's',
        .document = db_value(rows, row, 2),
        .version = db_integer(rows, row, 3),
        .pdf_sha256 = db_value(rows, row, 4),
    };
}

int visit_sheet_get(struct db *db, struct arena *arena, const struct visit_key *key,
                    int64_t version, const struct uuid *technician_id, struct visit_sheet *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    add_key(&parameters, arena, key);
    if (version > 0)
        db_add_integer(&parameters, arena, version);
    else
        db_add_text(&parameters, NULL);
    db_add_optional_uuid(&parameters, arena, technician_id);
    if (db_query(db, &query_visit_sheet_get, &parameters, &rows) < 0)
        return -1;
    *ret = (struct visit_sheet){0};
    if (rows.count > 0)
        read_sheet(&rows, 0, ret);
    return 0;
}

int visit_sheet_list(struct db *db, struct arena *arena, const struct visit_key *key,
                     const struct visit_sheet **ret, size_t *ret_count)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    add_key(&parameters, arena, key);
    if (db_query(db, &query_visit_sheet_list, &parameters, &rows) < 0)
        return -1;
    struct visit_sheet *sheets = arena_alloc(arena, (size_t)(rows.count + 1) * sizeof *sheets);
    if (!sheets)
        return -1;
    for (int i = 0; i < rows.count; i++)
        read_sheet(&rows, i, &sheets[i]);
    *ret = sheets;
    *ret_count = (size_t)rows.count;
    return 0;
}

int visit_sheet_sign(struct db *db, struct arena *arena, const struct visit_key *key,
                     int64_t version, const char *document, const uint8_t document_sha256[32])
{
    struct db_parameters parameters = {0};
    add_key(&parameters, arena, key);
    db_add_integer(&parameters, arena, version);
    db_add_text(&parameters, document);
    db_add_bytes(&parameters, arena, document_sha256, 32);
    return db_queue(db, &query_visit_sheet_sign, &parameters);
}

int signature_insert(struct db *db, struct arena *arena, const struct visit_key *key,
                     const char *body, const char *differs, const char *missing,
                     int64_t received_at_ms, const struct uuid *collector_id,
                     const uint8_t content_sha256[32])
{
    struct db_parameters parameters = {0};
    add_key(&parameters, arena, key);
    db_add_text(&parameters, body);
    db_add_text(&parameters, differs);
    db_add_time(&parameters, arena, received_at_ms);
    db_add_uuid(&parameters, arena, collector_id);
    db_add_bytes(&parameters, arena, content_sha256, 32);
    db_add_text(&parameters, missing);
    return db_queue(db, &query_signature_insert, &parameters);
}

int signature_content(struct db *db, struct arena *arena, const struct visit_key *key,
                      const struct uuid *id, const char **ret_content, bool *ret_same_visit)
{
    struct db_parameters parameters = db_key(arena, &key->org_id, id);
    struct db_rows rows;
    db_add_uuid(&parameters, arena, &key->visit_id);
    if (db_query(db, &query_signature_content, &parameters, &rows) < 0)
        return -1;
    *ret_content = rows.count ? db_value(&rows, 0, 0) : NULL;
    *ret_same_visit = rows.count && db_boolean(&rows, 0, 1);
    return 0;
}

int visit_sheet_set_pdf(struct db *db, struct arena *arena, const struct visit_key *key,
                        int64_t version, const uint8_t pdf_sha256[32])
{
    struct db_parameters parameters = {0};
    add_key(&parameters, arena, key);
    db_add_integer(&parameters, arena, version);
    db_add_bytes(&parameters, arena, pdf_sha256, 32);
    return db_queue(db, &query_visit_sheet_set_pdf, &parameters);
}

int visit_sheet_latest_signed(struct db *db, struct arena *arena, const struct visit_key *key,
                              const struct uuid *technician_id, int64_t *ret_version)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    add_key(&parameters, arena, key);
    db_add_optional_uuid(&parameters, arena, technician_id);
    if (db_query(db, &query_visit_sheet_latest_signed, &parameters, &rows) < 0)
        return -1;
    *ret_version = rows.count ? db_integer(&rows, 0, 0) : 0;
    return 0;
}

int visit_sheet_taken(struct db *db, struct arena *arena, const struct visit_key *key,
                      int64_t version, const struct uuid *user_id)
{
    struct db_parameters parameters = {0};
    add_key(&parameters, arena, key);
    db_add_integer(&parameters, arena, version);
    db_add_uuid(&parameters, arena, user_id);
    return db_queue(db, &query_visit_sheet_taken, &parameters);
}

int issued_document_insert(struct db *db, struct arena *arena, const struct visit_key *key,
                           int64_t version, const char *sha256_digits)
{
    struct db_parameters parameters = {0};
    add_key(&parameters, arena, key);
    db_add_integer(&parameters, arena, version);
    db_add_text(&parameters, sha256_digits);
    return db_queue(db, &query_issued_document_insert, &parameters);
}

int visit_sheet_thumbnails(struct db *db, struct arena *arena, const struct visit_key *key,
                           const struct visit_thumbnail **ret, size_t *ret_count)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    add_key(&parameters, arena, key);
    if (db_query(db, &query_visit_sheet_thumbnails, &parameters, &rows) < 0)
        return -1;
    struct visit_thumbnail *thumbnails =
        arena_alloc(arena, sizeof *thumbnails * ((size_t)rows.count + 1));
    if (!thumbnails)
        return -1;
    for (int i = 0; i < rows.count; i++)
        thumbnails[i] = (struct visit_thumbnail){db_value(&rows, i, 0), db_value(&rows, i, 1)};
    *ret = thumbnails;
    *ret_count = (size_t)rows.count;
    return 0;
}
