-- name: board_get
-- The board of a day. $2 the day, null: today by the organisation's clock. $3 the whole of it; otherwise of the work
-- orders only those among $4, of the technicians only those of the visits $5, and retakes if $6. $7, $8 and $9: the
-- most open work orders, finished ones and retakes that it shows.
WITH day AS MATERIALIZED (
    SELECT d.day, o.time_zone, d.day::timestamp AT TIME ZONE o.time_zone AS starts_at,
           (d.day + 1)::timestamp AT TIME ZONE o.time_zone AS ends_at,
           CASE WHEN d.day = d.today THEN '-infinity'
                ELSE d.day::timestamp AT TIME ZONE o.time_zone END AS late_from
    FROM organisation o
    CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE o.time_zone)::date AS today,
                               coalesce($2::date, (now() AT TIME ZONE o.time_zone)::date) AS day) AS d
    WHERE o.org_id = $1::uuid),
-- Whole rows, so that none is looked for again.
open_order AS MATERIALIZED (
    SELECT w AS found FROM work_order w
    WHERE $3::boolean AND w.org_id = $1::uuid AND w.state IN ('new', 'assigned', 'accepted', 'on_site')
      AND work_order_listed_for(w) >= (SELECT late_from FROM day)
      AND work_order_listed_for(w) < (SELECT ends_at FROM day)
    ORDER BY work_order_listed_for(w) DESC, w.id DESC LIMIT $7::integer + 1),
finished_order AS MATERIALIZED (
    SELECT DISTINCT ON (id) found FROM (
    (SELECT w.id, w AS found FROM work_order w
     WHERE $3::boolean AND w.org_id = $1::uuid AND w.state IN ('done', 'partly_done', 'unresolved', 'closed')
       AND w.updated_at >= (SELECT starts_at FROM day) AND w.updated_at < (SELECT ends_at FROM day)
     ORDER BY w.updated_at DESC LIMIT $8::integer + 1)
    UNION ALL
    (SELECT w.id, w FROM work_order w
     WHERE $3::boolean AND w.org_id = $1::uuid AND w.state IN ('done', 'partly_done', 'unresolved', 'closed')
       AND work_order_listed_for(w) >= (SELECT starts_at FROM day)
       AND work_order_listed_for(w) < (SELECT ends_at FROM day)
     ORDER BY work_order_listed_for(w) DESC LIMIT $8::integer + 1)) AS either),
shown AS MATERIALIZED (
    (SELECT found FROM open_order LIMIT $7::integer)
    UNION ALL
    (SELECT found FROM finished_order LIMIT $8::integer)
    UNION ALL
    SELECT w FROM work_order w CROSS JOIN day
    WHERE w.org_id = $1::uuid AND w.id = ANY ($4::uuid[])
      AND board_shows(w, day.late_from, day.starts_at, day.ends_at)),
work AS (
    SELECT json_agg(json_build_object(
               'id', w.id, 'number', w.number, 'title', w.title, 'priority', w.priority, 'state', w.state,
               'window_starts_at', json_time(w.window_starts_at), 'window_ends_at', json_time(w.window_ends_at),
               'due_at', json_time(w.due_at), 'planned_starts_at', json_time(w.planned_starts_at),
               'planned_minutes', w.planned_minutes,
               'on_the_way', CASE WHEN w.on_the_way_at IS NOT NULL AND on_the_way_still(found) IS NOT NULL
                                  THEN on_the_way_json(found) END,
               'site', json_build_object('id', s.id, 'name', s.name, 'customer_name', c.name,
                                         'time_zone', s.time_zone),
               'assignees', assigned.people, 'visit_id', latest.visit_id, 'updated_at', json_time(w.updated_at))
           ORDER BY work_order_listed_for(found), w.number) AS list
    FROM shown
    CROSS JOIN LATERAL (SELECT (found).*) AS w
    JOIN site s ON s.org_id = w.org_id AND s.id = w.site_id
    JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
    CROSS JOIN LATERAL (
        SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY a.assigned_at, u.id),
                        '[]') AS people
        FROM work_order_assignee a JOIN app_user u ON u.org_id = a.org_id AND u.id = a.user_id
        WHERE a.org_id = w.org_id AND a.work_order_id = w.id) AS assigned
    LEFT JOIN LATERAL (
        SELECT j.visit_id FROM visit_work_order j JOIN visit v ON v.org_id = j.org_id AND v.id = j.visit_id
        WHERE j.org_id = w.org_id AND j.work_order_id = w.id
          AND w.state NOT IN ('new', 'assigned', 'accepted')
        ORDER BY v.first_seen_at DESC LIMIT 1) AS latest ON true),
