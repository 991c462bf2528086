-- name: checklist_template_insert
-- $1 organisation, $2 the template as JSON, $3 digest of its content. No row when the id is taken.
INSERT INTO checklist_template (org_id, id, name, title, description, priority, minutes, checklist,
                                content_sha256)
SELECT $1::uuid, given.id, given.name, given.title, given.description, given.priority, given.minutes,
       given.checklist, $3::bytea
FROM jsonb_populate_record(NULL::checklist_template, $2::jsonb) AS given
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: checklist_template_content
SELECT encode(content_sha256, 'hex') FROM checklist_template WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: checklist_template_get
SELECT checklist_template_json(t), version FROM checklist_template t
WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: checklist_template_lock
-- As checklist_template_get, before a change: nobody else changes it meanwhile.
SELECT checklist_template_json(t), version FROM checklist_template t
WHERE org_id = $1::uuid AND id = $2::uuid
FOR NO KEY UPDATE;

-- name: checklist_template_change
-- $3: the members that change, as JSON; null empties one. What stays the same counts as no change.
UPDATE checklist_template
SET name = wanted.name, title = wanted.title, description = wanted.description,
    priority = wanted.priority, minutes = wanted.minutes, checklist = wanted.checklist,
    is_retired = wanted.is_retired, version = checklist_template.version + 1, updated_at = now()
FROM checklist_template AS present, jsonb_populate_record(present, $3::jsonb) AS wanted
WHERE checklist_template.org_id = $1::uuid AND checklist_template.id = $2::uuid
  AND present.org_id = checklist_template.org_id AND present.id = checklist_template.id
  AND wanted IS DISTINCT FROM present;

-- name: checklist_template_delete
DELETE FROM checklist_template WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: checklist_template_list
-- $1 organisation, $2 part of the name as an ILIKE pattern, $3 whether retired, $4 to $6 the page: how
-- many, then name and id of the row before
SELECT checklist_template_json(t), name, id FROM checklist_template t
WHERE org_id = $1::uuid
  AND ($2::text IS NULL OR name ILIKE $2::text)
  AND ($3::boolean IS NULL OR is_retired = $3::boolean)
  AND (name, id) > (coalesce($5::text, ''), coalesce($6::uuid, '00000000-0000-0000-0000-000000000000'))
ORDER BY name, id LIMIT $4::integer;
