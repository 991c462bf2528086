-- name: work_schedule_references
-- What a body names that is not there, by count. $2 template, $3 sites, $4 technicians
SELECT $2::uuid IS NULL OR EXISTS (SELECT FROM checklist_template t WHERE t.org_id = $1::uuid AND t.id = $2::uuid),
       (SELECT count(*) FROM unnest($3::uuid[]) AS wanted(id)
        WHERE NOT EXISTS (SELECT FROM site WHERE site.org_id = $1::uuid AND site.id = wanted.id)),
       (SELECT count(*) FROM unnest($4::uuid[]) AS wanted(id)
        WHERE NOT EXISTS (SELECT FROM app_user u WHERE u.org_id = $1::uuid AND u.id = wanted.id
                            AND u.role = 'technician' AND u.disabled_at IS NULL));

-- name: work_schedule_insert
-- $1 organisation, $2 id, $3 body, $4 creator, $5 digest of its content. No row when the id is taken.
INSERT INTO work_schedule (org_id, id, name, template_id, number_prefix, frequency, every, weekdays, month_day,
                           starts_on, ends_on, window_from, window_to, assignee_ids, created_by, content_sha256)
SELECT $1::uuid, $2::uuid, b ->> 'name', (b ->> 'template_id')::uuid, b ->> 'number_prefix',
       b -> 'rule' ->> 'frequency', coalesce((b -> 'rule' ->> 'every')::integer, 1),
       (SELECT array_agg(item) FROM jsonb_array_elements_text(nullif(b -> 'rule' -> 'weekdays', 'null')) AS given(item)),
       (b -> 'rule' ->> 'month_day')::integer, (b ->> 'starts_on')::date, (b ->> 'ends_on')::date,
       (b ->> 'window_from')::time, (b ->> 'window_to')::time,
       coalesce((SELECT array_agg(item::uuid) FROM jsonb_array_elements_text(b -> 'assignee_ids') AS given(item)), '{}'),
       $4::uuid, $5::bytea
FROM (SELECT $3::jsonb AS b) AS body
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: work_schedule_content
SELECT encode(content_sha256, 'hex') FROM work_schedule WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: work_schedule_set_sites
-- $3: the sites. One that was taken out and comes back goes on where it was, by what was made there.
WITH wanted AS (SELECT unnest($3::uuid[]) AS site_id),
     gone AS (DELETE FROM work_schedule_site s
              WHERE s.org_id = $1::uuid AND s.schedule_id = $2::uuid
                AND s.site_id NOT IN (SELECT site_id FROM wanted))
INSERT INTO work_schedule_site (org_id, schedule_id, site_id)
SELECT $1::uuid, $2::uuid, site_id FROM wanted
ON CONFLICT DO NOTHING;

-- name: work_schedule_get
SELECT work_schedule_json(s), s.version FROM work_schedule s WHERE s.org_id = $1::uuid AND s.id = $2::uuid;

-- name: work_schedule_lock
SELECT version, json_build_object('starts_on', starts_on, 'ends_on', ends_on) FROM work_schedule
WHERE org_id = $1::uuid AND id = $2::uuid
FOR NO KEY UPDATE;

-- name: work_schedule_change
-- $3: the members that change; null empties one. A rule is replaced as a whole.
UPDATE work_schedule s
SET name = coalesce(b ->> 'name', s.name),
    template_id = coalesce((b ->> 'template_id')::uuid, s.template_id),
    number_prefix = coalesce(b ->> 'number_prefix', s.number_prefix),
    frequency = CASE WHEN b ? 'rule' THEN b -> 'rule' ->> 'frequency' ELSE s.frequency END,
    every = CASE WHEN b ? 'rule' THEN coalesce((b -> 'rule' ->> 'every')::integer, 1) ELSE s.every END,
    weekdays = CASE WHEN b ? 'rule'
        THEN (SELECT array_agg(item) FROM jsonb_array_elements_text(nullif(b -> 'rule' -> 'weekdays', 'null')) AS given(item))
        ELSE s.weekdays END,
    month_day = CASE WHEN b ? 'rule' THEN (b -> 'rule' ->> 'month_day')::integer ELSE s.month_day END,
    starts_on = coalesce((b ->> 'starts_on')::date, s.starts_on),
    ends_on = CASE WHEN b ? 'ends_on' THEN (b ->> 'ends_on')::date ELSE s.ends_on END,
    window_from = coalesce((b ->> 'window_from')::time, s.window_from),
    window_to = coalesce((b ->> 'window_to')::time, s.window_to),
    assignee_ids = CASE WHEN b ? 'assignee_ids'
        THEN coalesce((SELECT array_agg(item::uuid) FROM jsonb_array_elements_text(b -> 'assignee_ids') AS given(item)), '{}')
        ELSE s.assignee_ids END,
    is_paused = coalesce((b ->> 'is_paused')::boolean, s.is_paused),
    version = s.version + 1, updated_at = now()
