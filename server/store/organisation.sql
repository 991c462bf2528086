-- name: organisation_id_by_slug
-- The organisation a log-in names, before any row of it may be seen.
SELECT org_id FROM organisation_directory WHERE slug = $1;
