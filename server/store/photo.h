/** Photos in the database. Queries: photo.sql. */
#ifndef FIELDPROOF_STORE_PHOTO_H
#define FIELDPROOF_STORE_PHOTO_H

#include "server/store/judgement.h"

/** Names one photo of one organisation. */
struct photo_key {
    struct uuid org_id;
    struct uuid id;
};

/** What a check-in announces of a photo. Texts as in the body; NULL is SQL's NULL. */
struct photo_declaration {
    const char *id;
    const char *role;
    const char *work_order_id;
    const char *retake_of;
    const char *caption;
    const char *captured_at;
    const char *sha256; /**< 64 digits */
    const char *media;  /**< "photo" or "video"; NULL: a photo */
};

/** Where a declared photo belongs. */
struct photo_place {
    struct uuid org_id;
    struct uuid check_in_id;
    struct uuid visit_id;
    struct uuid site_id;
    struct uuid user_id;
};

int photo_declare(struct db *db, struct arena *arena, const struct photo_place *place,
                  const struct photo_declaration *declaration) MUST_CHECK;

/** What the rules need to know before a photo is judged. Texts are the arena's. */
struct photo_context {
    bool is_known;
    bool is_stored;
    bool is_video;               /**< announced as one */
    const char *sha256;          /**< of a stored one, 64 digits */
    const char *declared_sha256; /**< 64 digits, or NULL */
    const char *visit_id;
    const char *retake_of;
    int64_t captured_at_ms;
    int64_t visit_since_ms;
    bool has_fix;
    double fix_latitude_deg;
    double fix_longitude_deg;
    double fix_accuracy_m;
    int utc_offset_min;
    const char *policy;
    const char *usual_camera; /**< of this user's last photos, when they agree; or NULL */
};

/** Reads a photo of this user and locks its row until the transaction ends. */
int photo_context(struct db *db, struct arena *arena, const struct photo_key *key,
                  const struct uuid *user_id, struct photo_context *ret) MUST_CHECK;

/** Makes every other request with these bytes wait until this transaction ends. */
int photo_bytes_lock(struct db *db, struct arena *arena, const struct uuid *org_id,
                     const uint8_t sha256[32]) MUST_CHECK;

/** The photo with the same bytes that was captured earlier, or came earlier with another visit;
 * `id` is NULL when there is none. */
struct photo_twin {
    const char *id;
    bool same_visit;
    int64_t captured_at_ms;
    const char *visit; /**< the work orders' numbers, or the visit's id */
    bool has_copies;   /**< photos with the same bytes that were captured later are stored */
};

int photo_twin(struct db *db, struct arena *arena, const struct photo_key *key,
               const uint8_t sha256[32], struct photo_twin *ret) MUST_CHECK;

/** A stored photo with the bytes of another one that was captured before it. */
struct photo_copy {
    const char *id;
    const char *visit_id;
    const char *findings; /**< JSON */
    bool is_video;
    int utc_offset_min; /**< of its site's time zone */
};

/** The copies of a stored photo, by visit. They and their visits stay locked. */
int photo_copies(struct db *db, struct arena *arena, const struct photo_key *key,
                 const uint8_t sha256[32], const struct photo_copy **ret_list,
                 size_t *ret_count) MUST_CHECK;

/** What a photo's row learns from its bytes. */
struct photo_content {
    int64_t stored_at_ms;
    const uint8_t *sha256;
    int64_t bytes;
    uint32_t width_px, height_px, orientation;
    const uint8_t *small_sha256;
    uint32_t small_width_px, small_height_px;
    const uint8_t *medium_sha256;
    uint32_t medium_width_px, medium_height_px;
    const char *exif; /**< JSON, or NULL when there is none */
    bool has_looks;   /**< those of a video are not judged */
    double mean_luminance;
    double sharpness;
    int64_t duration_ms; /**< 0: none, or not known */
    struct judgement judgement;
};

int photo_store(struct db *db, struct arena *arena, const struct photo_key *key,
                const struct photo_content *content) MUST_CHECK;

/** A photo about which something was found. */
struct photo_suspect {
    const char *id;
    const char *findings; /**< JSON */
};

/** The photos of a visit about which `code` was found, locked. */
int photo_suspects(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const char *visit_id, const char *code, const struct photo_suspect **ret_list,
                   size_t *ret_count) MUST_CHECK;

/** Replaces the judgement of a stored photo. */
int photo_judge(struct db *db, struct arena *arena, const struct uuid *org_id, const char *photo_id,
                const struct judgement *judgement) MUST_CHECK;

/** The photo as JSON, or NULL when there is none that `technician_id` (NULL: anybody) may see. */
int photo_get(struct db *db, struct arena *arena, const struct photo_key *key,
              const struct uuid *technician_id, const char *language,
              const char **ret_json) MUST_CHECK;

/** When (2026-11-20, UTC) and by which rule bytes were removed; NULL: they were not. */
struct photo_removal {
    const char *day;
    const char *rule;
};

/** The digests of a stored photo's files, and its visit; all NULL when there is none. */
struct photo_files {
    bool is_video;
    const char *original;
    const char *medium;
    const char *small;
    const char *visit_id;
    struct photo_removal original_removal;
    struct photo_removal thumbnails_removal;
};

int photo_files(struct db *db, struct arena *arena, const struct photo_key *key,
                const struct uuid *technician_id, struct photo_files *ret) MUST_CHECK;

/** Closes the technician's open retake of `retake_of` with this photo. */
int retake_answer(struct db *db, struct arena *arena, const struct photo_key *answer,
                  const char *retake_of, const struct uuid *technician_id,
                  int64_t answered_at_ms) MUST_CHECK;

/**
 * Records that a user looked at a photo, or (NULL) at the visit; in the audit trail, too.
 *
 * @param action "viewed" or "downloaded"
 */
int evidence_view_insert(struct db *db, struct arena *arena, const struct uuid *org_id,
                         const struct uuid *user_id, const char *visit_id,
                         const struct uuid *photo_id, const char *action) MUST_CHECK;

#endif
