#include "server/store/session.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"

static struct db_parameters key_of(struct arena *arena, const struct session_key *key)
{
    return db_key(arena, &key->org_id, &key->id);
}

int session_authorise(struct db *db, struct arena *arena, const struct session_key *key,
                      struct session_user *ret)
{
    struct db_parameters parameters = key_of(arena, key);
    struct db_rows rows;
    db_add_uuid(&parameters, arena, &key->user_id);
    if (db_query(db, &query_session_authorise, &parameters, &rows) < 0)
        return -1;
    session_read_authorised(&rows, ret);
    return 0;
}

int session_authorise_queued(struct db *db, struct arena *arena, const struct session_key *key,
                             db_check *check, void *context)
{
    struct db_parameters parameters = key_of(arena, key);
    db_add_uuid(&parameters, arena, &key->user_id);
    return db_queue_checked(db, &query_session_authorise, &parameters, check, context);
}

void session_read_authorised(const struct db_rows *rows, struct session_user *ret)
{
    *ret = (struct session_user){0};
    if (rows->count > 0)
        *ret = (struct session_user){
            .role = db_value(rows, 0, 0),
            .language = db_value(rows, 0, 1),
            .name = db_value(rows, 0, 2),
        };
}

int session_insert(struct db *db, struct arena *arena, const struct session_key *key,
                   const char *device_name, const char *checked_hash, const struct uuid *device_id,
                   int64_t life_s, bool *ret_inserted)
{
    struct db_parameters parameters = key_of(arena, key);
    struct db_rows rows;
    db_add_uuid(&parameters, arena, &key->user_id);
    db_add_text(&parameters, device_name);
    db_add_text(&parameters, checked_hash);
    db_add_optional_uuid(&parameters, arena, device_id);
    db_add_integer(&parameters, arena, life_s);
    if (db_query(db, &query_session_insert, &parameters, &rows) < 0)
        return -1;
    *ret_inserted = rows.count > 0;
    return 0;
}

int session_insert_enrolled(struct db *db, struct arena *arena, const struct session_key *key,
                            const char *device_name, const struct uuid *device_id, int64_t life_s)
{
    struct db_parameters parameters = key_of(arena, key);
    db_add_uuid(&parameters, arena, &key->user_id);
    db_add_text(&parameters, device_name);
    db_add_uuid(&parameters, arena, device_id);
    db_add_integer(&parameters, arena, life_s);
    return db_queue(db, &query_session_insert_enrolled, &parameters);
}

int session_end(struct db *db, struct arena *arena, const struct uuid *org_id,
                const struct uuid *id, const char *reason)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    db_add_text(&parameters, reason);
    return db_queue(db, &query_session_end, &parameters);
}

int session_end_all(struct db *db, struct arena *arena, const struct uuid *org_id,
                    const struct uuid *user_id, const char *reason, const struct uuid *but)
{
    struct db_parameters parameters = db_key(arena, org_id, user_id);
    db_add_text(&parameters, reason);
    db_add_optional_uuid(&parameters, arena, but);
    return db_queue(db, &query_session_end_all, &parameters);
}

int refresh_token_insert(struct db *db, struct arena *arena, const struct session_key *key,
                         const uint8_t token_sha256[32])
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, &key->org_id);
    db_add_bytes(&parameters, arena, token_sha256, 32);
    db_add_uuid(&parameters, arena, &key->id);
    return db_queue(db, &query_refresh_token_insert, &parameters);
}

static int read_state(struct db *db, struct db_parameters parameters, struct arena *arena,
                      int grace_s, enum refresh_token_state *ret_state)
{
    struct db_rows rows;
    db_add_integer(&parameters, arena, grace_s);
    if (db_query(db, &query_refresh_token_state, &parameters, &rows) < 0)
        return -1;
    if (rows.count == 0)
        *ret_state = REFRESH_TOKEN_UNKNOWN;
    else if (!db_boolean(&rows, 0, 0))
        *ret_state = REFRESH_TOKEN_FRESH;
    else
        *ret_state = db_boolean(&rows, 0, 1) ? REFRESH_TOKEN_MAY_RETRY : REFRESH_TOKEN_REUSED;
    return 0;
}

int refresh_token_lock(struct db *db, struct arena *arena, const struct uuid *org_id,
                       const uint8_t token_sha256[32], int grace_s, struct session_key *ret,
                       enum refresh_token_state *ret_state)
{
    struct db_parameters parameters = {0};
    struct session_key key = {.org_id = *org_id};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_bytes(&parameters, arena, token_sha256, 32);
    if (db_query(db, &query_refresh_token_lock, &parameters, &rows) < 0)
        return -1;
    if (rows.count == 0) {
        *ret_state = REFRESH_TOKEN_UNKNOWN;
        return 0;
    }
    if (uuid_parse(db_value(&rows, 0, 0), &key.id) < 0 ||
        uuid_parse(db_value(&rows, 0, 1), &key.user_id) < 0)
        return -1;
    *ret = key;
    return read_state(db, parameters, arena, grace_s, ret_state);
}

int refresh_token_use(struct db *db, struct arena *arena, const struct session_key *key)
{
    struct db_parameters parameters = key_of(arena, key);
    return db_queue(db, &query_refresh_token_use, &parameters);
}

int session_extend(struct db *db, struct arena *arena, const struct session_key *key,
                   int64_t life_s)
{
    struct db_parameters parameters = key_of(arena, key);
    db_add_integer(&parameters, arena, life_s);
    return db_queue(db, &query_session_extend, &parameters);
}

static struct db_parameters subjects_of(struct arena *arena, const struct log_in_subjects *subjects)
{
    struct db_parameters parameters = {0};
    db_add_bytes(&parameters, arena, subjects->account, sizeof subjects->account);
    db_add_bytes(&parameters, arena, subjects->address, sizeof subjects->address);
    return parameters;
}

int log_in_throttle_count(struct db *db, struct arena *arena,
                          const struct log_in_subjects *subjects, int64_t window_s,
                          struct log_in_attempts *ret)
{
    struct db_parameters parameters = subjects_of(arena, subjects);
    struct log_in_attempts attempts = {0};
    struct db_rows rows;
    db_add_integer(&parameters, arena, window_s);
    if (db_query(db, &query_log_in_throttle_count, &parameters, &rows) < 0)
        return -1;
    for (int row = 0; row < rows.count; row++) {
        int64_t failures = db_integer(&rows, row, 1), left_s = db_integer(&rows, row, 2);
        if (db_boolean(&rows, row, 0))
            attempts.of_account = failures;
        else
            attempts.of_address = failures;
        if (left_s > attempts.left_s)
            attempts.left_s = left_s;
    }
    *ret = attempts;
    return 0;
}

int log_in_throttle_forget(struct db *db, struct arena *arena,
                           const struct log_in_subjects *subjects)
{
    struct db_parameters parameters = subjects_of(arena, subjects);
    if (db_queue(db, &query_log_in_throttle_forget, &parameters) < 0)
        return -1;
    return db_queue(db, &query_log_in_throttle_clear, &(struct db_parameters){0});
}
