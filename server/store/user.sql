-- name: user_insert
INSERT INTO app_user (org_id, id, log_in, name, role, language, phone, password_hash, content_sha256, team)
VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8, $9::bytea, $10)
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: user_content
SELECT encode(content_sha256, 'hex') FROM app_user WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: user_get
-- $3: the only user who may be seen; null: whoever asks may see all.
SELECT user_json(u), u.version FROM app_user u
WHERE u.org_id = $1::uuid AND u.id = $2::uuid AND ($3::uuid IS NULL OR u.id = $3::uuid);

-- name: user_list
-- $2 role, $3 part of name or log-in, $4 disabled, $5 team, then the page's limit and keys.
SELECT user_json(u), u.name, u.id FROM app_user u
WHERE u.org_id = $1::uuid
  AND ($2::text IS NULL OR u.role = $2::text)
  AND ($3::text IS NULL OR strpos(lower(u.name), lower($3::text)) > 0
                        OR strpos(lower(u.log_in), lower($3::text)) > 0)
  AND ($4::boolean IS NULL OR (u.disabled_at IS NOT NULL) = $4::boolean)
  AND ($5::text IS NULL OR u.team = $5::text)
  AND ($7::text IS NULL OR (u.name, u.id) > ($7::text, $8::uuid))
ORDER BY u.name, u.id
LIMIT $6::integer;

-- name: user_lock_with_administrator
-- Both rows of a change, in the same order for everybody: whoever changes users is not changed meanwhile.
SELECT id FROM app_user WHERE org_id = $1::uuid AND id IN ($2::uuid, $3::uuid)
ORDER BY id FOR NO KEY UPDATE;

-- name: user_lock
-- The version of a user that is about to be changed.
SELECT version FROM app_user WHERE org_id = $1::uuid AND id = $2::uuid FOR NO KEY UPDATE;

-- name: user_update
-- $3 the change as it was sent: a member that is not there stays as it is. $4 new password hash, or
-- null. A change that changes nothing keeps the version.
UPDATE app_user u
SET log_in = changed.log_in, name = changed.name, role = changed.role, language = changed.language,
    phone = changed.phone, team = changed.team, disabled_at = changed.disabled_at,
    password_hash = coalesce($4, u.password_hash),
    version = u.version + 1, updated_at = now()
FROM (SELECT coalesce($3::jsonb ->> 'log_in', old.log_in) AS log_in,
             coalesce($3::jsonb ->> 'name', old.name) AS name,
             coalesce($3::jsonb ->> 'role', old.role) AS role,
             coalesce($3::jsonb ->> 'language', old.language) AS language,
             CASE WHEN $3::jsonb ? 'phone' THEN $3::jsonb ->> 'phone' ELSE old.phone END AS phone,
             CASE WHEN $3::jsonb ? 'team' THEN $3::jsonb ->> 'team' ELSE old.team END AS team,
             CASE WHEN ($3::jsonb ->> 'disabled')::boolean THEN coalesce(old.disabled_at, now())
                  WHEN NOT ($3::jsonb ->> 'disabled')::boolean THEN NULL
                  ELSE old.disabled_at END AS disabled_at
      FROM app_user old WHERE old.org_id = $1::uuid AND old.id = $2::uuid) AS changed
WHERE u.org_id = $1::uuid AND u.id = $2::uuid
  AND ($4::text IS NOT NULL
       OR (u.log_in, u.name, u.role, u.language, u.phone, u.team, u.disabled_at)
          IS DISTINCT FROM (changed.log_in, changed.name, changed.role, changed.language,
                            changed.phone, changed.team, changed.disabled_at));

-- name: user_delete
DELETE FROM app_user WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: user_by_log_in
-- Who wants to log in. Disabled ones, too: refusing them takes the same time.
SELECT id, password_hash, disabled_at IS NOT NULL AS is_disabled
FROM app_user WHERE org_id = $1::uuid AND lower(log_in) = lower($2);

-- name: me_get
-- The user and a summary of the organisation, and a tag of both versions.
SELECT json_build_object(
           'user', user_json(u),
           'organisation', json_build_object('id', o.org_id, 'slug', o.slug, 'name', o.name,
                                             'language', o.language, 'time_zone', o.time_zone)),
       u.version || '-' || o.version AS tag
FROM app_user u JOIN organisation o ON o.org_id = u.org_id
WHERE u.org_id = $1::uuid AND u.id = $2::uuid;
