-- The board's rows as views: the whole board and a part of it show the same, and a part is planned once a
-- connection.

DROP FUNCTION board_shows(work_order, timestamptz, timestamptz, timestamptz);

-- A work order as a board shows it.
CREATE VIEW board_work_order WITH (security_invoker = true) AS
SELECT w.org_id, w.id, w.number, w.state, w.updated_at, work_order_listed_for(w) AS listed_for, json_build_object(
           'id', w.id, 'number', w.number, 'title', w.title, 'priority', w.priority, 'state', w.state,
           'window_starts_at', json_time(w.window_starts_at), 'window_ends_at', json_time(w.window_ends_at),
           'due_at', json_time(w.due_at), 'planned_starts_at', json_time(w.planned_starts_at),
           'planned_minutes', w.planned_minutes,
           'on_the_way', CASE WHEN w.on_the_way_at IS NOT NULL AND on_the_way_still(w) IS NOT NULL
                              THEN on_the_way_json(w) END,
           'site', json_build_object('id', s.id, 'name', s.name, 'customer_name', c.name,
                                     'time_zone', s.time_zone),
           'assignees', (
               SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name)
                                        ORDER BY a.assigned_at, u.id), '[]')
               FROM work_order_assignee a JOIN app_user u ON u.org_id = a.org_id AND u.id = a.user_id
               WHERE a.org_id = w.org_id AND a.work_order_id = w.id),
           'visit_id', CASE WHEN w.state NOT IN ('new', 'assigned', 'accepted') THEN (
               SELECT j.visit_id FROM visit_work_order j JOIN visit v ON v.org_id = j.org_id AND v.id = j.visit_id
               WHERE j.org_id = w.org_id AND j.work_order_id = w.id
               ORDER BY v.first_seen_at DESC LIMIT 1) END,
           'updated_at', json_time(w.updated_at)) AS json
FROM work_order w
JOIN site s ON s.org_id = w.org_id AND s.id = w.site_id
JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id;

-- A technician and the last check-in: the last one of the last visits. Two that overlap are seen so, and no
-- history is read.
CREATE VIEW board_technician WITH (security_invoker = true) AS
SELECT u.org_id, u.id, u.name, json_build_object('id', u.id, 'name', u.name, 'last_check_in', (
           SELECT json_build_object(
                      'visit_id', v.id, 'kind', c.kind, 'captured_at', json_time(c.captured_at),
                      'received_at', json_time(c.received_at), 'verdict', c.verdict, 'geofence', c.geofence,
                      'has_departed', v.departed_at IS NOT NULL,
                      'site', json_build_object('id', s.id, 'name', s.name, 'time_zone', s.time_zone))
           FROM (SELECT visit.id, visit.departed_at FROM visit
                 WHERE visit.org_id = u.org_id AND visit.technician_id = u.id
                 ORDER BY visit.first_seen_at DESC, visit.id LIMIT 3) AS v
           CROSS JOIN LATERAL (
               SELECT * FROM check_in WHERE check_in.org_id = u.org_id AND check_in.visit_id = v.id
               ORDER BY check_in.captured_at DESC LIMIT 1) AS c
           JOIN site s ON s.org_id = u.org_id AND s.id = c.site_id
           ORDER BY c.captured_at DESC LIMIT 1)) AS json
FROM app_user u WHERE u.role = 'technician' AND u.disabled_at IS NULL;
GRANT SELECT ON board_work_order, board_technician TO fieldproof;

-- A board's day by the organisation's clock; null: today. Open work that is left from before (late_from is the
-- beginning of time) belongs to today's.
CREATE FUNCTION board_day(of_org_id uuid, wanted date)
    RETURNS TABLE (day date, time_zone text, starts_at timestamptz, ends_at timestamptz, late_from timestamptz)
    LANGUAGE sql STABLE
AS $$
    SELECT d.day, o.time_zone, d.day::timestamp AT TIME ZONE o.time_zone,
           (d.day + 1)::timestamp AT TIME ZONE o.time_zone,
           CASE WHEN d.day = d.today THEN '-infinity' ELSE d.day::timestamp AT TIME ZONE o.time_zone END
    FROM organisation o
    CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE o.time_zone)::date AS today,
                               coalesce(wanted, (now() AT TIME ZONE o.time_zone)::date) AS day) AS d
    WHERE o.org_id = of_org_id
$$;

-- Open work up to the end of the day; finished work of the day, by plan or by when it was finished.
CREATE FUNCTION board_shows(state text, listed_for timestamptz, updated_at timestamptz,
                            late_from timestamptz, starts_at timestamptz, ends_at timestamptz)
    RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN state IN ('new', 'assigned', 'accepted', 'on_site')
                THEN listed_for >= late_from AND listed_for < ends_at
                WHEN state = 'cancelled' THEN false
                ELSE listed_for >= starts_at AND listed_for < ends_at
                  OR updated_at >= starts_at AND updated_at < ends_at END;

-- The ids of a part. Volatile, so that it stays a function of one row to the planner: with the array in its place
-- every call would be planned anew, for three times what it costs to run.
CREATE FUNCTION board_ids(ids uuid[]) RETURNS SETOF uuid
    LANGUAGE sql VOLATILE ROWS 1 AS 'SELECT DISTINCT unnest(ids)';
