-- name: site_insert
-- $1 organisation, $2 the site as JSON, $3 digest of its content. No row when the id is taken.
INSERT INTO site (org_id, id, customer_id, name, code, address, time_zone, datum, position_given,
                  radius_m, polygon_given, latitude_deg, longitude_deg, polygon, entry_accuracy_m,
                  minimum_minutes, note, content_sha256)
SELECT $1::uuid, given.id, given.customer_id, given.name, given.code, given.address,
       given.time_zone, given.datum, given.position_given, given.radius_m, given.polygon_given,
       given.latitude_deg, given.longitude_deg, given.polygon, given.entry_accuracy_m,
       given.minimum_minutes, given.note, $3::bytea
FROM jsonb_populate_record(NULL::site, $2::jsonb) AS given
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: site_content
SELECT encode(content_sha256, 'hex') FROM site WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: site_get
SELECT site_json(site), version FROM site WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: site_lock
-- As site_get, before a change: nobody else changes it meanwhile.
SELECT site_json(site), version FROM site WHERE org_id = $1::uuid AND id = $2::uuid
FOR NO KEY UPDATE;

-- name: site_change
-- $3: the members that change, as JSON; null empties one. What stays the same counts as no change.
UPDATE site
SET name = wanted.name, code = wanted.code, address = wanted.address,
    time_zone = wanted.time_zone, datum = wanted.datum, position_given = wanted.position_given,
    radius_m = wanted.radius_m, polygon_given = wanted.polygon_given,
    latitude_deg = wanted.latitude_deg, longitude_deg = wanted.longitude_deg,
    polygon = wanted.polygon, entry_accuracy_m = wanted.entry_accuracy_m,
    minimum_minutes = wanted.minimum_minutes, note = wanted.note, version = site.version + 1,
    updated_at = now()
FROM site AS present, jsonb_populate_record(present, $3::jsonb) AS wanted
WHERE site.org_id = $1::uuid AND site.id = $2::uuid
  AND present.org_id = site.org_id AND present.id = site.id
  AND wanted IS DISTINCT FROM present;

-- name: site_delete
DELETE FROM site WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: site_list
-- $1 organisation, $2 part of the name, the code or the address as an ILIKE pattern, $3 customer,
-- $4 to $6 the page: how many, then name and id of the row before
SELECT site_json(site), name, id FROM site
WHERE org_id = $1::uuid
  AND ($2::text IS NULL OR name ILIKE $2::text OR code ILIKE $2::text OR address ILIKE $2::text)
  AND ($3::uuid IS NULL OR customer_id = $3::uuid)
  AND (name, id) > (coalesce($5::text, ''), coalesce($6::uuid, '00000000-0000-0000-0000-000000000000'))
ORDER BY name, id LIMIT $4::integer;

-- name: time_zone_is_known
SELECT EXISTS (SELECT FROM known_time_zone WHERE name = $1::text);

-- name: site_import
-- $1 organisation, $2 [{"row", "content_sha256" (hexadecimal), "entity" (the columns)}, …]; see import_outcome.
WITH given AS (
    SELECT (entry ->> 'row')::integer AS row, entry ->> 'content_sha256' AS digest,
           entity.id, entity.customer_id, entity.name, entity.code AS key, entity.address,
           entity.time_zone, entity.datum, entity.position_given, entity.radius_m,
           entity.polygon_given, entity.latitude_deg, entity.longitude_deg, entity.polygon,
           entity.entry_accuracy_m, entity.minimum_minutes, entity.note
    FROM jsonb_array_elements($2::jsonb) AS entry,
         jsonb_populate_record(NULL::site, entry -> 'entity') AS entity),
inserted AS (
    INSERT INTO site (org_id, id, customer_id, name, code, address, time_zone, datum,
                      position_given, radius_m, polygon_given, latitude_deg, longitude_deg,
                      polygon, entry_accuracy_m, minimum_minutes, note, content_sha256)
    SELECT $1::uuid, id, customer_id, name, key, address, time_zone, datum, position_given,
           radius_m, polygon_given, latitude_deg, longitude_deg, polygon, entry_accuracy_m,
           minimum_minutes, note, decode(digest, 'hex')
    FROM given ORDER BY row
    ON CONFLICT DO NOTHING
    RETURNING id, code AS key),
present AS NOT MATERIALIZED (
    SELECT id, code AS key, content_sha256 FROM site WHERE org_id = $1::uuid)
-- include: import_outcome

-- name: site_ids_by_code
SELECT code, id FROM site WHERE org_id = $1::uuid AND code = ANY ($2::text[]);

-- name: time_zones_by_name
-- Every organisation has the same; $1 only makes this like the other look-ups.
SELECT name, name FROM known_time_zone WHERE $1::uuid IS NOT NULL AND name = ANY ($2::text[]);
