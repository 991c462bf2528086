-- name: work_order_references
-- What a body names that is not there. $2 site, $3 assignees, $4 assets, $5 the site they must be at, $6
-- template
SELECT $2::uuid IS NULL OR EXISTS (SELECT FROM site WHERE site.org_id = $1::uuid AND site.id = $2::uuid),
       (SELECT count(*) FROM unnest($3::uuid[]) AS wanted(id)
        WHERE NOT EXISTS (SELECT FROM app_user u WHERE u.org_id = $1::uuid AND u.id = wanted.id
                            AND u.role = 'technician' AND u.disabled_at IS NULL)),
       (SELECT count(*) FROM unnest($4::uuid[]) AS wanted(id)
        WHERE NOT EXISTS (SELECT FROM asset a WHERE a.org_id = $1::uuid AND a.id = wanted.id
                            AND a.site_id = $5::uuid)),
       $6::uuid IS NULL OR EXISTS (SELECT FROM checklist_template t
                                   WHERE t.org_id = $1::uuid AND t.id = $6::uuid);

-- name: work_order_insert
-- $1 organisation, $2 id, $3 body, $4 state, $5 creator, $6 content. A template fills what is left out.
INSERT INTO work_order (org_id, id, number, customer_id, site_id, title, description, priority, state,
                        window_starts_at, window_ends_at, due_at, planned_starts_at, planned_minutes, created_by,
                        content_sha256)
SELECT $1::uuid, $2::uuid, b.body ->> 'number', site.customer_id, site.id,
       coalesce(b.body ->> 'title', t.title),
       CASE WHEN b.body ? 'description' THEN b.body ->> 'description' ELSE t.description END,
       coalesce(b.body ->> 'priority', t.priority, 'normal'), $4,
       (b.body ->> 'window_starts_at')::timestamptz,
       CASE WHEN b.body ? 'window_ends_at' THEN (b.body ->> 'window_ends_at')::timestamptz
            ELSE (b.body ->> 'window_starts_at')::timestamptz + t.minutes * interval '1 minute' END,
       (b.body ->> 'due_at')::timestamptz, (b.body ->> 'planned_starts_at')::timestamptz,
       (b.body ->> 'planned_minutes')::integer, $5::uuid, $6::bytea
FROM (SELECT $3::jsonb AS body) AS b
JOIN site ON site.org_id = $1::uuid AND site.id = (b.body ->> 'site_id')::uuid
LEFT JOIN checklist_template t ON t.org_id = $1::uuid AND t.id = (b.body ->> 'template_id')::uuid
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: work_order_add_checklist_of_template
-- $3 the template
INSERT INTO checklist_item (org_id, id, work_order_id, position, kind, label, photo_role, minimum_count,
                            required)
SELECT $1::uuid, gen_random_uuid(), $2::uuid, position, item ->> 'kind', item ->> 'label',
       item ->> 'photo_role', (item ->> 'minimum_count')::integer,
       coalesce((item ->> 'required')::boolean, true)
FROM checklist_template t
CROSS JOIN jsonb_array_elements(t.checklist) WITH ORDINALITY AS list(item, position)
WHERE t.org_id = $1::uuid AND t.id = $3::uuid;

-- name: work_order_content
SELECT encode(content_sha256, 'hex') FROM work_order WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: work_order_get
-- $3: the technician who must be assigned; null: whoever asks may.
SELECT w.json, w.version FROM work_order_summary w
WHERE w.org_id = $1::uuid AND w.id = $2::uuid
  AND ($3::uuid IS NULL OR EXISTS (SELECT FROM work_order_assignee a WHERE a.org_id = w.org_id
                                     AND a.work_order_id = w.id AND a.user_id = $3::uuid));

