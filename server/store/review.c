#include "server/store/review.h"

#include "server/store/db_read.h"
#include "server/store/insert_once.h"
#include "server/store/parameters.h"
#include "server/store/queries.h"

#include <string.h>

int review_lock_subject(struct db *db, struct arena *arena, struct review_subject *subject)
{
    struct db_parameters parameters = db_key(arena, &subject->org_id, &subject->id);
    struct db_rows rows;
    const struct query *query =
        subject->is_photo ? &query_photo_lock_for_review : &query_visit_lock_for_review;
    if (db_query(db, query, &parameters, &rows) < 0)
        return -1;
    subject->visit_id = rows.count ? db_value(&rows, 0, 0) : NULL;
    subject->technician_id = rows.count ? db_value(&rows, 0, 1) : NULL;
    subject->is_stored = rows.count && subject->is_photo && db_boolean(&rows, 0, 2);
    subject->decision = rows.count ? db_value(&rows, 0, 3) : NULL;
    return 0;
}

int review_insert(struct db *db, struct arena *arena, const struct review_subject *subject,
                  const struct review *review, const char **ret_taken_by)
{
    struct db_parameters parameters = db_key(arena, &subject->org_id, &review->id);
    db_add_text(&parameters, subject->visit_id);
    db_add_optional_uuid(&parameters, arena, subject->is_photo ? &subject->id : NULL);
    db_add_text(&parameters, review->decision);
    db_add_text(&parameters, review->reason);
    db_add_uuid(&parameters, arena, &review->reviewer_id);
    db_add_bytes(&parameters, arena, review->content_sha256, 32);
    return db_insert_once(db, arena, &query_review_insert, &parameters, &query_review_content,
                          &subject->org_id, &review->id, ret_taken_by);
}

int review_before(struct db *db, struct arena *arena, const struct review_subject *subject,
                  const struct uuid *id, const char **ret_id)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, &subject->org_id);
    db_add_text(&parameters, subject->visit_id);
    db_add_optional_uuid(&parameters, arena, subject->is_photo ? &subject->id : NULL);
    db_add_uuid(&parameters, arena, id);
    return db_query_value(db, &query_review_before, &parameters, ret_id);
}

static int decide(struct db *db, struct arena *arena, const struct review_subject *subject,
                  const char *decision)
{
    struct db_parameters parameters = db_key(arena, &subject->org_id, &subject->id);
    db_add_text(&parameters, decision);
    return db_queue(db, subject->is_photo ? &query_photo_decide : &query_visit_decide, &parameters);
}

static int open_retake(struct db *db, struct arena *arena, const struct review_subject *subject,
                       const struct uuid *review_id)
{
    struct db_parameters parameters = db_key(arena, &subject->org_id, review_id);
    db_add_text(&parameters, subject->technician_id);
    return db_queue(db, &query_retake_insert, &parameters);
}

int review_apply(struct db *db, struct arena *arena, const struct review_subject *subject,
                 const struct review *review)
{
    struct db_parameters photo = db_key(arena, &subject->org_id, &subject->id);
    if (decide(db, arena, subject, review->decision) < 0)
        return -1;
    if (!subject->is_photo)
        return 0;
    if (db_queue(db, &query_retake_withdraw, &photo) < 0)
        return -1;
    return strcmp(review->decision, "retake") == 0 ? open_retake(db, arena, subject, &review->id)
                                                   : 0;
}

int review_get(struct db *db, struct arena *arena, const struct uuid *org_id, const struct uuid *id,
               const char **ret_json)
{
    struct db_parameters parameters = db_key(arena, org_id, id);
    return db_query_value(db, &query_review_get, &parameters, ret_json);
}

int retake_list(struct db *db, struct arena *arena, const struct uuid *org_id, const char *open,
                const char *technician_id, const struct db_parameters *page, struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text(&parameters, open);
    db_add_text(&parameters, technician_id);
    db_add_all(&parameters, page);
    return db_query_by_values(db, &query_retake_list, &parameters, ret);
}

int retake_targets(struct db *db, struct arena *arena, const struct uuid *org_id,
                   const char *const *photo_ids, size_t count, const struct uuid *technician_id,
                   const struct uuid *site_id, struct db_rows *ret)
{
    struct db_parameters parameters = {0};
    db_add_uuid(&parameters, arena, org_id);
    db_add_text_array(&parameters, arena, photo_ids, count);
    db_add_uuid(&parameters, arena, technician_id);
    db_add_uuid(&parameters, arena, site_id);
    return db_query(db, &query_retake_targets, &parameters, ret);
}
