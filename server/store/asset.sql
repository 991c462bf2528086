-- name: asset_insert
-- $1 organisation, $2 the asset as JSON, $3 digest of its content. No row when the id is taken.
INSERT INTO asset (org_id, id, site_id, name, model, serial, barcode, note, content_sha256)
SELECT $1::uuid, given.id, given.site_id, given.name, given.model, given.serial, given.barcode,
       given.note, $3::bytea
FROM jsonb_populate_record(NULL::asset, $2::jsonb) AS given
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: asset_content
SELECT encode(content_sha256, 'hex') FROM asset WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: asset_get
SELECT asset_json(asset), version FROM asset WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: asset_lock
-- As asset_get, before a change: nobody else changes it meanwhile.
SELECT asset_json(asset), version FROM asset WHERE org_id = $1::uuid AND id = $2::uuid
FOR NO KEY UPDATE;

-- name: asset_change
-- $3: the members that change, as JSON; null empties one. What stays the same counts as no change.
UPDATE asset
SET site_id = wanted.site_id, name = wanted.name, model = wanted.model, serial = wanted.serial,
    barcode = wanted.barcode, note = wanted.note, version = asset.version + 1, updated_at = now()
FROM asset AS present, jsonb_populate_record(present, $3::jsonb) AS wanted
WHERE asset.org_id = $1::uuid AND asset.id = $2::uuid
  AND present.org_id = asset.org_id AND present.id = asset.id
  AND wanted IS DISTINCT FROM present;

-- name: asset_delete
DELETE FROM asset WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: asset_list
-- $1 organisation, $2 part of the name, the model, the serial number or the barcode as an ILIKE
-- pattern, $3 site, $4 barcode, $5 serial number,
-- $6 to $8 the page: how many, then name and id of the row before
SELECT asset_json(asset), name, id FROM asset
WHERE org_id = $1::uuid
  AND ($2::text IS NULL OR name ILIKE $2::text OR model ILIKE $2::text OR serial ILIKE $2::text
       OR barcode ILIKE $2::text)
  AND ($3::uuid IS NULL OR site_id = $3::uuid)
  AND ($4::text IS NULL OR barcode = $4::text)
  AND ($5::text IS NULL OR serial = $5::text)
  AND (name, id) > (coalesce($7::text, ''), coalesce($8::uuid, '00000000-0000-0000-0000-000000000000'))
ORDER BY name, id LIMIT $6::integer;

-- name: asset_import
-- $1 organisation, $2 [{"row", "content_sha256" (hexadecimal), "entity" (the columns)}, …]; see import_outcome.
WITH given AS (
    SELECT (entry ->> 'row')::integer AS row, entry ->> 'content_sha256' AS digest,
           entity.id, entity.site_id, entity.name, entity.model, entity.serial, entity.barcode AS key,
           entity.note
    FROM jsonb_array_elements($2::jsonb) AS entry,
         jsonb_populate_record(NULL::asset, entry -> 'entity') AS entity),
inserted AS (
    INSERT INTO asset (org_id, id, site_id, name, model, serial, barcode, note, content_sha256)
    SELECT $1::uuid, id, site_id, name, model, serial, key, note, decode(digest, 'hex')
    FROM given ORDER BY row
    ON CONFLICT DO NOTHING
    RETURNING id, barcode AS key),
present AS NOT MATERIALIZED (
    SELECT id, barcode AS key, content_sha256 FROM asset WHERE org_id = $1::uuid)
-- include: import_outcome