-- name: work_order_list
-- $2 state, $3 site, $4 customer, $5 open, $6 overdue, $7 unassigned, $8 from, $9 to, $10 part of number or title; null
-- asks for nothing. Then the page: $11 limit, $12 and $13 its keys. $14 whose, or null; $15 whether by planned time
-- instead of the newest first. There are four ways to look, which are four indexes; three of them end at LIMIT 0 (under
-- row-level security, a condition that is false would not keep PostgreSQL from planning, and starting, a parallel scan).
-- A search for a part looks at so many rows and no more; a last row without JSON says where it can go on.
WITH looked_at AS MATERIALIZED (
    (SELECT w.id AS id, w.created_at AS place, work_order_says(w, $10::text) AS fits
     FROM work_order w
     WHERE w.org_id = $1::uuid
       AND work_order_is_wanted(w, $2::text, $3::uuid, $4::uuid, $5::boolean, $6::boolean, $7::boolean)
       AND ($8::timestamptz IS NULL OR work_order_listed_for(w) >= $8::timestamptz)
       AND ($9::timestamptz IS NULL OR work_order_listed_for(w) < $9::timestamptz)
       AND ($12::timestamptz IS NULL OR (w.created_at, w.id) < ($12::timestamptz, $13::uuid))
     ORDER BY w.created_at DESC, w.id DESC
     LIMIT CASE WHEN $14::uuid IS NOT NULL OR $15::boolean THEN 0 WHEN $10::text IS NULL THEN $11::integer
                ELSE work_orders_looked_at() END)
    UNION ALL
    (SELECT w.id, work_order_listed_for(w), work_order_says(w, $10::text)
     FROM work_order w
     WHERE w.org_id = $1::uuid
       AND work_order_is_wanted(w, $2::text, $3::uuid, $4::uuid, $5::boolean, $6::boolean, $7::boolean)
       AND ($8::timestamptz IS NULL OR work_order_listed_for(w) >= $8::timestamptz)
       AND ($9::timestamptz IS NULL OR work_order_listed_for(w) < $9::timestamptz)
       AND ($12::timestamptz IS NULL OR (work_order_listed_for(w), w.id) > ($12::timestamptz, $13::uuid))
     ORDER BY work_order_listed_for(w), w.id
     LIMIT CASE WHEN $14::uuid IS NOT NULL OR NOT $15::boolean THEN 0 WHEN $10::text IS NULL THEN $11::integer
                ELSE work_orders_looked_at() END)
    UNION ALL
    (SELECT w.id, a.created_at, work_order_says(w, $10::text)
     FROM work_order_assignee a
     JOIN work_order w ON w.org_id = a.org_id AND w.id = a.work_order_id
     WHERE a.user_id = $14::uuid AND a.org_id = $1::uuid
       AND work_order_is_wanted(w, $2::text, $3::uuid, $4::uuid, $5::boolean, $6::boolean, $7::boolean)
       AND ($8::timestamptz IS NULL OR a.listed_for >= $8::timestamptz)
       AND ($9::timestamptz IS NULL OR a.listed_for < $9::timestamptz)
       AND ($12::timestamptz IS NULL OR (a.created_at, a.work_order_id) < ($12::timestamptz, $13::uuid))
     ORDER BY a.created_at DESC, a.work_order_id DESC
     LIMIT CASE WHEN $14::uuid IS NULL OR $15::boolean THEN 0 WHEN $10::text IS NULL THEN $11::integer
                ELSE work_orders_looked_at() END)
    UNION ALL
    (SELECT w.id, a.listed_for, work_order_says(w, $10::text)
     FROM work_order_assignee a
     JOIN work_order w ON w.org_id = a.org_id AND w.id = a.work_order_id
     WHERE a.user_id = $14::uuid AND a.org_id = $1::uuid
       AND work_order_is_wanted(w, $2::text, $3::uuid, $4::uuid, $5::boolean, $6::boolean, $7::boolean)
       AND ($8::timestamptz IS NULL OR a.listed_for >= $8::timestamptz)
       AND ($9::timestamptz IS NULL OR a.listed_for < $9::timestamptz)
       AND ($12::timestamptz IS NULL OR (a.listed_for, a.work_order_id) > ($12::timestamptz, $13::uuid))
     ORDER BY a.listed_for, a.work_order_id
     LIMIT CASE WHEN $14::uuid IS NULL OR NOT $15::boolean THEN 0 WHEN $10::text IS NULL THEN $11::integer
                ELSE work_orders_looked_at() END)),
numbered AS MATERIALIZED (
    SELECT id, place, fits, row_number() OVER (ORDER BY CASE WHEN $15::boolean THEN place END,
                                                        CASE WHEN $15::boolean THEN id END,
                                                        place DESC, id DESC) AS number
    FROM looked_at),
page AS MATERIALIZED (SELECT * FROM numbered WHERE fits ORDER BY number LIMIT $11::integer),
further AS (
    SELECT * FROM numbered
    WHERE $10::text IS NOT NULL AND number = work_orders_looked_at()
      AND (SELECT count(*) FROM page) < $11::integer)