FROM (SELECT $3::jsonb AS b) AS body
WHERE s.org_id = $1::uuid AND s.id = $2::uuid;

-- name: work_schedule_list
-- $2 part of the name as an ILIKE pattern, $3 to $5 the page: how many, then name and id of the row before
SELECT work_schedule_json(s), s.name, s.id FROM work_schedule s
WHERE s.org_id = $1::uuid
  AND ($2::text IS NULL OR s.name ILIKE $2::text)
  AND (s.name, s.id) > (coalesce($4::text, ''), coalesce($5::uuid, '00000000-0000-0000-0000-000000000000'))
ORDER BY s.name, s.id LIMIT $3::integer;

-- name: work_schedule_preview
-- The next five dates of a rule that is nobody's yet. $1 the rule and its window, $2 time zone
SELECT json_build_object('items', coalesce(json_agg(json_build_object(
           'date', next.day, 'window_starts_at', json_time(window_start(next.day, from_time, $2::text)),
           'window_ends_at', json_time(window_end(next.day, from_time, to_time, $2::text)))
           ORDER BY next.day), '[]'))
FROM (SELECT b, (b ->> 'window_from')::time AS from_time, (b ->> 'window_to')::time AS to_time
      FROM (SELECT $1::jsonb AS b) AS given) AS body,
     next_days_of_rule(b -> 'rule' ->> 'frequency', coalesce((b -> 'rule' ->> 'every')::integer, 1),
                       (SELECT array_agg(item) FROM jsonb_array_elements_text(nullif(b -> 'rule' -> 'weekdays', 'null')) AS given(item)),
                       (b -> 'rule' ->> 'month_day')::integer, (b ->> 'starts_on')::date, (b ->> 'ends_on')::date,
                       (now() AT TIME ZONE $2::text)::date, 5) AS next(day);

-- name: work_schedule_due
-- The schedule after $2 (null: the first) that has days to make up to $3 days ahead and that nobody else works
-- on; it stays locked.
SELECT s.id FROM work_schedule s
WHERE s.org_id = $1::uuid AND ($2::uuid IS NULL OR s.id > $2::uuid) AND NOT s.is_paused
  AND EXISTS (SELECT FROM work_schedule_site at
              WHERE at.org_id = s.org_id AND at.schedule_id = s.id
                AND coalesce(at.made_until, '-infinity')
                    < least((now() AT TIME ZONE 'UTC')::date + $3::integer, s.ends_on))
ORDER BY s.id LIMIT 1
FOR NO KEY UPDATE OF s SKIP LOCKED;

-- name: work_schedule_make
-- The work orders of $2 for the days from today, by each site's clock, up to $3 days ahead that were not made
-- yet; or, of the days that were gone over already, $4 alone, which was skipped then. The schedule is locked.
-- Answers the ids.
WITH schedule AS (
    SELECT s.*, (now() AT TIME ZONE 'UTC')::date + $3::integer AS last_day,
           EXISTS (SELECT FROM app_user u WHERE u.org_id = s.org_id AND u.id = ANY (s.assignee_ids)
                     AND u.role = 'technician' AND u.disabled_at IS NULL) AS has_assignees
    FROM work_schedule s WHERE s.org_id = $1::uuid AND s.id = $2::uuid AND NOT s.is_paused),
