#include "server/store/check_in.h"

#include "server/store/db_read.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"
#include "server/store/values.h"

/* The columns of check_in_context, in the order of its select list. */
enum context_column {
    SITE_NAME,
    SITE_LATITUDE,
    SITE_LONGITUDE,
    SITE_RADIUS,
    SITE_POLYGON,
    SITE_ENTRY_ACCURACY,
    UTC_OFFSET,
    POLICY,
    EXISTING_CONTENT,
    EXISTING_IS_OWN,
    VISIT_SITE_ID,
    VISIT_IS_OWN,
    VISIT_HAS_DEPARTURE,
    UNKNOWN_WORK_ORDERS,
    PREVIOUS_POSITION, /* and its longitude, accuracy and time */
    NEXT_POSITION = PREVIOUS_POSITION + 4,
    SAME_COORDINATES = NEXT_POSITION + 4,
};

struct check_in_position check_in_position_of(const struct db_rows *rows, int row, int column)
{
    return (struct check_in_position){
        .is_known = !db_is_null(rows, row, column),
        .latitude_deg = db_double(rows, row, column),
        .longitude_deg = db_double(rows, row, column + 1),
        .accuracy_m = db_double(rows, row, column + 2),
        .captured_at_ms = db_integer(rows, row, column + 3),
    };
}

static bool same_uuid(const char *text, const struct uuid *uuid)
{
    struct uuid parsed;
    return text && uuid_parse(text, &parsed) == 0 && uuid_equal(&parsed, uuid);
}

static struct check_in_context read_context(const struct db_rows *rows,
                                            const struct check_in_key *key)
{
    return (struct check_in_context){
        .site_is_known = true,
        .site_name = db_value(rows, 0, SITE_NAME),
        .site_latitude_deg = db_double(rows, 0, SITE_LATITUDE),
        .site_longitude_deg = db_double(rows, 0, SITE_LONGITUDE),
        .site_radius_m = db_double(rows, 0, SITE_RADIUS),
        .site_polygon = db_value(rows, 0, SITE_POLYGON),
        .site_entry_accuracy_m = db_double(rows, 0, SITE_ENTRY_ACCURACY),
        .utc_offset_min = (int)db_integer(rows, 0, UTC_OFFSET),
        .policy = db_value(rows, 0, POLICY),
        .existing_content_sha256 = db_value(rows, 0, EXISTING_CONTENT),
        .existing_is_own = db_boolean(rows, 0, EXISTING_IS_OWN),
        .visit_exists = !db_is_null(rows, 0, VISIT_SITE_ID),
        .visit_is_own = db_boolean(rows, 0, VISIT_IS_OWN),
        .visit_is_at_site = same_uuid(db_value(rows, 0, VISIT_SITE_ID), &key->site_id),
        .visit_has_departure = db_boolean(rows, 0, VISIT_HAS_DEPARTURE),
        .unknown_work_orders = db_integer(rows, 0, UNKNOWN_WORK_ORDERS),
        .previous = check_in_position_of(rows, 0, PREVIOUS_POSITION),
        .next = check_in_position_of(rows, 0, NEXT_POSITION),
        .same_coordinates_count = db_integer(rows, 0, SAME_COORDINATES),
    };
}

int check_in_context(struct db *db, struct arena *arena, const struct check_in_key *key,
                     struct check_in_context *ret)
{
    struct db_parameters parameters = db_key(arena, &key->org_id, &key->user_id);
    struct db_rows rows;
    db_add_uuid(&parameters, arena, &key->site_id);
    db_add_uuid(&parameters, arena, &key->id);
    db_add_uuid(&parameters, arena, &key->visit_id);
    db_add_time(&parameters, arena, key->captured_at_ms);
    db_add_uuid_array(&parameters, arena, key->work_order_ids, key->work_order_count);
    db_add_optional_double(&parameters, arena, key->has_position, key->latitude_deg);
    db_add_optional_double(&parameters, arena, key->has_position, key->longitude_deg);
    if (db_query(db, &query_check_in_context, &parameters, &rows) < 0)
        return -1;
    *ret = rows.count == 0 ? (struct check_in_context){0} : read_context(&rows, key);
    return 0;
}

