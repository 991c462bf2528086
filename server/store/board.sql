-- name: board_get
-- The board of a day. $2 the day, null: today. $3 and $4: the most open and finished work orders that it shows. $5 its
-- retakes, as board_retakes gives them, $6 whether these are all.
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
    (SELECT found, (found).id, (found).state, (found).site_id FROM open_order LIMIT $3::integer)
    UNION ALL
    (SELECT found, (found).id, (found).state, (found).site_id FROM finished_order LIMIT $4::integer)),
assigned AS MATERIALIZED (
    -- By the work order's key, whatever the planner expects; their names then for all at once.
    SELECT a.* FROM shown
    CROSS JOIN LATERAL (SELECT theirs.work_order_id, theirs.user_id, theirs.assigned_at FROM work_order_assignee theirs
                        WHERE theirs.org_id = $1::uuid AND theirs.work_order_id = shown.id OFFSET 0) AS a),
people AS (
    SELECT a.work_order_id,
           json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY a.assigned_at, a.user_id) AS json
    FROM assigned a
    JOIN app_user u ON u.org_id = $1::uuid AND u.id = a.user_id
    GROUP BY a.work_order_id)
SELECT json_build_object(
    'day', day.day, 'time_zone', day.time_zone, 'now', json_time(now()), 'is_whole', true,
    'work_orders', (
        SELECT coalesce(json_agg(board_work_order_json(found, s, c.name, coalesce(people.json, '[]'),
                   CASE WHEN shown.state NOT IN ('new', 'assigned', 'accepted') THEN (
                       SELECT j.visit_id
                       FROM visit_work_order j JOIN visit v ON v.org_id = j.org_id AND v.id = j.visit_id
                       WHERE j.org_id = $1::uuid AND j.work_order_id = shown.id
                       ORDER BY v.first_seen_at DESC LIMIT 1) END)
                   ORDER BY work_order_listed_for(found), (found).number), '[]')
        FROM shown
        LEFT JOIN people ON people.work_order_id = shown.id
        JOIN site s ON s.org_id = $1::uuid AND s.id = shown.site_id
        JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id),
    'technicians', (SELECT coalesce(json_agg(t.json ORDER BY t.name, t.id), '[]')
                    FROM board_technician t WHERE t.org_id = $1::uuid),
    'retakes', $5::json,
    'is_complete', $6::boolean AND (SELECT count(*) FROM open_order) <= $3::integer
                   AND (SELECT count(*) FROM finished_order) <= $4::integer)
FROM day;

-- name: board_part
-- Of the board of a day ($2, as above) the work orders $3, the technicians of the visits $4, and the retakes $5 (null:
-- not asked for; $6 whether these are all).
SELECT json_build_object(
    'day', day.day, 'time_zone', day.time_zone, 'now', json_time(now()), 'is_whole', false,
    'work_orders', (
        SELECT coalesce(json_agg(b.json ORDER BY b.listed_for, b.number), '[]')
        FROM board_ids($3::uuid[]) AS asked(id)
        CROSS JOIN LATERAL (SELECT * FROM board_work_order w
                            WHERE w.org_id = $1::uuid AND w.id = asked.id OFFSET 0) AS b
        WHERE board_shows(b.state, b.listed_for, b.updated_at, day.late_from, day.starts_at, day.ends_at)),
    'technicians', (
        SELECT coalesce(json_agg(t.json ORDER BY t.name, t.id), '[]')
        FROM (SELECT DISTINCT v.technician_id AS id
              FROM board_ids($4::uuid[]) AS asked(id)
              JOIN visit v ON v.org_id = $1::uuid AND v.id = asked.id) AS theirs
        CROSS JOIN LATERAL (SELECT * FROM board_technician t
                            WHERE t.org_id = $1::uuid AND t.id = theirs.id OFFSET 0) AS t),
    'retakes', $5::json, 'is_complete', $6::boolean)
FROM board_day($1::uuid, $2::date) AS day;

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