days AS MATERIALIZED (
    SELECT gen_random_uuid() AS id, site.id AS site_id, site.customer_id, site.time_zone, candidate.day,
           s.number_prefix || '-' || to_char(candidate.day, 'YYYYMMDD') || '-'
           || CASE WHEN length(site.code) BETWEEN 1 AND 30 THEN site.code ELSE left(md5(site.id::text), 6) END
               AS number
    FROM schedule s
    JOIN work_schedule_site at ON at.org_id = s.org_id AND at.schedule_id = s.id
    JOIN site ON site.org_id = at.org_id AND site.id = at.site_id
    CROSS JOIN LATERAL (
        SELECT first + generate_series(0, s.last_day - first) AS day
        FROM (SELECT greatest(s.starts_on, CASE WHEN $4::date IS NULL THEN at.made_until + 1 END,
                              (now() AT TIME ZONE site.time_zone)::date) AS first) AS begin) AS candidate
    WHERE ($4::date IS NULL OR candidate.day = $4::date AND candidate.day <= at.made_until)
      AND is_day_of_rule(s.frequency, s.every, s.weekdays, s.month_day, s.starts_on, candidate.day)
      AND (s.ends_on IS NULL OR candidate.day <= s.ends_on)
      AND NOT EXISTS (SELECT FROM work_schedule_skip k WHERE k.org_id = s.org_id AND k.schedule_id = s.id
                        AND k.day = candidate.day)
      AND NOT EXISTS (SELECT FROM work_schedule_order o WHERE o.org_id = s.org_id AND o.schedule_id = s.id
                        AND o.site_id = site.id AND o.day = candidate.day)),
until AS (
    UPDATE work_schedule_site at SET made_until = least(s.last_day, s.ends_on)
    FROM schedule s
    WHERE $4::date IS NULL AND at.org_id = $1::uuid AND at.schedule_id = s.id AND s.starts_on <= s.last_day
      AND coalesce(at.made_until, '-infinity') < least(s.last_day, s.ends_on)),
made AS (
    INSERT INTO work_order (org_id, id, number, customer_id, site_id, title, description, priority, state,
                            window_starts_at, window_ends_at, created_by, content_sha256)
    SELECT $1::uuid, days.id,
           CASE WHEN EXISTS (SELECT FROM work_order taken WHERE taken.org_id = $1::uuid AND taken.number = days.number)
                THEN days.number || '-' || left(days.id::text, 6) ELSE days.number END,
           days.customer_id, days.site_id, t.title, t.description, t.priority,
           CASE WHEN s.has_assignees THEN 'assigned' ELSE 'new' END,
           window_start(days.day, s.window_from, days.time_zone),
           window_end(days.day, s.window_from, s.window_to, days.time_zone), s.created_by, sha256(days.id::text::bytea)
    FROM days CROSS JOIN schedule s
    JOIN checklist_template t ON t.org_id = s.org_id AND t.id = s.template_id),
claimed AS (
    INSERT INTO work_schedule_order (org_id, schedule_id, site_id, day, work_order_id)
    SELECT $1::uuid, $2::uuid, site_id, day, id FROM days)
SELECT id FROM days;

-- name: work_schedule_for_making
-- Whom and what the work orders of $2 are made with: technicians, template, name.
SELECT assignee_ids, template_id, name FROM work_schedule WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: work_schedule_has_day
-- Whether $3 is one of the schedule's days, from today on by the clock of its sites.
SELECT EXISTS (
    SELECT FROM work_schedule s
    WHERE s.org_id = $1::uuid AND s.id = $2::uuid
      AND (s.ends_on IS NULL OR $3::date <= s.ends_on)
      AND is_day_of_rule(s.frequency, s.every, s.weekdays, s.month_day, s.starts_on, $3::date)
      AND $3::date >= (SELECT min((now() AT TIME ZONE site.time_zone)::date)
                       FROM work_schedule_site at JOIN site ON site.org_id = at.org_id AND site.id = at.site_id
                       WHERE at.org_id = s.org_id AND at.schedule_id = s.id));

-- name: work_schedule_skip
INSERT INTO work_schedule_skip (org_id, schedule_id, day, reason, skipped_by)
VALUES ($1::uuid, $2::uuid, $3::date, $4, $5::uuid)
ON CONFLICT DO NOTHING;

-- name: work_schedule_unskip
DELETE FROM work_schedule_skip WHERE org_id = $1::uuid AND schedule_id = $2::uuid AND day = $3::date;

-- name: work_schedule_orders_to_cancel
-- Of a day that is skipped: what nobody has begun. Locked, in the order of the ids.
SELECT w.id, w.state FROM work_schedule_order o
JOIN work_order w ON w.org_id = o.org_id AND w.id = o.work_order_id
WHERE o.org_id = $1::uuid AND o.schedule_id = $2::uuid AND o.day = $3::date
  AND w.state IN ('new', 'assigned', 'accepted')
ORDER BY w.id
FOR NO KEY UPDATE OF w;

