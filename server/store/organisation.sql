-- name: organisation_id_by_slug
-- The organisation a log-in names, before any row of it may be seen.
SELECT org_id FROM organisation_directory WHERE slug = $1;

-- name: organisation_insert
INSERT INTO organisation (org_id, slug, name, language, time_zone, content_sha256)
VALUES ($1::uuid, $2, $3, $4, $5, $6::bytea)
ON CONFLICT (org_id) DO NOTHING
RETURNING org_id;

-- name: organisation_content
-- $2 is the organisation's id once more: every content query takes organisation and id.
SELECT encode(content_sha256, 'hex') FROM organisation WHERE org_id = $1::uuid AND org_id = $2::uuid;

-- name: organisation_directory_insert
INSERT INTO organisation_directory (slug, org_id) VALUES ($2, $1::uuid);

-- name: organisation_get
SELECT organisation_json(o), o.version FROM organisation o WHERE o.org_id = $1::uuid;

-- name: organisation_policy
-- The overrides and their version.
SELECT policy, version FROM organisation WHERE org_id = $1::uuid;

-- name: organisation_policy_lock
-- As organisation_policy, and nobody else changes it meanwhile.
SELECT policy, version FROM organisation WHERE org_id = $1::uuid FOR NO KEY UPDATE;

-- name: organisation_policy_update
-- The same policy again keeps its version.
UPDATE organisation
SET policy = $2::jsonb, version = version + (policy <> $2::jsonb)::integer
WHERE org_id = $1::uuid
RETURNING version;

-- name: organisation_next
-- The organisation after $1 (null: the first), in the order of their ids.
SELECT org_id FROM organisation_directory
WHERE $1::uuid IS NULL OR org_id > $1::uuid
ORDER BY org_id LIMIT 1;
