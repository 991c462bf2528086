-- name: enrolment_subject
-- Whether the user may have a phone enrolled; no row: there is no such user.
SELECT role = 'technician' AND disabled_at IS NULL FROM app_user
WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: enrolment_insert
-- $3 user, $4 digest of the code, $5 who makes it, $6 digest of the content, $7 seconds to live
INSERT INTO enrolment (org_id, id, user_id, code_sha256, created_by, content_sha256, expires_at)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::bytea, $5::uuid, $6::bytea,
        now() + $7::integer * interval '1 second')
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: enrolment_content
SELECT encode(content_sha256, 'hex') FROM enrolment WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: enrolment_get
SELECT enrolment_json(e), enrolment_state(e) FROM enrolment e
WHERE e.org_id = $1::uuid AND e.id = $2::uuid;

-- name: enrolment_lock
-- Of two phones with the same code the second waits here. $2 digest of the code
SELECT id, user_id FROM enrolment WHERE org_id = $1::uuid AND code_sha256 = $2::bytea
FOR NO KEY UPDATE;

-- name: enrolment_read
-- Read after the lock. The last column: the device $3 used it, within the code's life, and nothing came
-- of it since, so the answer was probably lost on its way.
SELECT enrolment_state(e), u.role = 'technician' AND u.disabled_at IS NULL,
       coalesce(e.device_id = $3::uuid AND e.expires_at > clock_timestamp()
                AND EXISTS (SELECT FROM session s WHERE s.org_id = e.org_id AND s.id = e.session_id
                              AND s.ended_at IS NULL)
                AND NOT EXISTS (SELECT FROM refresh_token t WHERE t.org_id = e.org_id
                                  AND t.session_id = e.session_id AND t.used_at IS NOT NULL), false)
FROM enrolment e
JOIN app_user u ON u.org_id = e.org_id AND u.id = e.user_id
WHERE e.org_id = $1::uuid AND e.id = $2::uuid;

-- name: enrolment_use
-- $3 session, $4 device
UPDATE enrolment SET used_at = coalesce(used_at, now()), session_id = $3::uuid, device_id = $4::uuid
WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: enrolment_revoke
-- $3 by whom. One that was used is past that: its device can be revoked.
UPDATE enrolment SET revoked_at = now(), revoked_by = $3::uuid
WHERE org_id = $1::uuid AND id = $2::uuid AND revoked_at IS NULL AND used_at IS NULL;
