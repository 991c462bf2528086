-- What a board says of a work order, out of parts that the whole board gathers for all at once and a part of it for
-- each. Inlined.
CREATE FUNCTION board_work_order_json(w work_order, s site, customer_name text, people json, visit_id uuid)
    RETURNS json LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', w.id, 'number', w.number, 'title', w.title, 'priority', w.priority, 'state', w.state,
        'window_starts_at', json_time(w.window_starts_at), 'window_ends_at', json_time(w.window_ends_at),
        'due_at', json_time(w.due_at), 'planned_starts_at', json_time(w.planned_starts_at),
        'planned_minutes', w.planned_minutes,
        'on_the_way', CASE WHEN w.on_the_way_at IS NOT NULL AND on_the_way_still(w) IS NOT NULL
                           THEN on_the_way_json(w) END,
        'site', json_build_object('id', s.id, 'name', s.name, 'customer_name', customer_name,
                                  'time_zone', s.time_zone),
        'assignees', people, 'visit_id', visit_id, 'updated_at', json_time(w.updated_at));

CREATE OR REPLACE VIEW board_work_order WITH (security_invoker = true) AS
SELECT w.org_id, w.id, w.number, w.state, w.updated_at, work_order_listed_for(w) AS listed_for,
       board_work_order_json(w, s, c.name, (
           SELECT coalesce(json_agg(json_build_object(
                      'id', a.user_id, 'name', (SELECT u.name FROM app_user u
                                                WHERE u.org_id = w.org_id AND u.id = a.user_id))
                      ORDER BY a.assigned_at, a.user_id), '[]')
           FROM work_order_assignee a WHERE a.org_id = w.org_id AND a.work_order_id = w.id),
           CASE WHEN w.state NOT IN ('new', 'assigned', 'accepted') THEN (
               SELECT j.visit_id FROM visit_work_order j JOIN visit v ON v.org_id = j.org_id AND v.id = j.visit_id
               WHERE j.org_id = w.org_id AND j.work_order_id = w.id
               ORDER BY v.first_seen_at DESC LIMIT 1) END) AS json
FROM work_order w
JOIN site s ON s.org_id = w.org_id AND s.id = w.site_id
JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id;
