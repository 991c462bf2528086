-- name: contact_insert
-- $1 organisation, $2 the contact as JSON, $3 digest of its content. No row when the id is taken.
INSERT INTO contact (org_id, id, customer_id, name, title, phone, email, content_sha256)
SELECT $1::uuid, given.id, given.customer_id, given.name, given.title, given.phone, given.email,
       $3::bytea
FROM jsonb_populate_record(NULL::contact, $2::jsonb) AS given
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: contact_content
SELECT encode(content_sha256, 'hex') FROM contact WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: contact_get
SELECT contact_json(contact), version FROM contact WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: contact_lock
-- As contact_get, before a change: nobody else changes it meanwhile.
SELECT contact_json(contact), version FROM contact WHERE org_id = $1::uuid AND id = $2::uuid
FOR NO KEY UPDATE;

-- name: contact_change
-- $3: the members that change, as JSON; null empties one. What stays the same counts as no change.
UPDATE contact
SET name = wanted.name, title = wanted.title, phone = wanted.phone, email = wanted.email,
    version = contact.version + 1, updated_at = now()
FROM contact AS present, jsonb_populate_record(present, $3::jsonb) AS wanted
WHERE contact.org_id = $1::uuid AND contact.id = $2::uuid
  AND present.org_id = contact.org_id AND present.id = contact.id
  AND wanted IS DISTINCT FROM present;

-- name: contact_delete
DELETE FROM contact WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: contact_list
-- $1 organisation, $2 part of the name as an ILIKE pattern, or of the phone number, $3 customer,
-- $4 to $6 the page: how many, then name and id of the row before
-- Of a number its digits count, without the zeros before them; one of the two may have a country before it.
WITH asked AS MATERIALIZED (
    SELECT CASE WHEN $2::text ~ '([0-9][^0-9]*){4}' AND $2::text !~ '[[:alpha:]]'
                THEN ltrim(regexp_replace($2::text, '[^0-9]', '', 'g'), '0') END AS digits)
SELECT contact_json(contact), name, id
FROM contact
CROSS JOIN asked
CROSS JOIN LATERAL (SELECT CASE WHEN asked.digits IS NOT NULL
                                THEN ltrim(regexp_replace(phone, '[^0-9]', '', 'g'), '0') END AS digits OFFSET 0) AS own
WHERE org_id = $1::uuid
  AND ($2::text IS NULL OR name ILIKE $2::text OR strpos(own.digits, nullif(asked.digits, '')) > 0
       OR (length(own.digits) >= 7 AND right(asked.digits, length(own.digits)) = own.digits))
  AND ($3::uuid IS NULL OR customer_id = $3::uuid)
  AND (name, id) > (coalesce($5::text, ''), coalesce($6::uuid, '00000000-0000-0000-0000-000000000000'))
ORDER BY name, id LIMIT $4::integer;