SELECT w.json, cursor_time(found.place), found.id
FROM (SELECT id, place, number, false AS is_end FROM page
      UNION ALL SELECT id, place, number, true FROM further) AS found
LEFT JOIN LATERAL (SELECT * FROM work_order_summary shown
                   WHERE shown.org_id = $1::uuid AND shown.id = found.id OFFSET 0) AS w ON NOT found.is_end
ORDER BY found.number, found.is_end;

-- name: work_order_lock
-- $3: the technician who must be assigned; null: whoever asks may. The facts are what the history
-- compares with.
SELECT w.version, w.state, w.site_id, work_order_facts(w),
       EXISTS (SELECT FROM work_order_assignee a WHERE a.org_id = w.org_id AND a.work_order_id = w.id)
FROM work_order w
WHERE w.org_id = $1::uuid AND w.id = $2::uuid
  AND ($3::uuid IS NULL OR EXISTS (SELECT FROM work_order_assignee a WHERE a.org_id = w.org_id
                                     AND a.work_order_id = w.id AND a.user_id = $3::uuid))
FOR NO KEY UPDATE OF w;

-- name: work_order_update
-- $3 the change as it was sent: a member that is not there stays as it is.
UPDATE work_order w
SET number = coalesce(c.body ->> 'number', w.number),
    title = coalesce(c.body ->> 'title', w.title),
    priority = coalesce(c.body ->> 'priority', w.priority),
    site_id = coalesce((c.body ->> 'site_id')::uuid, w.site_id),
    customer_id = (SELECT site.customer_id FROM site WHERE site.org_id = w.org_id
                     AND site.id = coalesce((c.body ->> 'site_id')::uuid, w.site_id)),
    description = CASE WHEN c.body ? 'description' THEN c.body ->> 'description' ELSE w.description END,
    window_starts_at = CASE WHEN c.body ? 'window_starts_at'
        THEN (c.body ->> 'window_starts_at')::timestamptz ELSE w.window_starts_at END,
    window_ends_at = CASE WHEN c.body ? 'window_ends_at'
        THEN (c.body ->> 'window_ends_at')::timestamptz ELSE w.window_ends_at END,
    due_at = CASE WHEN c.body ? 'due_at' THEN (c.body ->> 'due_at')::timestamptz ELSE w.due_at END,
    planned_starts_at = CASE WHEN c.body ? 'planned_starts_at'
        THEN (c.body ->> 'planned_starts_at')::timestamptz ELSE w.planned_starts_at END,
    planned_minutes = CASE WHEN c.body ? 'planned_minutes'
        THEN (c.body ->> 'planned_minutes')::integer ELSE w.planned_minutes END
FROM (SELECT $3::jsonb AS body) AS c
WHERE w.org_id = $1::uuid AND w.id = $2::uuid;

-- name: work_order_set_assignees
-- Those that are not in the list leave, on the way or not; those that are new come.
WITH wanted AS (SELECT unnest($3::uuid[]) AS user_id),
     turned_back AS (UPDATE work_order w SET on_the_way_at = NULL, on_the_way_by = NULL
                     WHERE w.org_id = $1::uuid AND w.id = $2::uuid
                       AND w.on_the_way_by NOT IN (SELECT user_id FROM wanted)),
     gone AS (DELETE FROM work_order_assignee a
              WHERE a.org_id = $1::uuid AND a.work_order_id = $2::uuid
                AND a.user_id NOT IN (SELECT user_id FROM wanted))
INSERT INTO work_order_assignee (org_id, work_order_id, user_id)
SELECT $1::uuid, $2::uuid, user_id FROM wanted
ON CONFLICT DO NOTHING;

-- name: work_order_clear_checklist
DELETE FROM checklist_item WHERE org_id = $1::uuid AND work_order_id = $2::uuid;

-- name: work_order_add_checklist
INSERT INTO checklist_item (org_id, id, work_order_id, position, kind, label, photo_role, asset_id,
                            minimum_count, required)
SELECT $1::uuid, (entry ->> 'id')::uuid, $2::uuid, position, entry ->> 'kind', entry ->> 'label',
       entry ->> 'photo_role', (entry ->> 'asset_id')::uuid, (entry ->> 'minimum_count')::integer,
       coalesce((entry ->> 'required')::boolean, true)
FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS list(entry, position);

