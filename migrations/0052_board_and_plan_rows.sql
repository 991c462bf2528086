-- Who is assigned to the work that is planned for some days, all at once.
CREATE INDEX work_order_assignee_days ON work_order_assignee (org_id, planned_at);

-- What waits to be planned: open work that nobody is assigned to, that has no time, or that was planned for before
-- `late_before` and is not begun. Not more than `most`. Inlined.
CREATE FUNCTION plan_waiting(of_org_id uuid, late_before timestamptz, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE
AS $$
    SELECT id FROM (
        (SELECT w.id FROM work_order w
         WHERE w.org_id = of_org_id AND w.state = 'new' ORDER BY w.created_at DESC, w.id LIMIT most)
        UNION
        (SELECT w.id FROM work_order w
         WHERE w.org_id = of_org_id AND w.state IN ('new', 'assigned', 'accepted')
           AND planned_time(w.planned_starts_at, w.window_starts_at) IS NULL
         LIMIT most)
        UNION
        (SELECT w.id FROM work_order w
         WHERE w.org_id = of_org_id AND w.state IN ('new', 'assigned', 'accepted')
           AND planned_time(w.planned_starts_at, w.window_starts_at) < late_before
         ORDER BY planned_time(w.planned_starts_at, w.window_starts_at) DESC LIMIT most)) AS any_of_them
    LIMIT most
$$;

-- The server writes the board's work orders as JSON out of rows: server/store/board.sql.
DROP VIEW board_work_order;
DROP FUNCTION board_work_order_json(work_order, site, text, json, uuid);

-- As before, but the JSON is made of one check-in, not of one of each of the last visits.
CREATE OR REPLACE VIEW board_technician WITH (security_invoker = true) AS
SELECT u.org_id, u.id, u.name, json_build_object('id', u.id, 'name', u.name, 'last_check_in', (
           SELECT json_build_object(
                      'visit_id', c.visit_id, 'kind', c.kind, 'captured_at', json_time(c.captured_at),
                      'received_at', json_time(c.received_at), 'verdict', c.verdict, 'geofence', c.geofence,
                      'has_departed', c.departed_at IS NOT NULL,
                      'site', (SELECT json_build_object('id', s.id, 'name', s.name, 'time_zone', s.time_zone)
                               FROM site s WHERE s.org_id = u.org_id AND s.id = c.site_id))
           FROM (SELECT last.*, v.departed_at
                 FROM (SELECT visit.id, visit.departed_at FROM visit
                       WHERE visit.org_id = u.org_id AND visit.technician_id = u.id
                       ORDER BY visit.first_seen_at DESC, visit.id LIMIT 3) AS v
                 CROSS JOIN LATERAL (
                     SELECT check_in.visit_id, check_in.site_id, check_in.kind, check_in.captured_at,
                            check_in.received_at, check_in.verdict, check_in.geofence
                     FROM check_in WHERE check_in.org_id = u.org_id AND check_in.visit_id = v.id
                     ORDER BY check_in.captured_at DESC LIMIT 1) AS last
                 ORDER BY last.captured_at DESC LIMIT 1) AS c)) AS json
FROM app_user u WHERE u.role = 'technician' AND u.disabled_at IS NULL;
