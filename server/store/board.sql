-- name: board_head
-- The board's day ($2; null: today), and every technician.
SELECT day.day, day.time_zone, now() AT TIME ZONE 'UTC' AS now,
       (SELECT coalesce(json_agg(t.json ORDER BY t.name, t.id), '[]')
        FROM board_technician t WHERE t.org_id = $1::uuid) AS technicians
FROM board_day($1::uuid, $2::date) AS day;

-- name: board_part_head
-- The same of the technicians of the visits $3. (A query of its own, so that it is planned once a connection.)
SELECT day.day, day.time_zone, now() AT TIME ZONE 'UTC' AS now,
       (SELECT coalesce(json_agg(t.json ORDER BY t.name, t.id), '[]')
        FROM (SELECT DISTINCT v.technician_id AS id
              FROM board_ids($3::uuid[]) AS asked(id)
              JOIN visit v ON v.org_id = $1::uuid AND v.id = asked.id) AS theirs
        CROSS JOIN LATERAL (SELECT * FROM board_technician t
                            WHERE t.org_id = $1::uuid AND t.id = theirs.id OFFSET 0) AS t) AS technicians
FROM board_day($1::uuid, $2::date) AS day;

-- fragment: board_work_order_columns
-- What the board shows of a work order w at the site s of the customer c, assigned to u.
w.id, w.number, w.title, w.priority, w.state, w.window_starts_at AT TIME ZONE 'UTC' AS window_starts_at,
w.window_ends_at AT TIME ZONE 'UTC' AS window_ends_at, w.due_at AT TIME ZONE 'UTC' AS due_at,
w.planned_starts_at AT TIME ZONE 'UTC' AS planned_starts_at, w.planned_minutes,
CASE WHEN w.on_the_way_at IS NOT NULL THEN (
    SELECT on_the_way_json(o) FROM work_order o
    WHERE o.org_id = $1::uuid AND o.id = w.id AND on_the_way_still(o) IS NOT NULL) END AS on_the_way,
s.id AS "site.id", s.name AS "site.name", c.name AS "site.customer_name", s.time_zone AS "site.time_zone",
CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS assignees,
CASE WHEN w.state NOT IN ('new', 'assigned', 'accepted') THEN (
    SELECT j.visit_id FROM visit_work_order j JOIN visit v ON v.org_id = j.org_id AND v.id = j.visit_id
    WHERE j.org_id = $1::uuid AND j.work_order_id = w.id
    ORDER BY v.first_seen_at DESC LIMIT 1) END AS visit_id,
w.updated_at AT TIME ZONE 'UTC' AS updated_at

-- name: board_work_orders
-- The work orders of the board of the day $2, at most $3 open and $4 finished ones, and whether these are all. A row for
-- each who is assigned. Planned with the values: else so few are expected that all are compared with all.
WITH day AS MATERIALIZED (SELECT * FROM board_day($1::uuid, $2::date)),
open_order AS MATERIALIZED (
    SELECT w AS found FROM work_order w
    WHERE w.org_id = $1::uuid AND w.state IN ('new', 'assigned', 'accepted', 'on_site')
      AND work_order_listed_for(w) >= (SELECT late_from FROM day)
      AND work_order_listed_for(w) < (SELECT ends_at FROM day)
    ORDER BY work_order_listed_for(w) DESC, w.id DESC LIMIT $3::integer + 1),
finished_order AS MATERIALIZED (
    SELECT DISTINCT ON (id) found FROM (
        (SELECT w.id, w AS found FROM work_order w
         WHERE w.org_id = $1::uuid AND w.state IN ('done', 'partly_done', 'unresolved', 'closed')
           AND w.updated_at >= (SELECT starts_at FROM day) AND w.updated_at < (SELECT ends_at FROM day)
         ORDER BY w.updated_at DESC LIMIT $4::integer + 1)
        UNION ALL
        (SELECT w.id, w FROM work_order w
         WHERE w.org_id = $1::uuid AND w.state IN ('done', 'partly_done', 'unresolved', 'closed')
           AND work_order_listed_for(w) >= (SELECT starts_at FROM day)
           AND work_order_listed_for(w) < (SELECT ends_at FROM day)
         ORDER BY work_order_listed_for(w) DESC LIMIT $4::integer + 1)) AS either),
