-- name: correction_subject
-- The visit $2, which stays as it is until the end of the transaction: its technician, its latest signed sheet.
SELECT v.technician_id,
       (SELECT max(sheet.version) FROM visit_sheet sheet
        WHERE sheet.org_id = v.org_id AND sheet.visit_id = v.id AND sheet.state = 'signed')
FROM visit v WHERE v.org_id = $1::uuid AND v.id = $2::uuid;

-- name: correction_insert
-- $2 id, $3 visit, $4 signed version, $5 technician, $6 blocks, $7 reason, $8 who asks, $9 digest of the content
INSERT INTO correction (org_id, id, visit_id, sheet_version, technician_id, blocks, reason, requested_by,
                        content_sha256)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::integer, $5::uuid, $6::text[], $7, $8::uuid, $9::bytea)
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: correction_content
SELECT encode(content_sha256, 'hex') FROM correction WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: correction_get
SELECT json FROM correction_summary WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: correction_lock
-- The version that answered it, or null. No row: there is no such correction.
SELECT answered_version FROM correction WHERE org_id = $1::uuid AND id = $2::uuid FOR NO KEY UPDATE;

-- name: correction_withdraw
-- $3 who withdraws. What was withdrawn before stays.
UPDATE correction SET withdrawn_by = $3::uuid, withdrawn_at = now()
WHERE org_id = $1::uuid AND id = $2::uuid AND answered_at IS NULL AND withdrawn_at IS NULL;

-- name: correction_list
-- $2 open, $3 technician, then the page's limit and keys. Null asks for nothing.
SELECT shown.json, cursor_time(page.requested_at), page.id
FROM (SELECT c.id, c.requested_at FROM correction c
      WHERE c.org_id = $1::uuid
        AND ($2::boolean IS NULL OR (c.answered_at IS NULL AND c.withdrawn_at IS NULL) = $2::boolean)
        AND ($3::uuid IS NULL OR c.technician_id = $3::uuid)
        AND ($5::timestamptz IS NULL OR (c.requested_at, c.id) < ($5::timestamptz, $6::uuid))
      ORDER BY c.requested_at DESC, c.id DESC
      LIMIT $4::integer) AS page
CROSS JOIN LATERAL (SELECT summary.json FROM correction_summary summary
                    WHERE summary.org_id = $1::uuid AND summary.id = page.id OFFSET 0) AS shown
ORDER BY page.requested_at DESC, page.id DESC;

-- name: correction_list_of_visit
-- Oldest first, for the visit's pack; null: nothing was asked for.
SELECT json_agg(c.json ORDER BY newest.requested_at, newest.id)
FROM (SELECT * FROM correction WHERE org_id = $1::uuid AND visit_id = $2::uuid
      ORDER BY requested_at DESC LIMIT 500) AS newest
JOIN correction_summary c ON c.org_id = newest.org_id AND c.id = newest.id;
