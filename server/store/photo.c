#include "server/store/photo.h"

#include "server/base/hex.h"
#include "server/store/db_read.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"
#include "server/store/values.h"

static void add_key(struct db_parameters *parameters, struct arena *arena,
                    const struct photo_key *key)
{
    db_add_uuid(parameters, arena, &key->org_id);
    db_add_uuid(parameters, arena, &key->id);
}

/* bytea's text form of hexadecimal digits. */
static const char *bytea(struct arena *arena, const char *digits)
{
    return digits ? arena_printf(arena, "\\x%s", digits) : NULL;
}

int photo_declare(struct db *db, struct arena *arena, const struct photo_place *place,
                  const struct photo_declaration *declaration)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, &place->org_id);
    db_add_text(&parameters, declaration->id);
    db_add_uuid(&parameters, arena, &place->check_in_id);
    db_add_uuid(&parameters, arena, &place->visit_id);
    db_add_uuid(&parameters, arena, &place->site_id);
    db_add_uuid(&parameters, arena, &place->user_id);
    db_add_text(&parameters, declaration->role);
    db_add_text(&parameters, declaration->work_order_id);
    db_add_text(&parameters, declaration->retake_of);
    db_add_text(&parameters, declaration->caption);
    db_add_text(&parameters, declaration->captured_at);
    db_add_text(&parameters, bytea(arena, declaration->sha256));
    db_add_text(&parameters, declaration->media ? declaration->media : "photo");
    return db_queue(db, &query_photo_declare, &parameters);
}

/* The columns of photo_context, in the order of its select list. */
enum context_column {
    STATE,
    SHA256,
    DECLARED_SHA256,
    VISIT_ID,
    RETAKE_OF,
    CAPTURED_AT,
    VISIT_SINCE,
    FIX_LATITUDE,
    FIX_LONGITUDE,
    FIX_ACCURACY,
    UTC_OFFSET,
    POLICY,
    USUAL_CAMERA,
    IS_VIDEO,
};

static struct photo_context read_context(const struct db_rows *rows)
{
    const char *state = db_value(rows, 0, STATE);
    return (struct photo_context){
        .is_known = true,
        .is_stored = state && state[0] == 's',
        .is_video = db_boolean(rows, 0, IS_VIDEO),
        .sha256 = db_value(rows, 0, SHA256),
        .declared_sha256 = db_value(rows, 0, DECLARED_SHA256),
        .visit_id = db_value(rows, 0, VISIT_ID),
        .retake_of = db_value(rows, 0, RETAKE_OF),
        .captured_at_ms = db_integer(rows, 0, CAPTURED_AT),
        .visit_since_ms = db_integer(rows, 0, VISIT_SINCE),
        .has_fix = !db_is_null(rows, 0, FIX_LATITUDE),
        .fix_latitude_deg = db_double(rows, 0, FIX_LATITUDE),
        .fix_longitude_deg = db_double(rows, 0, FIX_LONGITUDE),
        .fix_accuracy_m = db_double(rows, 0, FIX_ACCURACY),
        .utc_offset_min = (int)db_integer(rows, 0, UTC_OFFSET),
        .policy = db_value(rows, 0, POLICY),
        .usual_camera = db_value(rows, 0, USUAL_CAMERA),
    };
}

int photo_context(struct db *db, struct arena *arena, const struct photo_key *key,
                  const struct uuid *user_id, struct photo_context *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    add_key(&parameters, arena, key);
    db_add_uuid(&parameters, arena, user_id);
    if (db_query(db, &query_photo_context, &parameters, &rows) < 0)
        return -1;
    *ret = rows.count == 0 ? (struct photo_context){0} : read_context(&rows);
    return 0;
}

static const char *digits_of(struct arena *arena, const uint8_t sha256[32])
{
    char *digits = arena_alloc(arena, 65);
    if (digits)
        hex_encode(sha256, 32, digits);
    return digits;
}

int photo_bytes_lock(struct db *db, struct arena *arena, const struct uuid *org_id,
                     const uint8_t sha256[32])
{
    struct db_parameters parameters = {0};
    const char *digits = digits_of(arena, sha256);
    if (!digits)
        return -1;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, digits);
    return db_queue(db, &query_photo_bytes_lock, &parameters);
}

int photo_twin(struct db *db, struct arena *arena, const struct photo_key *key,
               const uint8_t sha256[32], struct photo_twin *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    add_key(&parameters, arena, key);
    db_add_bytes(&parameters, arena, sha256, 32);
    if (db_query(db, &query_photo_twin, &parameters, &rows) < 0)
        return -1;
    *ret = rows.count == 0 ? (struct photo_twin){0}
                           : (struct photo_twin){
                                 .id = db_value(&rows, 0, 0),
                                 .same_visit = db_boolean(&rows, 0, 1),
                                 .captured_at_ms = db_integer(&rows, 0, 2),
                                 .visit = db_value(&rows, 0, 3),
                                 .has_copies = db_boolean(&rows, 0, 4),
                             };
    return 0;
}