shown AS MATERIALIZED (
    SELECT (found).*, work_order_listed_for(found) AS listed_for
    FROM ((SELECT found FROM open_order LIMIT $3::integer)
          UNION ALL
          (SELECT found FROM finished_order LIMIT $4::integer)) AS those),
assigned AS MATERIALIZED (
    -- By the work order's key, whatever the planner expects; their names then for all at once.
    SELECT a.* FROM shown
    CROSS JOIN LATERAL (SELECT theirs.work_order_id, theirs.user_id, theirs.assigned_at FROM work_order_assignee theirs
                        WHERE theirs.org_id = $1::uuid AND theirs.work_order_id = shown.id OFFSET 0) AS a)
SELECT (SELECT count(*) FROM open_order) <= $3::integer AND (SELECT count(*) FROM finished_order) <= $4::integer
           AS is_complete,
       -- include: board_work_order_columns
FROM shown w
JOIN site s ON s.org_id = $1::uuid AND s.id = w.site_id
JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
LEFT JOIN assigned a ON a.work_order_id = w.id
LEFT JOIN app_user u ON u.org_id = $1::uuid AND u.id = a.user_id
ORDER BY w.listed_for, w.number, a.assigned_at, a.user_id;

-- name: board_part_work_orders
-- Those of the work orders $3 that are on the board of the day $2, as above, but each by its key.
SELECT true AS is_complete,
       -- include: board_work_order_columns
FROM board_day($1::uuid, $2::date) AS day
CROSS JOIN board_ids($3::uuid[]) AS asked(id)
CROSS JOIN LATERAL (
    SELECT o.*, work_order_listed_for(o) AS listed_for FROM work_order o
    WHERE o.org_id = $1::uuid AND o.id = asked.id OFFSET 0) AS w
CROSS JOIN LATERAL (SELECT * FROM site WHERE org_id = $1::uuid AND id = w.site_id OFFSET 0) AS s
CROSS JOIN LATERAL (SELECT * FROM customer WHERE org_id = $1::uuid AND id = s.customer_id OFFSET 0) AS c
LEFT JOIN LATERAL (SELECT * FROM work_order_assignee
                   WHERE org_id = $1::uuid AND work_order_id = w.id OFFSET 0) AS a ON true
LEFT JOIN LATERAL (SELECT * FROM app_user WHERE org_id = $1::uuid AND id = a.user_id OFFSET 0) AS u ON true
WHERE board_shows(w.state, w.listed_for, w.updated_at, day.late_from, day.starts_at, day.ends_at)
ORDER BY w.listed_for, w.number, a.assigned_at, a.user_id;

-- name: board_retakes
-- The open retakes, the newest first, at most $2; and whether these are all.
WITH listed AS MATERIALIZED (
    SELECT r.id, r.visit_id, r.photo_id, r.technician_id, r.reason, r.requested_at FROM retake r
    WHERE r.org_id = $1::uuid AND r.answered_at IS NULL AND r.withdrawn_at IS NULL
    ORDER BY r.requested_at DESC, r.id DESC LIMIT $2::integer + 1)
SELECT (SELECT coalesce(json_agg(json_build_object(
                   'id', r.id, 'visit_id', r.visit_id, 'photo_id', r.photo_id, 'reason', r.reason,
                   'technician', (SELECT json_build_object('id', u.id, 'name', u.name) FROM app_user u
                                  WHERE u.org_id = $1::uuid AND u.id = r.technician_id),
                   'site', (SELECT json_build_object('id', s.id, 'name', s.name, 'time_zone', s.time_zone)
                            FROM photo p JOIN site s ON s.org_id = p.org_id AND s.id = p.site_id
                            WHERE p.org_id = $1::uuid AND p.id = r.photo_id),
                   'requested_at', json_time(r.requested_at))
               ORDER BY r.requested_at DESC, r.id DESC), '[]')
        FROM (SELECT * FROM listed LIMIT $2::integer) AS r),
       (SELECT count(*) FROM listed) <= $2::integer;
