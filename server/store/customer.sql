-- name: customer_insert
-- $1 organisation, $2 the customer as JSON, $3 digest of its content. No row when the id is taken.
INSERT INTO customer (org_id, id, name, code, tier, service_manager_id, language, note,
                      content_sha256)
SELECT $1::uuid, given.id, given.name, given.code, given.tier, given.service_manager_id,
       given.language, given.note, $3::bytea
FROM jsonb_populate_record(NULL::customer, $2::jsonb) AS given
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: customer_content
SELECT encode(content_sha256, 'hex') FROM customer WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: customer_get
SELECT customer_json(customer), version FROM customer WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: customer_lock
-- As customer_get, before a change: nobody else changes it meanwhile.
SELECT customer_json(customer), version FROM customer WHERE org_id = $1::uuid AND id = $2::uuid
FOR NO KEY UPDATE;

-- name: customer_change
-- $3: the members that change, as JSON; null empties one. What stays the same counts as no change.
UPDATE customer
SET name = wanted.name, code = wanted.code, tier = wanted.tier,
    service_manager_id = wanted.service_manager_id, language = wanted.language,
    note = wanted.note, version = customer.version + 1, updated_at = now()
FROM customer AS present, jsonb_populate_record(present, $3::jsonb) AS wanted
WHERE customer.org_id = $1::uuid AND customer.id = $2::uuid
  AND present.org_id = customer.org_id AND present.id = customer.id
  AND wanted IS DISTINCT FROM present;

-- name: customer_delete
DELETE FROM customer WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: customer_list
-- $1 organisation, $2 part of the name or the code as an ILIKE pattern, $3 tier, $4 service manager,
-- $5 to $7 the page: how many, then name and id of the row before
SELECT customer_json(customer), name, id FROM customer
WHERE org_id = $1::uuid
  AND ($2::text IS NULL OR name ILIKE $2::text OR code ILIKE $2::text)
  AND ($3::text IS NULL OR tier = $3::text)
  AND ($4::uuid IS NULL OR service_manager_id = $4::uuid)
  AND (name, id) > (coalesce($6::text, ''), coalesce($7::uuid, '00000000-0000-0000-0000-000000000000'))
ORDER BY name, id LIMIT $5::integer;

-- name: customer_import
-- $1 organisation, $2 [{"row", "content_sha256" (hexadecimal), "entity" (the columns)}, …]; see import_outcome.
WITH given AS (
    SELECT (entry ->> 'row')::integer AS row, entry ->> 'content_sha256' AS digest,
           entity.id, entity.name, entity.code AS key, entity.tier, entity.service_manager_id,
           entity.language, entity.note
    FROM jsonb_array_elements($2::jsonb) AS entry,
         jsonb_populate_record(NULL::customer, entry -> 'entity') AS entity),
inserted AS (
    INSERT INTO customer (org_id, id, name, code, tier, service_manager_id, language, note,
                          content_sha256)
    SELECT $1::uuid, id, name, key, tier, service_manager_id, language, note,
           decode(digest, 'hex')
    FROM given ORDER BY row
    ON CONFLICT DO NOTHING
    RETURNING id, code AS key),
present AS NOT MATERIALIZED (
    SELECT id, code AS key, content_sha256 FROM customer WHERE org_id = $1::uuid)
-- include: import_outcome

-- name: customer_ids_by_code
SELECT code, id FROM customer WHERE org_id = $1::uuid AND code = ANY ($2::text[]);

-- name: user_ids_by_log_in
SELECT given, id FROM unnest($2::text[]) AS given
JOIN app_user ON org_id = $1::uuid AND lower(log_in) = lower(given);