-- name: work_order_record_change
-- Says in the history what differs from the facts before ($4), if anything does, and counts the
-- version up. $3 actor
WITH changed AS (
    SELECT jsonb_object_agg(now_field.key, jsonb_build_object('from', $4::jsonb -> now_field.key,
                                                              'to', now_field.value)) AS changes
    FROM work_order w, jsonb_each(work_order_facts(w)) AS now_field
    WHERE w.org_id = $1::uuid AND w.id = $2::uuid
      AND now_field.value IS DISTINCT FROM $4::jsonb -> now_field.key),
event AS (
    INSERT INTO work_order_event (org_id, work_order_id, actor_id, kind, changes)
    SELECT $1::uuid, $2::uuid, $3::uuid,
           CASE WHEN changes ? 'assignee_ids' THEN 'assigned' ELSE 'changed' END, changes
    FROM changed WHERE changes IS NOT NULL
    RETURNING work_order_id)
UPDATE work_order SET version = version + 1, updated_at = now()
WHERE org_id = $1::uuid AND id IN (SELECT work_order_id FROM event);

-- name: work_order_move
-- $3 state, $4 actor, $5 reason, $6 the event's id, $7 the state before; where it is $3, too, only
-- the history says that somebody took the step.
WITH event AS (
    INSERT INTO work_order_event (org_id, id, work_order_id, actor_id, kind, from_state, to_state, reason)
    VALUES ($1::uuid, coalesce($6::uuid, gen_random_uuid()), $2::uuid, $4::uuid, 'state_changed', $7,
            $3, $5)
    RETURNING work_order_id)
UPDATE work_order SET state = $3, version = version + 1, updated_at = now()
WHERE org_id = $1::uuid AND id IN (SELECT work_order_id FROM event) AND $3::text <> $7::text;

-- name: work_order_set_on_the_way
-- $3 technician, $4 the event's id, $5 since when by the phone; null: not any more. $6 false: only the history says
-- it, as it is with a report that comes behind a newer one for another site. One phone is on the way to one site.
WITH elsewhere AS MATERIALIZED (
    SELECT other.id, other.on_the_way_at
    FROM work_order w
    JOIN work_order other ON other.org_id = w.org_id AND other.on_the_way_by = $3::uuid AND other.site_id <> w.site_id
    WHERE w.org_id = $1::uuid AND w.id = $2::uuid),
effect AS MATERIALIZED (
    SELECT $6::boolean AND NOT EXISTS (SELECT FROM elsewhere
                                       WHERE elsewhere.on_the_way_at > $5::timestamptz) AS is_wanted),
event AS (
    INSERT INTO work_order_event (org_id, id, work_order_id, actor_id, kind, changes)
    SELECT w.org_id, $4::uuid, w.id, $3::uuid, 'on_the_way', jsonb_build_object('on_the_way_at',
               jsonb_build_object('from', json_time(w.on_the_way_at), 'to', json_time($5::timestamptz)))
    FROM work_order w WHERE w.org_id = $1::uuid AND w.id = $2::uuid
    RETURNING work_order_id),
ended AS (
    UPDATE work_order SET on_the_way_at = NULL, on_the_way_by = NULL, version = version + 1, updated_at = now()
    WHERE org_id = $1::uuid AND id IN (SELECT id FROM elsewhere)
      AND $5::timestamptz IS NOT NULL AND (SELECT is_wanted FROM effect))
UPDATE work_order
SET on_the_way_at = CASE WHEN $5::timestamptz IS NOT NULL THEN least($5::timestamptz, now()) END,
    on_the_way_by = CASE WHEN $5::timestamptz IS NOT NULL THEN $3::uuid END,
    version = version + 1, updated_at = now()
WHERE org_id = $1::uuid AND id IN (SELECT work_order_id FROM event) AND (SELECT is_wanted FROM effect)
  AND ($5::timestamptz IS NOT NULL OR on_the_way_by = $3::uuid);

-- name: work_order_created
INSERT INTO work_order_event (org_id, work_order_id, actor_id, kind, to_state)
VALUES ($1::uuid, $2::uuid, $3::uuid, 'created', $4);

-- name: work_order_event_find
-- The transition that took this id, if one did.
SELECT work_order_id = $3::uuid, to_state, reason FROM work_order_event
WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: work_order_way_find
-- Whether the event that took id $2, if one did, says of work order $3 what is said again: $4, or nothing any more.
SELECT work_order_id = $3::uuid AND kind = 'on_the_way'
       AND changes #>> '{on_the_way_at,to}' IS NOT DISTINCT FROM json_time($4::timestamptz)
