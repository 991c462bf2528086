-- name: pack_ticket_clear
-- Tickets that nobody can use any more, a few at a time.
DELETE FROM pack_ticket
WHERE org_id = $1::uuid
  AND id IN (SELECT id FROM pack_ticket WHERE org_id = $1::uuid AND expires_at < now() - interval '1 day'
             LIMIT 100 FOR UPDATE SKIP LOCKED);

-- name: pack_ticket_insert
-- $2 id, $3 visit, $4 digest of the token, $5 who downloads, $6 in which session, $7 digest of the content, $8 its
-- life in seconds
INSERT INTO pack_ticket (org_id, id, visit_id, token_sha256, user_id, session_id, content_sha256, expires_at)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::bytea, $5::uuid, $6::uuid, $7::bytea,
        now() + $8::integer * interval '1 second')
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: pack_ticket_content
SELECT encode(content_sha256, 'hex') FROM pack_ticket WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: pack_ticket_expires_at
SELECT json_time(expires_at) FROM pack_ticket WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: pack_ticket_use
-- Of two who come with the ticket of the digest $2 at once, one finds it. Whoever it was made for may still
-- download: nobody has disabled them, ended their session or taken their role away since.
UPDATE pack_ticket t SET used_at = now()
FROM app_user u, session s
WHERE t.org_id = $1::uuid AND t.token_sha256 = $2::bytea AND t.used_at IS NULL AND t.expires_at > now()
  AND u.org_id = t.org_id AND u.id = t.user_id AND u.disabled_at IS NULL
  AND u.role IN ('manager', 'administrator')
  AND s.org_id = t.org_id AND s.id = t.session_id AND s.ended_at IS NULL
RETURNING t.visit_id, t.user_id, t.session_id;
