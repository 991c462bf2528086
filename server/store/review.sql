-- name: photo_lock_for_review
-- Reviewers of one photo follow each other. Its visit, its technician, and whether it is stored.
SELECT visit_id, user_id, state = 'stored', review_decision FROM photo
WHERE org_id = $1::uuid AND id = $2::uuid
FOR NO KEY UPDATE;

-- name: visit_lock_for_review
SELECT id, technician_id, false, review_decision FROM visit WHERE org_id = $1::uuid AND id = $2::uuid FOR NO KEY UPDATE;

-- name: review_insert
-- Decided now, with the subject locked: the order of the decisions is the order of their moments.
-- $3 visit, $4 photo or null, $5 decision, $6 reason, $7 reviewer, $8 digest of the content
INSERT INTO review (org_id, id, visit_id, photo_id, decision, reason, reviewer_id, decided_at,
                    content_sha256)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6, $7::uuid, clock_timestamp(), $8::bytea)
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: review_content
SELECT encode(content_sha256, 'hex') FROM review WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: review_before
-- What was decided last about the subject before this review ($4). $2 visit, $3 photo or null
SELECT id FROM review
WHERE org_id = $1::uuid AND visit_id = $2::uuid AND photo_id IS NOT DISTINCT FROM $3::uuid AND id <> $4::uuid
ORDER BY decided_at DESC, id DESC
LIMIT 1;

-- name: review_get
SELECT review_json(r) FROM review r WHERE r.org_id = $1::uuid AND r.id = $2::uuid;

-- name: photo_decide
UPDATE photo SET review_decision = nullif($3, 'withdraw') WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: visit_decide
UPDATE visit SET review_decision = nullif($3, 'withdraw'), updated_at = now() WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: retake_withdraw
-- Whatever is decided anew about a photo ends what was asked for before.
UPDATE retake SET withdrawn_at = clock_timestamp()
WHERE org_id = $1::uuid AND photo_id = $2::uuid AND answered_at IS NULL AND withdrawn_at IS NULL;

-- name: retake_insert
-- $3 the photo's technician
INSERT INTO retake (org_id, id, visit_id, photo_id, technician_id, reason, requested_by, requested_at)
SELECT org_id, id, visit_id, photo_id, $3::uuid, reason, reviewer_id, decided_at
FROM review WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: retake_list
-- $2 open, $3 technician, then the page's limit and keys. Null asks for nothing.
WITH page AS MATERIALIZED (
    SELECT r.id, r.requested_at FROM retake r
    WHERE r.org_id = $1::uuid
      AND ($2::boolean IS NULL OR (r.answered_at IS NULL AND r.withdrawn_at IS NULL) = $2::boolean)
      AND ($3::uuid IS NULL OR r.technician_id = $3::uuid)
      AND ($5::timestamptz IS NULL OR (r.requested_at, r.id) < ($5::timestamptz, $6::uuid))
    ORDER BY r.requested_at DESC, r.id DESC
    LIMIT $4::integer)
SELECT r.json, cursor_time(page.requested_at), page.id
FROM page
CROSS JOIN LATERAL (SELECT * FROM retake_summary shown
                    WHERE shown.org_id = $1::uuid AND shown.id = page.id OFFSET 0) AS r
ORDER BY page.requested_at DESC, page.id DESC;

-- name: retake_targets
-- Which of these ids are photos of this technician ($3) at this site ($4): a photo may answer those.
SELECT id FROM photo
WHERE org_id = $1::uuid AND id = ANY ($2::uuid[]) AND user_id = $3::uuid AND site_id = $4::uuid;
