#include "server/store/policy_preview.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"
#include "server/store/values.h"

int preview_draw(struct db *db, struct arena *arena, const struct uuid *org_id, int64_t from_ms,
                 int64_t to_ms, int most, struct preview_draw *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_time(&parameters, arena, from_ms);
    db_add_time(&parameters, arena, to_ms);
    db_add_integer(&parameters, arena, most);
    if (db_query(db, &query_preview_visits, &parameters, &rows) < 0)
        return -1;
    const char **ids = arena_alloc(arena, sizeof *ids * ((size_t)rows.count + 1));
    if (!ids)
        return -1;
    for (int i = 0; i < rows.count; i++)
        ids[i] = db_value(&rows, i, 0);
    *ret = (struct preview_draw){ids, (size_t)rows.count,
                                 rows.count > 0 ? db_integer(&rows, 0, 1) : 0};
    return 0;
}

static struct preview_visit read_visit(const struct db_rows *rows, int row)
{
    return (struct preview_visit){
        .id = db_value(rows, row, 0),
        .verdict = db_value(rows, row, 1),
        .facts = {.has_arrival = !db_is_null(rows, row, 2),
                  .arrived_at_ms = db_integer(rows, row, 2),
                  .has_departure = !db_is_null(rows, row, 3),
                  .departed_at_ms = db_integer(rows, row, 3),
                  .minimum_minutes = db_integer(rows, row, 4),
                  .checklist = db_value(rows, row, 5),
                  .signed_missing = db_integer(rows, row, 6)},
        .label = db_value(rows, row, 7),
    };
}

static struct preview_check_in read_check_in(const struct db_rows *rows, int row)
{
    return (struct preview_check_in){
        .visit_id = db_value(rows, row, 0),
        .id = db_value(rows, row, 1),
        .verdict = db_value(rows, row, 2),
        .body = db_value(rows, row, 3),
        .received_at_ms = db_integer(rows, row, 4),
        .context = {.site_is_known = true,
                    .site_latitude_deg = db_double(rows, row, 5),
                    .site_longitude_deg = db_double(rows, row, 6),
                    .site_radius_m = db_double(rows, row, 7),
                    .site_polygon = db_value(rows, row, 8),
                    .site_entry_accuracy_m = db_double(rows, row, 9),
                    .previous = check_in_position_of(rows, row, 10),
                    .next = check_in_position_of(rows, row, 14),
                    .same_coordinates_count = db_integer(rows, row, 18)},
    };
}

static struct preview_photo read_photo(const struct db_rows *rows, int row)
{
    return (struct preview_photo){
        .visit_id = db_value(rows, row, 0),
        .id = db_value(rows, row, 1),
        .verdict = db_value(rows, row, 2),
        .findings = db_value(rows, row, 3),
        .exif = db_value(rows, row, 4),
        .width_px = (uint32_t)db_integer(rows, row, 5),
        .height_px = (uint32_t)db_integer(rows, row, 6),
        .orientation = (uint32_t)db_integer(rows, row, 7),
        .is_video = db_boolean(rows, row, 16),
        .has_looks = !db_is_null(rows, row, 8) && !db_is_null(rows, row, 9),
        .mean_luminance = db_double(rows, row, 8),
        .sharpness = db_double(rows, row, 9),
        .context = {.is_known = true,
                    .is_stored = true,
                    .captured_at_ms = db_integer(rows, row, 10),
                    .visit_since_ms = db_integer(rows, row, 11),
                    .has_fix = !db_is_null(rows, row, 12),
                    .fix_latitude_deg = db_double(rows, row, 12),
                    .fix_longitude_deg = db_double(rows, row, 13),
                    .fix_accuracy_m = db_double(rows, row, 14),
                    .utc_offset_min = (int)db_integer(rows, row, 15)},
    };
}

static struct preview_scan read_scan(const struct db_rows *rows, int row)
{
    return (struct preview_scan){db_value(rows, row, 0), db_value(rows, row, 1),
                                 db_value(rows, row, 2), db_value(rows, row, 3)};
}

/* Reads every row of a query into a list of the arena's. */
#define READ_ALL(query, read, list, list_count)                                                    \
    do {                                                                                           \
        struct db_rows rows;                                                                       \
        if (db_query(db, &(query), &parameters, &rows) < 0)                                        \
            return -1;                                                                             \
        (list_count) = (size_t)rows.count;                                                         \
        (list) = arena_alloc(arena, sizeof *(list) * ((size_t)rows.count + 1));                    \
        if (!(list))                                                                               \
            return -1;                                                                             \
        for (int i = 0; i < rows.count; i++)                                                       \
            (list)[i] = read(&rows, i);                                                            \
    } while (0)

int preview_chunk(struct db *db, struct arena *arena, const struct uuid *org_id,
                  const char *const *visit_ids, size_t count, struct preview_chunk *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text_array(&parameters, arena, visit_ids, count);
    READ_ALL(query_preview_visit_facts, read_visit, ret->visits, ret->visit_count);
    READ_ALL(query_preview_check_ins, read_check_in, ret->check_ins, ret->check_in_count);
    READ_ALL(query_preview_photos, read_photo, ret->photos, ret->photo_count);
    READ_ALL(query_preview_scans, read_scan, ret->scans, ret->scan_count);
    return 0;
}