FROM work_order_event
WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: work_order_delete
-- Checklist, assignees and history go with it; a visit that refers to it keeps it.
DELETE FROM work_order WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: work_order_history
SELECT work_order_event_json(e),
       to_char(e.happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.id
FROM work_order_event e
WHERE e.org_id = $1::uuid AND e.work_order_id = $2::uuid
  AND ($4::timestamptz IS NULL OR (e.happened_at, e.id) > ($4::timestamptz, $5::uuid))
ORDER BY e.happened_at, e.id
LIMIT $3::integer;

-- name: my_day
-- $2 technician, $3 day; null: today by the organisation's clock. Open work that is planned, or else
-- whose window begins, by the end of the day, overdue work included; of finished work what was planned for the
-- day. In visiting order. Days are the site's.
WITH day AS MATERIALIZED (
    SELECT coalesce($3::date, (now() AT TIME ZONE organisation.time_zone)::date) AS date
    FROM organisation WHERE organisation.org_id = $1::uuid),
near AS (
    SELECT a.work_order_id AS id FROM work_order_assignee a
    WHERE a.org_id = $1::uuid AND a.user_id = $2::uuid AND a.kept_until = 'infinity'
    UNION
    SELECT a.work_order_id FROM work_order_assignee a
    WHERE a.org_id = $1::uuid AND a.user_id = $2::uuid
      AND a.planned_at >= (SELECT (date - 1)::timestamptz FROM day)
      AND a.planned_at < (SELECT (date + 2)::timestamptz FROM day)),
mine AS MATERIALIZED (
    SELECT w.id, planned.starts_at, w.number,
           array_position('{urgent,high,normal,low}', w.priority) AS urgency
    FROM near
    JOIN work_order w ON w.org_id = $1::uuid AND w.id = near.id
    JOIN site s ON s.org_id = w.org_id AND s.id = w.site_id
    CROSS JOIN LATERAL (SELECT coalesce(w.planned_starts_at, w.window_starts_at) AS starts_at) AS planned
    WHERE CASE WHEN w.state IN ('assigned', 'accepted', 'on_site')
          THEN planned.starts_at IS NULL
            OR (planned.starts_at AT TIME ZONE s.time_zone)::date <= (SELECT date FROM day)
          ELSE w.state IN ('done', 'partly_done', 'unresolved')
           AND (planned.starts_at AT TIME ZONE s.time_zone)::date = (SELECT date FROM day) END
    ORDER BY planned.starts_at NULLS LAST, w.number
    LIMIT 200)
SELECT json_build_object(
           'date', day.date,
           'work_orders', coalesce((
               SELECT json_agg(w.json ORDER BY mine.starts_at NULLS LAST, mine.urgency, mine.number)
               FROM mine
               JOIN LATERAL (SELECT v.json FROM day_work_order v
                             WHERE v.org_id = $1::uuid AND v.id = mine.id OFFSET 0) AS w ON true), '[]'),
           'retakes', coalesce((
               SELECT json_agg(r.json ORDER BY open.requested_at, open.id)
               FROM (SELECT * FROM retake WHERE retake.org_id = $1::uuid
                       AND retake.technician_id = $2::uuid
                       AND retake.answered_at IS NULL AND retake.withdrawn_at IS NULL
                     ORDER BY requested_at, id LIMIT 200) AS open
               JOIN retake_summary r ON r.org_id = open.org_id AND r.id = open.id), '[]'),
           'corrections', coalesce((
               SELECT json_agg(c.json ORDER BY open.requested_at, open.id)
               FROM (SELECT * FROM correction WHERE correction.org_id = $1::uuid
                       AND correction.technician_id = $2::uuid
                       AND correction.answered_at IS NULL AND correction.withdrawn_at IS NULL
                     ORDER BY requested_at, id LIMIT 200) AS open
               JOIN correction_summary c ON c.org_id = open.org_id AND c.id = open.id), '[]'),
           'open_visit_ids', coalesce((
               SELECT json_agg(open.id ORDER BY open.first_seen_at)
               FROM (SELECT v.id, v.first_seen_at FROM visit v
                     WHERE v.org_id = $1::uuid AND v.technician_id = $2::uuid
                       AND v.arrived_at IS NOT NULL AND v.departed_at IS NULL
                     ORDER BY v.first_seen_at DESC LIMIT 200) AS open), '[]'))
FROM day;
