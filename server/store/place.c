#include "server/store/place.h"

#include "server/store/parameters.h"
#include "server/store/queries.h"
#include "server/store/values.h"

int site_places(struct db *db, struct arena *arena, const struct uuid *org_id,
                const struct uuid *site_id, const struct db_parameters *page, struct db_rows *ret)
{
    struct db_parameters parameters = db_key(arena, org_id, site_id);
    db_add_all(&parameters, page);
    return db_query(db, &query_site_places, &parameters, ret);
}

static struct place read_place(const struct db_rows *rows, int row)
{
    return (struct place){
        .json = db_value(rows, row, 0),
        .has_position = !db_is_null(rows, row, 1),
        .latitude_deg = db_double(rows, row, 1),
        .longitude_deg = db_double(rows, row, 2),
        .has_accuracy = !db_is_null(rows, row, 3),
        .accuracy_m = db_double(rows, row, 3),
    };
}

/* At least one item, so that an empty list is no failure. */
static int make_list(struct arena *arena, int count, struct place_list *ret)
{
    ret->items = arena_alloc(arena, sizeof *ret->items * (size_t)(count + 1));
    ret->count = count;
    return ret->items ? 0 : -1;
}

int site_fixes(struct db *db, struct arena *arena, const struct uuid *org_id,
               const struct uuid *site_id, int limit, struct place_list *ret)
{
    struct db_parameters parameters = db_key(arena, org_id, site_id);
    struct db_rows rows;
    db_add_integer(&parameters, arena, limit);
    if (db_query(db, &query_site_fixes, &parameters, &rows) < 0 ||
        make_list(arena, rows.count, ret) < 0)
        return -1;
    for (int i = 0; i < rows.count; i++)
        ret->items[i] = read_place(&rows, i);
    return 0;
}

int visit_day(struct db *db, struct arena *arena, const struct uuid *org_id,
              const struct uuid *visit_id, struct visit_day *ret)
{
    struct db_parameters parameters = db_key(arena, org_id, visit_id);
    struct db_rows rows;
    if (db_query(db, &query_visit_day, &parameters, &rows) < 0)
        return -1;
    *ret = (struct visit_day){0};
    if (rows.count > 0)
        *ret = (struct visit_day){
            .technician = db_value(&rows, 0, 0),
            .time_zone = db_value(&rows, 0, 1),
            .technician_id = db_value(&rows, 0, 2),
            .starts_at = db_value(&rows, 0, 3),
            .ends_at = db_value(&rows, 0, 4),
            .from = db_value(&rows, 0, 5),
            .to = db_value(&rows, 0, 6),
        };
    return 0;
}

int visit_day_track(struct db *db, struct arena *arena, const struct uuid *org_id,
                    const struct visit_day *day, int limit, struct place_list *ret)
{
    struct db_parameters parameters = {0};
    struct db_rows rows;
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, day->technician_id);
    db_add_text(&parameters, day->starts_at);
    db_add_text(&parameters, day->ends_at);
    db_add_integer(&parameters, arena, limit);
    if (db_query(db, &query_user_track, &parameters, &rows) < 0 ||
        make_list(arena, rows.count, ret) < 0)
        return -1;
    for (int i = 0; i < rows.count; i++) {
        ret->items[i] = read_place(&rows, i);
        ret->items[i].captured_at_ms = db_integer(&rows, i, 4);
    }
    return 0;
}
