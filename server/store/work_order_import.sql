-- name: checklist_template_ids_by_name
SELECT name, id FROM checklist_template
WHERE org_id = $1::uuid AND name = ANY ($2::text[]) AND NOT is_retired;

-- name: technician_ids_by_log_in
-- Log-ins are the same in any case.
SELECT given.text, u.id
FROM unnest($2::text[]) AS given(text)
JOIN app_user u ON u.org_id = $1::uuid AND lower(u.log_in) = lower(given.text)
WHERE u.role = 'technician' AND u.disabled_at IS NULL;

-- name: site_times
-- What "2026-12-01T09:30:00" means on the clock of a site: the texts are that, U+001F and the site's code.
-- A time that the clock leaps over counts an hour later; of one that comes twice the later counts.
SELECT given.text,
       to_char(left(given.text, 19)::timestamp AT TIME ZONE site.time_zone AT TIME ZONE 'UTC',
               'YYYY-MM-DD"T"HH24:MI:SS"Z"')
FROM unnest($2::text[]) AS given(text)
JOIN site ON site.org_id = $1::uuid AND site.code = substr(given.text, 21);

-- name: work_order_import
-- $1 organisation, $2 [{"row", "content_sha256" (hexadecimal), "entity" (as createWorkOrder takes it)}, …],
-- $3 who imports; see import_outcome. A template fills what is left out.
WITH given AS (
    SELECT (entry ->> 'row')::integer AS row, entry ->> 'content_sha256' AS digest,
           (entry -> 'entity' ->> 'id')::uuid AS id, entry -> 'entity' ->> 'number' AS key,
           entry -> 'entity' AS body
    FROM jsonb_array_elements($2::jsonb) AS entry),
inserted AS (
    INSERT INTO work_order (org_id, id, number, customer_id, site_id, title, description, priority, state,
                            window_starts_at, window_ends_at, due_at, created_by, content_sha256)
    SELECT $1::uuid, given.id, given.key, site.customer_id, site.id,
           coalesce(body ->> 'title', t.title), coalesce(body ->> 'description', t.description),
           coalesce(body ->> 'priority', t.priority, 'normal'),
           CASE WHEN jsonb_array_length(body -> 'assignee_ids') > 0 THEN 'assigned' ELSE 'new' END,
           (body ->> 'window_starts_at')::timestamptz,
           coalesce((body ->> 'window_ends_at')::timestamptz,
                    (body ->> 'window_starts_at')::timestamptz + t.minutes * interval '1 minute'),
           (body ->> 'due_at')::timestamptz, $3::uuid, decode(digest, 'hex')
    FROM given
    JOIN site ON site.org_id = $1::uuid AND site.id = (body ->> 'site_id')::uuid
    LEFT JOIN checklist_template t ON t.org_id = $1::uuid AND t.id = (body ->> 'template_id')::uuid
    ORDER BY given.row
    ON CONFLICT DO NOTHING
    RETURNING id, number AS key),
present AS NOT MATERIALIZED (
    SELECT id, number AS key, content_sha256 FROM work_order WHERE org_id = $1::uuid)
-- include: import_outcome

-- name: work_order_import_parts
-- Assignees, checklist and history of what work_order_import has just inserted: those of its work orders that
-- have no history yet. Parameters as there.
WITH fresh AS MATERIALIZED (
    SELECT w.id, w.state, entry -> 'entity' AS body
    FROM jsonb_array_elements($2::jsonb) AS entry
    JOIN work_order w ON w.org_id = $1::uuid AND w.id = (entry -> 'entity' ->> 'id')::uuid
     AND w.content_sha256 = decode(entry ->> 'content_sha256', 'hex')
    WHERE NOT EXISTS (SELECT FROM work_order_event e WHERE e.org_id = w.org_id AND e.work_order_id = w.id)),
assignees AS (
    INSERT INTO work_order_assignee (org_id, work_order_id, user_id)
    SELECT DISTINCT $1::uuid, fresh.id, assignee.id::uuid
    FROM fresh, jsonb_array_elements_text(fresh.body -> 'assignee_ids') AS assignee(id)),
items AS (
    INSERT INTO checklist_item (org_id, id, work_order_id, position, kind, label, photo_role, minimum_count,
                                required)
    SELECT $1::uuid, gen_random_uuid(), first.id, position, item ->> 'kind', item ->> 'label',
           item ->> 'photo_role', (item ->> 'minimum_count')::integer,
           coalesce((item ->> 'required')::boolean, true)
    FROM (SELECT DISTINCT ON (id) id, body FROM fresh ORDER BY id) AS first
    JOIN checklist_template t ON t.org_id = $1::uuid AND t.id = (first.body ->> 'template_id')::uuid
    CROSS JOIN jsonb_array_elements(t.checklist) WITH ORDINALITY AS list(item, position))
INSERT INTO work_order_event (org_id, work_order_id, actor_id, kind, to_state)
SELECT DISTINCT ON (id) $1::uuid, id, $3::uuid, 'created', state FROM fresh ORDER BY id;