int photo_copies(struct db *db, struct arena *arena, const struct photo_key *key,
                 const uint8_t sha256[32], const struct photo_copy **ret_list, size_t *ret_count)
{
    struct db_parameters visits = {0}, parameters = {0};
    struct db_rows rows;
    db_add_uuid(&visits, arena, &key->org_id);
    db_add_bytes(&visits, arena, sha256, 32);
    add_key(&parameters, arena, key);
    if (db_queue(db, &query_photo_copies_lock, &visits) < 0 ||
        db_query(db, &query_photo_copies, &parameters, &rows) < 0)
        return -1;
    struct photo_copy *list = arena_alloc(arena, sizeof *list * (size_t)(rows.count + 1));
    if (!list)
        return -1;
    for (int i = 0; i < rows.count; i++)
        list[i] =
            (struct photo_copy){db_value(&rows, i, 0), db_value(&rows, i, 1), db_value(&rows, i, 2),
                                db_boolean(&rows, i, 3), (int)db_integer(&rows, i, 4)};
    *ret_list = list;
    *ret_count = (size_t)rows.count;
    return 0;
}

int photo_store(struct db *db, struct arena *arena, const struct photo_key *key,
                const struct photo_content *content)
{
    struct db_parameters parameters = {0};
    add_key(&parameters, arena, key);
    db_add_time(&parameters, arena, content->stored_at_ms);
    db_add_bytes(&parameters, arena, content->sha256, 32);
    db_add_integer(&parameters, arena, content->bytes);
    db_add_integer(&parameters, arena, content->width_px);
    db_add_integer(&parameters, arena, content->height_px);
    db_add_integer(&parameters, arena, content->orientation);
    db_add_bytes(&parameters, arena, content->small_sha256, 32);
    db_add_integer(&parameters, arena, content->small_width_px);
    db_add_integer(&parameters, arena, content->small_height_px);
    db_add_bytes(&parameters, arena, content->medium_sha256, 32);
    db_add_integer(&parameters, arena, content->medium_width_px);
    db_add_integer(&parameters, arena, content->medium_height_px);
    db_add_text(&parameters, content->exif);
    judgement_add(&parameters, arena, &content->judgement);
    db_add_optional_double(&parameters, arena, content->has_looks, content->mean_luminance);
    db_add_optional_double(&parameters, arena, content->has_looks, content->sharpness);
    db_add_optional_integer(&parameters, arena, content->duration_ms > 0, content->duration_ms);
    return db_queue(db, &query_photo_store, &parameters);
}

int photo_suspects(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const char *visit_id, const char *code, const struct photo_suspect **ret_list,
                   size_t *ret_count)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, visit_id);
    db_add_text(&parameters, code);
    if (db_query(db, &query_photo_suspects, &parameters, &rows) < 0)
        return -1;
    struct photo_suspect *list = arena_alloc(arena, sizeof *list * (size_t)(rows.count + 1));
    if (!list)
        return -1;
    for (int i = 0; i < rows.count; i++)
        list[i] = (struct photo_suspect){db_value(&rows, i, 0), db_value(&rows, i, 1)};
    *ret_list = list;
    *ret_count = (size_t)rows.count;
    return 0;
}

int photo_judge(struct db *db, struct arena *arena, const struct uuid *org_id, const char *photo_id,
                const struct judgement *judgement)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, photo_id);
    judgement_add(&parameters, arena, judgement);
    return db_queue(db, &query_photo_judge, &parameters);
}

int photo_get(struct db *db, struct arena *arena, const struct photo_key *key,
              const struct uuid *technician_id, const char *language, const char **ret_json)
{
    struct db_parameters parameters = {0};
    add_key(&parameters, arena, key);
    db_add_optional_uuid(&parameters, arena, technician_id);
    db_add_text(&parameters, language);
    return db_query_value(db, &query_photo_get, &parameters, ret_json);
}

int photo_files(struct db *db, struct arena *arena, const struct photo_key *key,
                const struct uuid *technician_id, struct photo_files *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    add_key(&parameters, arena, key);
    db_add_optional_uuid(&parameters, arena, technician_id);
    if (db_query(db, &query_photo_files, &parameters, &rows) < 0)
        return -1;
    *ret = rows.count == 0
               ? (struct photo_files){0}
               : (struct photo_files){
                     .original = db_value(&rows, 0, 0),
                     .medium = db_value(&rows, 0, 1),
                     .small = db_value(&rows, 0, 2),
                     .visit_id = db_value(&rows, 0, 3),
                     .is_video = db_boolean(&rows, 0, 4),
                     .original_removal = {db_value(&rows, 0, 5), db_value(&rows, 0, 6)},
                     .thumbnails_removal = {db_value(&rows, 0, 7), db_value(&rows, 0, 8)},
                 };
    return 0;
}

int retake_answer(struct db *db, struct arena *arena, const struct photo_key *answer,
                  const char *retake_of, const struct uuid *technician_id, int64_t answered_at_ms)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, &answer->org_id);
    db_add_text(&parameters, retake_of);
    db_add_uuid(&parameters, arena, &answer->id);
    db_add_time(&parameters, arena, answered_at_ms);
    db_add_uuid(&parameters, arena, technician_id);
    return db_queue(db, &query_retake_answer, &parameters);
}

int evidence_view_insert(struct db *db, struct arena *arena, const struct uuid *org_id,
                         const struct uuid *user_id, const char *visit_id,
                         const struct uuid *photo_id, const char *action)
{
    struct db_parameters parameters = db_key(arena, org_id, user_id);
    db_add_text(&parameters, visit_id);
    db_add_optional_uuid(&parameters, arena, photo_id);
    db_add_text(&parameters, action);
    return db_queue(db, &query_evidence_view_insert, &parameters);
}
