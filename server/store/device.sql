-- name: device_upsert
-- Somebody logs in on it. No row: it is revoked, and was not let in again since. $3 user, $4 what it
-- calls itself, $8 the enrolment whose code lets it in, or null: a password does not undo a revocation.
INSERT INTO device (org_id, id, user_id, own_id, name, model, platform)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7)
ON CONFLICT (org_id, id) DO UPDATE
SET name = excluded.name, model = excluded.model, platform = excluded.platform, revoked_at = NULL,
    revoked_by = NULL
WHERE device.revoked_at IS NULL
   OR EXISTS (SELECT FROM enrolment e WHERE e.org_id = $1::uuid AND e.id = $8::uuid
                AND e.created_at > device.revoked_at)
RETURNING id;

-- name: device_end_sessions
-- $3 why
UPDATE session SET ended_at = now(), ended_reason = $3
WHERE org_id = $1::uuid AND device_id = $2::uuid AND ended_at IS NULL;

-- name: device_revoke
-- $3 by whom; who was first stays.
UPDATE device
SET revoked_at = coalesce(revoked_at, now()), revoked_by = coalesce(revoked_by, $3::uuid)
WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: device_restore
UPDATE device SET revoked_at = NULL, revoked_by = NULL WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: device_list
-- $2 whose; null: everybody's. Then the page's limit and keys.
SELECT device_json(d), cursor_time(d.created_at), d.id
FROM device d
WHERE d.org_id = $1::uuid AND ($2::uuid IS NULL OR d.user_id = $2::uuid)
  AND ($4::timestamptz IS NULL OR (d.created_at, d.id) < ($4::timestamptz, $5::uuid))
ORDER BY d.created_at DESC, d.id DESC
LIMIT $3::integer;