-- name: work_schedule_record
-- Counts the version up after a change that is in no column.
UPDATE work_schedule SET version = version + 1, updated_at = now() WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: work_orders_assign
-- $2 work orders that were just made, $3 technicians; those who are disabled meanwhile are left out.
INSERT INTO work_order_assignee (org_id, work_order_id, user_id)
SELECT $1::uuid, made.id, u.id
FROM unnest($2::uuid[]) AS made(id)
CROSS JOIN unnest($3::uuid[]) AS wanted(id)
JOIN app_user u ON u.org_id = $1::uuid AND u.id = wanted.id AND u.role = 'technician' AND u.disabled_at IS NULL;

-- name: work_orders_add_checklist
-- $2 work orders that were just made, $3 the template
INSERT INTO checklist_item (org_id, id, work_order_id, position, kind, label, photo_role, minimum_count, required)
SELECT $1::uuid, gen_random_uuid(), made.id, position, item ->> 'kind', item ->> 'label', item ->> 'photo_role',
       (item ->> 'minimum_count')::integer, coalesce((item ->> 'required')::boolean, true)
FROM unnest($2::uuid[]) AS made(id)
CROSS JOIN checklist_template t
CROSS JOIN jsonb_array_elements(t.checklist) WITH ORDINALITY AS list(item, position)
WHERE t.org_id = $1::uuid AND t.id = $3::uuid;

-- name: work_orders_created
-- $2 work orders that were just made, $3 by whom (null: the server, by a schedule), $4 why
INSERT INTO work_order_event (org_id, work_order_id, actor_id, kind, to_state, reason)
SELECT w.org_id, w.id, $3::uuid, 'created', w.state, $4
FROM unnest($2::uuid[]) AS made(id)
JOIN work_order w ON w.org_id = $1::uuid AND w.id = made.id;

-- name: work_order_batch_insert
-- $1 organisation, $2 id, $3 body, $4 creator, $5 content, $6 the ids of its work orders, in the order of the
-- body's sites. No row when the id is taken.
INSERT INTO work_order_batch (org_id, id, work_order_ids, created_by, content_sha256)
SELECT $1::uuid, $2::uuid, $6::uuid[], $4::uuid, $5::bytea
WHERE $3::jsonb IS NOT NULL
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: work_order_batch_content
SELECT encode(content_sha256, 'hex') FROM work_order_batch WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: work_order_batch_make
-- One work order a site; parameters as in work_order_batch_insert. The numbers end with a serial number.
INSERT INTO work_order (org_id, id, number, customer_id, site_id, title, description, priority, state,
                        window_starts_at, window_ends_at, created_by, content_sha256)
SELECT $1::uuid, ids.id, (b ->> 'number_prefix') || '-' || lpad(ids.position::text, 3, '0'), site.customer_id, site.id,
       coalesce(b ->> 'title', t.title), coalesce(b ->> 'description', t.description),
       coalesce(b ->> 'priority', t.priority, 'normal'),
       CASE WHEN jsonb_array_length(b -> 'assignee_ids') > 0 THEN 'assigned' ELSE 'new' END,
       window_start((b ->> 'date')::date, (b ->> 'window_from')::time, site.time_zone),
       window_end((b ->> 'date')::date, (b ->> 'window_from')::time, (b ->> 'window_to')::time, site.time_zone),
       $4::uuid, $5::bytea
FROM (SELECT $3::jsonb AS b) AS body
CROSS JOIN unnest($6::uuid[]) WITH ORDINALITY AS ids(id, position)
JOIN LATERAL (SELECT (b -> 'site_ids' ->> (ids.position - 1)::integer)::uuid AS id) AS chosen ON true
JOIN site ON site.org_id = $1::uuid AND site.id = chosen.id
LEFT JOIN checklist_template t ON t.org_id = $1::uuid AND t.id = (b ->> 'template_id')::uuid
WHERE $2::uuid IS NOT NULL;

-- name: work_order_batch_get
SELECT json_build_object('id', batch.id, 'created_by', json_user(batch.org_id, batch.created_by),
           'created_at', json_time(batch.created_at), 'work_orders', coalesce((
               SELECT json_agg(json_build_object('id', w.id, 'number', w.number, 'site',
                                                 json_build_object('id', site.id, 'name', site.name))
                               ORDER BY ids.position)
               FROM unnest(batch.work_order_ids) WITH ORDINALITY AS ids(id, position)
               JOIN work_order w ON w.org_id = batch.org_id AND w.id = ids.id
               JOIN site ON site.org_id = w.org_id AND site.id = w.site_id), '[]'))
FROM work_order_batch batch WHERE batch.org_id = $1::uuid AND batch.id = $2::uuid;
