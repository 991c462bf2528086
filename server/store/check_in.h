/** Check-ins and their scans in the database. Queries: check_in.sql. */
#ifndef FIELDPROOF_STORE_CHECK_IN_H
#define FIELDPROOF_STORE_CHECK_IN_H

#include "server/store/judgement.h"

/** What names a check-in and what it refers to. */
struct check_in_key {
    struct uuid org_id;
    struct uuid user_id;
    struct uuid id;
    struct uuid visit_id;
    struct uuid site_id;
    const struct uuid *work_order_ids;
    size_t work_order_count;
    int64_t captured_at_ms;
    bool has_position;
    double latitude_deg; /**< WGS-84 */
    double longitude_deg;
};

/** A position that may be absent. */
struct check_in_position {
    bool is_known;
    double latitude_deg;
    double longitude_deg;
    double accuracy_m; /**< 0: not stated */
    int64_t captured_at_ms;
};

/** Of four columns, from `column` on: latitude, longitude, accuracy, milliseconds. */
struct check_in_position check_in_position_of(const struct db_rows *rows, int row, int column);

/** What the rules need to know before a check-in is judged. Texts are the arena's. */
struct check_in_context {
    bool site_is_known;
    const char *site_name;
    double site_latitude_deg; /**< WGS-84 */
    double site_longitude_deg;
    double site_radius_m;                /**< 0: the fence is the polygon */
    const char *site_polygon;            /**< GeoJSON text, WGS-84; NULL: the fence is the circle */
    double site_entry_accuracy_m;        /**< 0: the policy's */
    int utc_offset_min;                  /**< of the site's time zone at captured_at */
    const char *policy;                  /**< the organisation's overrides, JSON */
    const char *existing_content_sha256; /**< "\\x…": the id is taken by this content; or NULL */
    bool existing_is_own;
    bool visit_exists;
    bool visit_is_own;
    bool visit_is_at_site;
    bool visit_has_departure;
    int64_t unknown_work_orders;
    struct check_in_position previous;
    struct check_in_position next; /**< captured later, and here already */
    int64_t same_coordinates_count;
};

int check_in_context(struct db *db, struct arena *arena, const struct check_in_key *key,
                     struct check_in_context *ret) MUST_CHECK;

/** A check-in's row; JSON members are texts. NULL is SQL's NULL. */
struct check_in_row {
    const struct check_in_key *key;
    const char *kind;
    int64_t sent_at_ms;
    int64_t received_at_ms;
    const char *fix;
    bool has_accuracy;
    double accuracy_m;
    bool has_fence_distance;
    double fence_distance_m;
    const char *geofence;
    const char *device;
    const char *note;
    const char *work_order_ids;
    struct judgement judgement;
    const uint8_t *content_sha256;
};

/**
 * Queues the row, after its visit's (visit_sight). When the id was taken in the meantime, the
 * problem says that the transaction was overtaken.
 */
int check_in_insert(struct db *db, struct arena *arena, const struct check_in_row *row) MUST_CHECK;

/** What is certain only once the check-in stands, since its visit is locked by then. */
struct check_in_company {
    bool has_others;   /**< the visit has other check-ins */
    bool visit_is_own; /**< of this technician and this site, whoever made it */
};

int check_in_company(struct db *db, struct arena *arena, const struct check_in_key *key,
                     struct check_in_company *ret) MUST_CHECK;

/** The check-in as JSON, or NULL when there is none that `technician_id` (NULL: anybody) may see.
 */
int check_in_get(struct db *db, struct arena *arena, const struct uuid *org_id,
                 const struct uuid *id, const struct uuid *technician_id, const char *language,
                 const char **ret_json) MUST_CHECK;

/** The same of one that the transaction itself has stored or seen: `ret` is filled by the commit.
 */
int check_in_get_at_commit(struct db *db, struct arena *arena, const struct uuid *org_id,
                           const struct uuid *id, const char *language,
                           struct db_rows *ret) MUST_CHECK;

/** The asset that a scanned value names. */
struct scan_asset {
    const char *value;
    const char *id;
    const char *name;
    const char *site_id;
    const char *site_name;
};

/** The assets of scanned values; several rows a value are possible, barcodes before serials. */
int scan_assets(struct db *db, struct arena *arena, const struct uuid *org_id,
                const char *const *values, size_t value_count, const struct scan_asset **ret_assets,
                size_t *ret_count) MUST_CHECK;

struct scan_row {
    const char *id;
    const char *captured_at;
    const char *symbology;
    const char *value;
    const char *entered;
    const char *asset_id;
    struct judgement judgement;
};

int scan_insert(struct db *db, struct arena *arena, const struct check_in_key *key,
                const struct scan_row *row) MUST_CHECK;

#endif