people AS (
    SELECT json_agg(json_build_object('id', u.id, 'name', u.name, 'last_check_in', last.json)
                    ORDER BY u.name, u.id) AS list
    FROM app_user u
    LEFT JOIN LATERAL (
        -- The last one of the last visits: two that overlap are seen so, and no history is read.
        SELECT json_build_object(
                   'visit_id', v.id, 'kind', c.kind, 'captured_at', json_time(c.captured_at),
                   'received_at', json_time(c.received_at), 'verdict', c.verdict, 'geofence', c.geofence,
                   'has_departed', v.departed_at IS NOT NULL,
                   'site', json_build_object('id', s.id, 'name', s.name, 'time_zone', s.time_zone)) AS json
        FROM (SELECT visit.id, visit.departed_at FROM visit
              WHERE visit.org_id = $1::uuid AND visit.technician_id = u.id
                AND visit.first_seen_at < (SELECT ends_at FROM day)
              ORDER BY visit.first_seen_at DESC, visit.id LIMIT 3) AS v
        CROSS JOIN LATERAL (
            SELECT * FROM check_in
            WHERE check_in.org_id = $1::uuid AND check_in.visit_id = v.id
            ORDER BY check_in.captured_at DESC LIMIT 1) AS c
        JOIN site s ON s.org_id = $1::uuid AND s.id = c.site_id
        ORDER BY c.captured_at DESC LIMIT 1) AS last ON true
    WHERE u.org_id = $1::uuid AND u.role = 'technician' AND u.disabled_at IS NULL
      AND ($3::boolean OR u.id IN (SELECT visit.technician_id FROM visit
                                   WHERE visit.org_id = $1::uuid AND visit.id = ANY ($5::uuid[])))),
open_retake AS MATERIALIZED (
    SELECT r.id FROM retake r
    WHERE ($3::boolean OR $6::boolean) AND r.org_id = $1::uuid
      AND r.answered_at IS NULL AND r.withdrawn_at IS NULL
    ORDER BY r.requested_at DESC, r.id DESC LIMIT $9::integer + 1),
asked AS (
    SELECT json_agg(json_build_object(
               'id', r.id, 'visit_id', r.visit_id, 'photo_id', r.photo_id, 'reason', r.reason,
               'technician', json_build_object('id', u.id, 'name', u.name),
               'site', json_build_object('id', s.id, 'name', s.name, 'time_zone', s.time_zone),
               'requested_at', json_time(r.requested_at)) ORDER BY r.requested_at DESC, r.id DESC) AS list
    FROM (SELECT id FROM open_retake LIMIT $9::integer) AS listed
    JOIN retake r ON r.org_id = $1::uuid AND r.id = listed.id
    JOIN photo p ON p.org_id = r.org_id AND p.id = r.photo_id
    JOIN site s ON s.org_id = p.org_id AND s.id = p.site_id
    JOIN app_user u ON u.org_id = r.org_id AND u.id = r.technician_id)
SELECT json_build_object(
    'day', day.day, 'time_zone', day.time_zone, 'now', json_time(now()), 'is_whole', $3::boolean,
    'work_orders', coalesce((SELECT list FROM work), '[]'),
    'technicians', coalesce((SELECT list FROM people), '[]'),
    'retakes', CASE WHEN $3::boolean OR $6::boolean THEN coalesce((SELECT list FROM asked), '[]') END,
    'is_complete', (SELECT count(*) FROM open_order) <= $7::integer
                   AND (SELECT count(*) FROM finished_order) <= $8::integer
                   AND (SELECT count(*) FROM open_retake) <= $9::integer)
FROM day;
