-- name: retention_get
SELECT retention_json(r), r.version, r.originals_months, r.thumbnails_months
FROM retention r WHERE r.org_id = $1::uuid;

-- name: retention_change_lock
-- Two changes follow each other, also when there is no rule yet.
SELECT FROM organisation WHERE org_id = $1::uuid FOR NO KEY UPDATE;

-- name: retention_lock
-- A change and the sweep follow each other.
SELECT r.version, r.originals_months, r.thumbnails_months
FROM retention r WHERE r.org_id = $1::uuid FOR UPDATE;

-- name: retention_set
-- $2 and $3 months, or null for ever; $4 who
INSERT INTO retention AS r (org_id, originals_months, thumbnails_months, changed_by)
VALUES ($1::uuid, $2::integer, $3::integer, $4::uuid)
ON CONFLICT (org_id) DO UPDATE
SET originals_months = excluded.originals_months, thumbnails_months = excluded.thumbnails_months,
    changed_by = excluded.changed_by, changed_at = now(), version = r.version + 1
WHERE (r.originals_months, r.thumbnails_months)
      IS DISTINCT FROM (excluded.originals_months, excluded.thumbnails_months);

-- name: retention_preview
-- What a sweep would remove at this moment by the rules $2 and $3 (months, or null), and what it would leave
-- because its visit is held or disputed. Reads what is old, not what is young.
WITH decided AS MATERIALIZED (
    SELECT DISTINCT ON (r.visit_id) r.visit_id, r.decision FROM customer_response r
    WHERE r.org_id = $1::uuid AND r.kind = 'decision' AND r.visit_id IS NOT NULL
    ORDER BY r.visit_id, r.received_at DESC, r.id DESC),
due AS (
    SELECT p.bytes, p.original_removed_at IS NULL AS has_original,
           p.stored_at < now() - $3::integer * interval '1 month' AS loses_thumbnails,
           v.held_at IS NOT NULL OR coalesce(decided.decision = 'disputed', false) AS is_spared
    FROM photo p JOIN visit v ON v.org_id = p.org_id AND v.id = p.visit_id
    LEFT JOIN decided ON decided.visit_id = p.visit_id
    WHERE p.org_id = $1::uuid AND p.state = 'stored' AND p.thumbnails_removed_at IS NULL
      AND (p.original_removed_at IS NULL OR $3::integer IS NOT NULL)
      AND p.stored_at < now() - $2::integer * interval '1 month')
SELECT count(*) FILTER (WHERE has_original AND NOT is_spared),
       coalesce(sum(bytes) FILTER (WHERE has_original AND NOT is_spared), 0),
       count(*) FILTER (WHERE loses_thumbnails AND NOT is_spared),
       count(*) FILTER (WHERE is_spared AND (has_original OR loses_thumbnails))
FROM due;

-- name: retention_remove_originals
-- A few rows, the oldest first, and a line of the audit trail for each. A visit that is being held at this
-- moment is waited for, and spared.
WITH due AS (
    SELECT p.id, 'originals: ' || r.originals_months || ' months' AS rule
    FROM retention r
    JOIN photo p ON p.org_id = r.org_id
    JOIN visit v ON v.org_id = p.org_id AND v.id = p.visit_id
    WHERE r.org_id = $1::uuid AND p.state = 'stored' AND p.original_removed_at IS NULL
      AND p.stored_at < now() - r.originals_months * interval '1 month'
      AND v.held_at IS NULL AND NOT visit_is_disputed(v.org_id, v.id)
    ORDER BY p.stored_at, p.id LIMIT 500
    FOR SHARE OF r, v),
removed AS (
    UPDATE photo p SET original_removed_at = now(), original_removed_by = due.rule
    FROM due WHERE p.org_id = $1::uuid AND p.id = due.id
    RETURNING p.id, p.visit_id, p.sha256, p.bytes, due.rule),
noted AS (
    INSERT INTO audit_event (org_id, action, entity_kind, entity_id, entity_name, changes)
    SELECT $1::uuid, 'removed', 'photo', removed.id, visit_label($1::uuid, removed.visit_id),
           jsonb_build_array(
               jsonb_build_object('field', 'original', 'from', encode(removed.sha256, 'hex'), 'to', NULL),
               jsonb_build_object('field', 'rule', 'from', NULL, 'to', removed.rule))
    FROM removed)
SELECT count(*), coalesce(sum(bytes), 0)::bigint FROM removed;

-- name: retention_remove_thumbnails
-- As retention_remove_originals, of photos whose originals are gone.
WITH due AS (
    SELECT p.id, 'thumbnails: ' || r.thumbnails_months || ' months' AS rule
    FROM retention r
    JOIN photo p ON p.org_id = r.org_id
    JOIN visit v ON v.org_id = p.org_id AND v.id = p.visit_id
    WHERE r.org_id = $1::uuid AND p.state = 'stored' AND p.original_removed_at IS NOT NULL
      AND p.thumbnails_removed_at IS NULL
      AND p.stored_at < now() - r.thumbnails_months * interval '1 month'
      AND v.held_at IS NULL AND NOT visit_is_disputed(v.org_id, v.id)
    ORDER BY p.stored_at, p.id LIMIT 500
    FOR SHARE OF r, v),
removed AS (
    UPDATE photo p SET thumbnails_removed_at = now(), thumbnails_removed_by = due.rule
    FROM due WHERE p.org_id = $1::uuid AND p.id = due.id
    RETURNING p.id, p.visit_id, p.small_sha256, p.medium_sha256, due.rule),
noted AS (
    INSERT INTO audit_event (org_id, action, entity_kind, entity_id, entity_name, changes)
    SELECT $1::uuid, 'removed', 'photo', removed.id, visit_label($1::uuid, removed.visit_id),
           jsonb_build_array(
               jsonb_build_object('field', 'medium', 'from', encode(removed.medium_sha256, 'hex'), 'to', NULL),
               jsonb_build_object('field', 'small', 'from', encode(removed.small_sha256, 'hex'), 'to', NULL),
               jsonb_build_object('field', 'rule', 'from', NULL, 'to', removed.rule))
    FROM removed)
SELECT count(*), 0::bigint FROM removed;

-- name: hold_set
-- $3 by whom, $4 why; who was first stays while the reason does.
UPDATE visit
SET held_at = CASE WHEN hold_reason = $4 THEN held_at ELSE now() END,
    held_by = CASE WHEN hold_reason = $4 THEN held_by ELSE $3::uuid END, hold_reason = $4
WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: hold_get
SELECT hold_json(v) FROM visit v WHERE v.org_id = $1::uuid AND v.id = $2::uuid AND v.held_at IS NOT NULL;

-- name: hold_release
UPDATE visit SET held_at = NULL, held_by = NULL, hold_reason = NULL
WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: hold_list
-- The page's limit and keys.
SELECT hold_json(v), cursor_time(v.held_at), v.id
FROM visit v
WHERE v.org_id = $1::uuid AND v.held_at IS NOT NULL
  AND ($3::timestamptz IS NULL OR (v.held_at, v.id) < ($3::timestamptz, $4::uuid))
ORDER BY v.held_at DESC, v.id DESC
LIMIT $2::integer;
