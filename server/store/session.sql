-- name: session_authorise
-- Whether the session and its user are still good, at every request. No row: log in again.
SELECT u.role, u.language, u.name
FROM session s JOIN app_user u ON u.org_id = s.org_id AND u.id = s.user_id
WHERE s.org_id = $1::uuid AND s.id = $2::uuid AND s.user_id = $3::uuid
  AND s.ended_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL;

-- name: session_insert
-- Only for a user who is not disabled and whose password is still the one that was checked.
-- $1 organisation, $2 session, $3 user, $4 device's name, $5 checked hash, $6 device or null, $7 seconds to
-- live
INSERT INTO session (org_id, id, user_id, device_name, device_id, expires_at)
SELECT u.org_id, $2::uuid, u.id, $4, $6::uuid, now() + $7::integer * interval '1 second'
FROM app_user u
WHERE u.org_id = $1::uuid AND u.id = $3::uuid AND u.disabled_at IS NULL AND u.password_hash = $5
RETURNING expires_at;

-- name: session_insert_enrolled
-- For a user whose code was checked in this transaction. $4 device's name, $5 device, $6 seconds to live
INSERT INTO session (org_id, id, user_id, device_name, device_id, expires_at)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5::uuid, now() + $6::integer * interval '1 second');

-- name: session_end
-- $3 why
UPDATE session SET ended_at = now(), ended_reason = $3
WHERE org_id = $1::uuid AND id = $2::uuid AND ended_at IS NULL;

-- name: session_end_all
-- All of a user's but $4 (null: really all). $3 why
UPDATE session SET ended_at = now(), ended_reason = $3
WHERE org_id = $1::uuid AND user_id = $2::uuid AND ended_at IS NULL AND id IS DISTINCT FROM $4::uuid;

-- name: refresh_token_insert
-- clock_timestamp(), not now(): a request that waited for the session's lock began before what it
-- waited for.
INSERT INTO refresh_token (org_id, token_sha256, session_id, created_at)
VALUES ($1::uuid, $2::bytea, $3::uuid, clock_timestamp());

-- name: refresh_token_lock
-- The session of a refresh token, if it is still good; locked, so that its tokens come one by one.
SELECT s.id, s.user_id
FROM refresh_token t
JOIN session s ON s.org_id = t.org_id AND s.id = t.session_id
JOIN app_user u ON u.org_id = s.org_id AND u.id = s.user_id
WHERE t.org_id = $1::uuid AND t.token_sha256 = $2::bytea
  AND s.ended_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL
FOR NO KEY UPDATE OF s;

-- name: refresh_token_state
-- Read after the lock. `may_retry`: it was exchanged at most $3 seconds ago and none of the tokens
-- made since has been, so the answer was probably lost on its way.
SELECT t.used_at IS NOT NULL AS is_used,
       t.used_at > clock_timestamp() - $3::integer * interval '1 second'
           AND NOT EXISTS (SELECT FROM refresh_token later
                           WHERE later.org_id = t.org_id AND later.session_id = t.session_id
                             AND later.created_at > t.created_at AND later.used_at IS NOT NULL)
           AS may_retry
FROM refresh_token t
WHERE t.org_id = $1::uuid AND t.token_sha256 = $2::bytea;

-- name: refresh_token_use
-- Exchanging one token uses up its siblings from retries, too: only one line goes on.
UPDATE refresh_token SET used_at = clock_timestamp()
WHERE org_id = $1::uuid AND session_id = $2::uuid AND used_at IS NULL;

-- name: session_extend
-- $3 seconds
UPDATE session SET last_used_at = now(), expires_at = now() + $3::integer * interval '1 second'
WHERE org_id = $1::uuid AND id = $2::uuid
RETURNING expires_at;

-- name: log_in_throttle_count
-- Counts an attempt of each subject before it is judged, so that many at once do not slip through.
-- In the order of their digests, so that two requests never wait for each other.
INSERT INTO log_in_throttle (subject_sha256, failures, window_ends_at)
SELECT subject, 1, now() + $3::integer * interval '1 second'
FROM unnest(ARRAY[$1::bytea, $2::bytea]) AS subjects(subject) ORDER BY subject
ON CONFLICT (subject_sha256) DO UPDATE
SET failures = CASE WHEN log_in_throttle.window_ends_at <= now() THEN 1
                    ELSE log_in_throttle.failures + 1 END,
    window_ends_at = CASE WHEN log_in_throttle.window_ends_at <= now() THEN excluded.window_ends_at
                          ELSE log_in_throttle.window_ends_at END
RETURNING subject_sha256 = $1::bytea AS is_account, failures,
          ceil(extract(epoch FROM window_ends_at - now()))::integer AS left_s;

-- name: log_in_throttle_forget
-- After a success: the account begins anew, the address has one attempt less. $1 account, $2 address
WITH locked AS MATERIALIZED (
    SELECT subject_sha256 FROM log_in_throttle WHERE subject_sha256 IN ($1::bytea, $2::bytea)
    ORDER BY subject_sha256 FOR UPDATE)
UPDATE log_in_throttle
SET failures = CASE WHEN subject_sha256 = $1::bytea THEN 0 ELSE greatest(failures - 1, 0) END
WHERE subject_sha256 IN (SELECT subject_sha256 FROM locked);

-- name: log_in_throttle_clear
-- Removes windows that are over, a few at a time.
DELETE FROM log_in_throttle
WHERE subject_sha256 IN (SELECT subject_sha256 FROM log_in_throttle
                         WHERE window_ends_at < now() LIMIT 100 FOR UPDATE SKIP LOCKED);