int check_in_insert(struct db *db, struct arena *arena, const struct check_in_row *row)
{
    const struct check_in_key *key = row->key;
    struct db_parameters parameters = db_key(arena, &key->org_id, &key->id);
    db_add_uuid(&parameters, arena, &key->visit_id);
    db_add_uuid(&parameters, arena, &key->site_id);
    db_add_uuid(&parameters, arena, &key->user_id);
    db_add_text(&parameters, row->kind);
    db_add_time(&parameters, arena, key->captured_at_ms);
    db_add_time(&parameters, arena, row->sent_at_ms);
    db_add_time(&parameters, arena, row->received_at_ms);
    db_add_text(&parameters, row->fix);
    db_add_optional_double(&parameters, arena, key->has_position, key->latitude_deg);
    db_add_optional_double(&parameters, arena, key->has_position, key->longitude_deg);
    db_add_optional_double(&parameters, arena, row->has_accuracy, row->accuracy_m);
    db_add_optional_double(&parameters, arena, row->has_fence_distance, row->fence_distance_m);
    db_add_text(&parameters, row->geofence);
    db_add_text(&parameters, row->device);
    db_add_text(&parameters, row->note);
    db_add_text(&parameters, row->work_order_ids);
    judgement_add(&parameters, arena, &row->judgement);
    db_add_bytes(&parameters, arena, row->content_sha256, 32);
    return db_queue(db, &query_check_in_insert, &parameters);
}

int check_in_company(struct db *db, struct arena *arena, const struct check_in_key *key,
                     struct check_in_company *ret)
{
    struct db_parameters parameters = db_key(arena, &key->org_id, &key->id);
    struct db_rows rows;
    db_add_uuid(&parameters, arena, &key->visit_id);
    db_add_uuid(&parameters, arena, &key->site_id);
    db_add_uuid(&parameters, arena, &key->user_id);
    if (db_query(db, &query_check_in_company, &parameters, &rows) < 0)
        return -1;
    *ret = (struct check_in_company){
        .has_others = db_boolean(&rows, 0, 0),
        .visit_is_own = db_boolean(&rows, 0, 1),
    };
    return 0;
}

static struct db_parameters get_parameters(struct arena *arena, const struct uuid *org_id,
                                           const struct uuid *id, const struct uuid *technician_id,
                                           const char *language)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    db_add_optional_uuid(&parameters, arena, technician_id);
    db_add_text(&parameters, language);
    return parameters;
}

int check_in_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                 const struct uuid *id, const struct uuid *technician_id, const char *language,
                 const char **ret_json)
{
    struct db_parameters parameters = get_parameters(arena, org_id, id, technician_id, language);
    return db_query_value(db, &query_check_in_get, &parameters, ret_json);
}

int check_in_get_at_commit(struct db *db, struct arena *arena, const struct uuid *org_id,
                           const struct uuid *id, const char *language, struct db_rows *ret)
{
    struct db_parameters parameters = get_parameters(arena, org_id, id, NULL, language);
    return db_query_at_commit(db, &query_check_in_get, &parameters, ret);
}

int scan_assets(struct db *db, struct arena *arena, const struct uuid *org_id,
                const char *const *values, size_t value_count, const struct scan_asset **ret_assets,
                size_t *ret_count)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text_array(&parameters, arena, values, value_count);
    if (db_query(db, &query_scan_assets, &parameters, &rows) < 0)
        return -1;
    struct scan_asset *assets = arena_alloc(arena, sizeof *assets * (size_t)(rows.count + 1));
    if (!assets)
        return -1;
    for (int i = 0; i < rows.count; i++)
        assets[i] = (struct scan_asset){
            .value = db_value(&rows, i, 0),
            .id = db_value(&rows, i, 1),
            .name = db_value(&rows, i, 2),
            .site_id = db_value(&rows, i, 3),
            .site_name = db_value(&rows, i, 4),
        };
    *ret_assets = assets;
    *ret_count = (size_t)rows.count;
    return 0;
}

int scan_insert(struct db *db, struct arena *arena, const struct check_in_key *key,
                const struct scan_row *row)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, &key->org_id);
    db_add_text(&parameters, row->id);
    db_add_uuid(&parameters, arena, &key->id);
    db_add_uuid(&parameters, arena, &key->visit_id);
    db_add_text(&parameters, row->captured_at);
    db_add_text(&parameters, row->symbology);
    db_add_text(&parameters, row->value);
    db_add_text(&parameters, row->entered);
    db_add_text(&parameters, row->asset_id);
    judgement_add(&parameters, arena, &row->judgement);
    return db_queue(db, &query_scan_insert, &parameters);
}
