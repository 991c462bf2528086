/** Where check-ins were made, for maps. Queries: place.sql. JSON is the contract's CheckInPlace. */
#ifndef FIELDPROOF_STORE_PLACE_H
#define FIELDPROOF_STORE_PLACE_H

#include "server/store/db.h"

#include <stdbool.h>

/** One check-in's place. */
struct place {
    const char *json;
    bool has_position;
    double latitude_deg; /**< WGS-84 */
    double longitude_deg;
    bool has_accuracy;
    double accuracy_m;
    int64_t captured_at_ms; /**< only of a track */
};

struct place_list {
    struct place *items; /**< the arena's */
    int count;
};

/** Rows of a list, the newest first. @param page limit and keys, as page_add() makes them. */
int site_places(struct db *db, struct arena *arena, const struct uuid *org_id,
                const struct uuid *site_id, const struct db_parameters *page,
                struct db_rows *ret) MUST_CHECK;

/** The newest `limit` of a site. */
int site_fixes(struct db *db, struct arena *arena, const struct uuid *org_id,
               const struct uuid *site_id, int limit, struct place_list *ret) MUST_CHECK;

/** The day that a visit was part of, in the site's time zone. */
struct visit_day {
    const char *technician; /**< JSON; NULL: there is no such visit */
    const char *time_zone;
    const char *technician_id;
    const char *starts_at, *ends_at; /**< as PostgreSQL reads them */
    const char *from, *to;           /**< the same, RFC 3339 */
};

int visit_day(struct db *db, struct arena *arena, const struct uuid *org_id,
              const struct uuid *visit_id, struct visit_day *ret) MUST_CHECK;

/** The technician's check-ins with a fix on that day, in their order, at most `limit`. */
int visit_day_track(struct db *db, struct arena *arena, const struct uuid *org_id,
                    const struct visit_day *day, int limit, struct place_list *ret) MUST_CHECK;

#endif
